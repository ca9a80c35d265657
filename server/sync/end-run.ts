import { type Instant, instant, millisecondsOf } from '../domain/dates.ts';
import type { Failure } from '../domain/errors.ts';
import type { RunId } from '../domain/ids.ts';
import type { Run } from '../domain/intent.ts';
import type { Job } from './job.ts';

/** A run is taken up again this often after limits and unknown outcomes, then it stops and says so. */
export const runAttemptsMax = 50;

/** Parts that could not be written wait for the time the system named; unknown ones for recovery. */
export async function goOn(
  { context, tenantId, connection }: Ending,
  runId: RunId,
  failure: Failure,
): Promise<Instant | null> {
  const { manifest } = context.connector(connection.systemId);
  const nowMs = context.clock.nowMs();
  const wishedMs =
    failure.retry.kind === 'later' && failure.retry.at !== null
      ? millisecondsOf(failure.retry.at)
      : nowMs + manifest.limits.lateCommitMaxMs;
  return context.store.transact(tenantId, (tx) => {
    const run = tx.get('run', runId);
    if (run === null) return null;
    const ends = failure.retry.kind !== 'later' || run.attempts >= runAttemptsMax;
    const anyUnknown = run.parts.some(({ state }) => state === 'unknown');
    const parts = run.parts.map((part) =>
      part.state === 'waiting' || part.state === 'delayed'
        ? { ...part, state: 'delayed' as const, failure }
        : part,
    );
    tx.put('run', {
      ...run,
      parts,
      attempts: run.attempts + 1,
      endedAt: ends && !anyUnknown ? instant(nowMs) : null,
    });
    return ends && !anyUnknown ? null : instant(Math.max(wishedMs, nowMs + 1000));
  });
}

/**
 * Ends a run, unless an answer is still missing: then it is taken up again to look for it. A person who
 * answers for a lost write in this very moment sets its part free; then it is taken up at once.
 */
export async function finishRun(
  { context, tenantId, connection }: Ending,
  runId: RunId,
): Promise<Instant | null> {
  const { lateCommitMaxMs } = context.connector(connection.systemId).manifest.limits;
  const nowMs = context.clock.nowMs();
  return context.store.transact(tenantId, (tx) => {
    const run = tx.get('run', runId);
    if (run === null) return null;
    const hasAny = (...states: readonly Part['state'][]) =>
      run.parts.some(({ state }) => states.includes(state));
    if (hasAny('waiting', 'delayed') && run.attempts < runAttemptsMax) {
      tx.put('run', { ...run, attempts: run.attempts + 1 });
      return instant(nowMs);
    }
    if (hasAny('unknown', 'writing')) return instant(nowMs + lateCommitMaxMs);
    tx.put('run', { ...run, parts: run.parts.map(givenUp), endedAt: instant(nowMs) });
    return null;
  });
}

/** A part that no round could write stands in the run as blocked, never as if it still came. */
const givenUp = (part: Part): Part =>
  part.state === 'waiting' || part.state === 'delayed' ? { ...part, state: 'blocked' } : part;

type Part = Run['parts'][number];
/** What of a job the end of a run needs. */
type Ending = Pick<Job, 'tenantId' | 'connection'> & {
  context: Pick<Job['context'], 'store' | 'clock' | 'connector'>;
};
