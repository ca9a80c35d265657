import type { Instant } from '../domain/dates.ts';
import type { Failure } from '../domain/errors.ts';
import type { RunId } from '../domain/ids.ts';
import type { Run } from '../domain/intent.ts';
import type { Reader } from '../domain/ports/store.ts';
import { connectionOf } from './connection-of.ts';
import { finishRun, goOn } from './end-run.ts';
import { freshDocuments } from './fresh-documents.ts';
import type { Job } from './job.ts';
import { type PlanWorld, worldOf } from './plan/world.ts';
import { setParts } from './run-parts.ts';
import { type Step, writeSteps } from './write-steps.ts';

type Part = Run['parts'][number];
/**
 * `written`: nothing is left to do for it. `blocked`, `stale`: it is no longer possible, or as seen.
 * `later`: what it waits for in the same run is not written yet.
 */
export type Left = Step | 'written' | 'blocked' | 'stale' | 'later';

interface Work {
  /** What a part still has to write, from what is stored and was just read. */
  leftOf(reader: Reader, part: Part, world: PlanWorld): Left;
  afterWriting?: (job: Job, run: Run) => Promise<Failure | null>;
}

/**
 * Takes a run up whose parts follow from what is stored: undo and closing. Like every run it goes on
 * after a limit, a lost answer or a kill, where it was. Returns when, or null when it has ended.
 */
export async function continueRun(
  job: Job,
  runId: RunId,
  { leftOf, afterWriting }: Work,
): Promise<Instant | null> {
  const { context, tenantId } = job;
  const { store, clock } = context;
  const { manifest } = context.connector(job.connection.systemId);
  let freshAtMs = await freshDocuments(job);
  const found = (await store.read(tenantId)).get('run', runId);
  if (found === null || found.endedAt !== null) return null;
  for (let rounds = found.parts.length; rounds > 0; rounds -= 1) {
    // A person may edit while we write: what is changed was read a moment ago, or is read again.
    if (clock.nowMs() - freshAtMs > manifest.limits.readBeforeWriteMaxMs)
      freshAtMs = await freshDocuments(job);
    const reader = await store.read(tenantId);
    const connection = connectionOf(reader, job.connection.id);
    const { crypto } = context;
    const world = worldOf({ reader, tenantId, connection, manifest, crypto, nowMs: clock.nowMs() });
    const steps = await stepsLeft({ job, runId, reader, world, leftOf });
    if (steps.length === 0) break;
    const failure = await writeSteps(job, found, steps, world);
    context.publish(tenantId, ['run', 'tasks', 'log'], connection.id);
    if (failure !== null) return goOn(job, runId, failure);
  }
  const run = (await store.read(tenantId)).get('run', runId);
  const unfinished = run === null ? null : ((await afterWriting?.(job, run)) ?? null);
  const again = unfinished === null ? finishRun(job, runId) : goOn(job, runId, unfinished);
  context.publish(tenantId, ['run', 'tasks', 'log'], job.connection.id);
  return again;
}

async function stepsLeft({
  job: { context, tenantId },
  runId,
  reader,
  world,
  leftOf,
}: {
  job: Job;
  runId: RunId;
  reader: Reader;
  world: PlanWorld;
  leftOf: Work['leftOf'];
}): Promise<Step[]> {
  const waiting = (reader.get('run', runId)?.parts ?? []).filter(
    ({ state }) => state === 'waiting' || state === 'delayed',
  );
  const left = waiting.map((part) => ({ ref: part.ref, left: leftOf(reader, part, world) }));
  const done = left.flatMap(({ ref, left: state }) =>
    typeof state === 'string' && state !== 'later' ? [{ runId, ref, state, failure: null }] : [],
  );
  if (done.length > 0) await context.store.transact(tenantId, (tx) => setParts(tx, done));
  return left.flatMap(({ left: step }) => (typeof step === 'string' ? [] : [step]));
}
