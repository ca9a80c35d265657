import { type Instant, instant, millisecondsOf } from '../domain/dates.ts';
import { AppError, failureOf } from '../domain/errors.ts';
import type { ConnectionId, TenantId } from '../domain/ids.ts';
import type { Run } from '../domain/intent.ts';
import type { Reader } from '../domain/ports/store.ts';
import { applyRun } from './apply.ts';
import { startAutomatic } from './automatic.ts';
import { type CheckResult, checkTenant } from './check/check.ts';
import type { CheckContext, Purpose } from './check/context.ts';
import { closeMonths, closeRun } from './closing.ts';
import { connectionOf } from './connection-of.ts';
import type { EngineContext } from './context.ts';
import { correctRun } from './correct/correct-run.ts';
import { isEnabled } from './enabled.ts';
import type { Job } from './job.ts';
import { lettersOf } from './letters/context.ts';
import { postLetters } from './letters/post-letters.ts';
import { lookOnce } from './look/read-look.ts';
import { postMail } from './mail/post.ts';
import { takeOwnCharges } from './own/take-own.ts';
import { readBackNow } from './read-back/steps.ts';
import { hangUpLeftOver, recoverIntents } from './recover.ts';
import { expireSeconds } from './second-person.ts';
import { sendDocuments } from './send.ts';
import { postTickets } from './tickets/post-tickets.ts';
import { undoRun } from './undo/undo-run.ts';
import { parseWakeKey, wakeKey } from './wake-keys.ts';

/** How long a failed piece of work rests before it is tried again, give or take the jitter. */
const restMs = 60_000;
const restJitterMs = 10_000;
/** However soon a system wants to be asked again: what fails over and over is never a storm of calls. */
const restMinMs = 5_000;

export interface Engine {
  /** Takes up what an earlier process left: checks of every live tenant, open runs, lost answers. */
  resume(): Promise<void>;
  /** A tenant that was just enabled, or access that was just given: its check, and runs cut off. */
  wakeTenant(tenantId: TenantId): void;
  check(tenantId: TenantId, purpose: Purpose): Promise<CheckResult>;
  /** Makes the tasks of own charges that just began or changed, without waiting for a check. */
  takeOwnCharges(tenantId: TenantId): Promise<void>;
  /** Reads invoices and quotes of a connection at once, without waiting for their hour. */
  readBack(tenantId: TenantId, connectionId: ConnectionId): Promise<void>;
  /** Whether a check is under way, and when the next one is due. */
  checkState(tenantId: TenantId): { running: boolean; nextAt: Instant | null };
  /** Runs work alone on a connection, with a session that may write. */
  withJob<T>(
    tenantId: TenantId,
    connectionId: ConnectionId,
    purpose: Purpose,
    work: (job: Job) => Promise<T>,
  ): Promise<T>;
}

/** The scheduler's work: it decides nothing about money, only what is looked at when. */
export function createEngine(context: EngineContext, checkContext: CheckContext): Engine {
  const { store, clock, wake, logger } = context;

  async function withJob<T>(
    tenantId: TenantId,
    connectionId: ConnectionId,
    purpose: Purpose,
    work: (job: Job) => Promise<T>,
  ): Promise<T> {
    return context.leases.with(tenantId, connectionId, async (lease) => {
      const connection = connectionOf(await store.read(tenantId), connectionId);
      try {
        const session = await context.openSession(tenantId, connection, lease, purpose);
        return await work({ context, tenantId, connection, session, lease });
      } catch (error) {
        throw naming(error, context.connector(connection.systemId).manifest.name);
      }
    });
  }

  /** One check of a tenant at a time: who asks during one gets that one's answer. */
  const flights = new Map<TenantId, Promise<CheckResult>>();
  const nextAt = new Map<TenantId, Instant>();
  /** Keys of runs that came up before anybody had looked for the marks of their connection. */
  const waitForMarks = new Set<string>();

  async function check(tenantId: TenantId, purpose: Purpose): Promise<CheckResult> {
    const flight =
      flights.get(tenantId) ?? checkOnce(tenantId, purpose).finally(() => flights.delete(tenantId));
    flights.set(tenantId, flight);
    return flight;
  }

  async function checkOnce(tenantId: TenantId, purpose: Purpose): Promise<CheckResult> {
    const before = (await store.read(tenantId)).list('connection');
    const result = await checkTenant(checkContext, tenantId, { purpose });
    nextAt.set(tenantId, result.nextAt);
    await expireSeconds(context, tenantId);
    for (const connection of (await store.read(tenantId)).list('connection')) {
      if (connection.state !== 'active') continue;
      const known = before.find(({ id }) => id === connection.id);
      // Runs that waited until somebody had looked for the marks go on. A connection that was made
      // during the check is not known from before it as one without.
      const key = wakeKey.run(tenantId, connection.id);
      const waited = known?.marksAdopted === false || waitForMarks.has(key);
      if (connection.marksAdopted && waited) {
        waitForMarks.delete(key);
        wake.at(key, clock.nowMs());
      }
      await startAutomatic(context, tenantId, connection);
      await settleOpen(tenantId, connection.id);
    }
    context.publish(tenantId, ['tasks', 'connection', 'log'], null);
    return result;
  }

  /** Lost answers and closing days need the system; nothing else here does. */
  async function settleOpen(tenantId: TenantId, connectionId: ConnectionId): Promise<void> {
    const reader = await store.read(tenantId);
    const hasOpen = reader.list('intent').some((intent) => intent.connectionId === connectionId);
    const monthly = reader.get('connection', connectionId)?.settings.invoice === 'monthly';
    if (!hasOpen && !monthly) return;
    await withJob(tenantId, connectionId, 'background', async (job) => {
      await recoverIntents(job);
      const again = await closeMonths(job);
      if (again !== null) wake.at(wakeKey.run(tenantId, connectionId), millisecondsOf(again));
    }).catch(unlessBusy);
  }

  async function writeOpenRuns(tenantId: TenantId, connectionId: ConnectionId): Promise<void> {
    const openRuns = async () =>
      (await store.read(tenantId))
        .list('run')
        .filter(
          (run) => run.connectionId === connectionId && run.endedAt === null && run.awaits === null,
        )
        .sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
    const connection = (await store.read(tenantId)).get('connection', connectionId);
    // Before the marks were looked for nobody knows what of it is written; the check calls again.
    if (connection === null || connection.paused !== null) return;
    if (!connection.marksAdopted) {
      waitForMarks.add(wakeKey.run(tenantId, connectionId));
      return;
    }
    await withJob(tenantId, connectionId, 'background', async (job) => {
      for (const run of await openRuns()) {
        const again = await takeUp(job, run);
        if (again !== null) {
          wake.at(wakeKey.run(tenantId, connectionId), millisecondsOf(again));
          return;
        }
      }
    });
  }

  /** The tenant's check, and runs and looks that are not at their end. */
  function wakeAll(tenantId: TenantId, reader: Reader): void {
    wake.at(wakeKey.check(tenantId), clock.nowMs());
    for (const { connectionId, endedAt } of reader.list('run'))
      if (endedAt === null) wake.at(wakeKey.run(tenantId, connectionId), clock.nowMs());
    for (const { id, endedAt } of reader.list('look'))
      if (endedAt === null) wake.at(wakeKey.look(tenantId, id), clock.nowMs());
  }

  async function look(tenantId: TenantId, connectionId: ConnectionId): Promise<Instant | null> {
    const nextAt = await lookOnce(checkContext, tenantId, connectionId);
    context.publish(tenantId, nextAt === null ? ['run', 'log'] : ['run'], connectionId);
    return nextAt;
  }

  /** What the check found or could not read is told by mail, also when it failed as a whole. */
  async function checkAndTell(tenantId: TenantId): Promise<Instant> {
    try {
      return (await check(tenantId, 'background')).nextAt;
    } finally {
      await postMail(context.post, tenantId).catch((error: unknown) =>
        logger.error('mail', { tenantId, error }),
      );
      await postTickets(context, tenantId, withJob).catch((error: unknown) => {
        if (!(error instanceof AppError) || error.code !== 'work.busy')
          logger.error('tickets', { tenantId, error });
      });
      await postLetters(lettersOf(context), tenantId).catch((error: unknown) =>
        logger.error('letters', { tenantId, error }),
      );
    }
  }

  async function work(key: string): Promise<void> {
    const [kind, tenantId, connectionId] = parseWakeKey(key);
    if (!isEnabled(await store.read(tenantId))) return;
    let nextAt: Instant | null = null;
    try {
      if (kind === 'check') nextAt = await checkAndTell(tenantId);
      else if (kind === 'look') nextAt = await look(tenantId, connectionId);
      else await writeOpenRuns(tenantId, connectionId);
    } catch (error) {
      const { code, retry } = failureOf(error);
      logger.warn('work failed', { kind, tenantId, code, error });
      const jitterMs = Math.round((checkContext.random.fraction() * 2 - 1) * restJitterMs);
      const named = retry.kind === 'later' && retry.at !== null ? millisecondsOf(retry.at) : null;
      const nowMs = clock.nowMs();
      nextAt = instant(Math.max(named ?? nowMs + restMs + jitterMs, nowMs + restMinMs));
    }
    if (nextAt !== null) wake.at(key, millisecondsOf(nextAt));
  }

  wake.start(work);
  return {
    check,
    takeOwnCharges: async (tenantId) => {
      const at = instant(clock.nowMs());
      await takeOwnCharges({ ...checkContext, tenantId, purpose: 'person', at });
      context.publish(tenantId, ['tasks', 'log'], null);
    },
    readBack: (tenantId, connectionId) =>
      withJob(tenantId, connectionId, 'person', async ({ connection, session }) => {
        const at = instant(clock.nowMs());
        const look = { ...checkContext, tenantId, purpose: 'person' as const, at };
        const [failure] = await readBackNow(look, connection, session);
        context.publish(tenantId, ['connection'], connectionId);
        if (failure !== undefined) throw new AppError(failure.code, failure);
      }),
    checkState: (tenantId) => ({
      running: flights.has(tenantId),
      nextAt: nextAt.get(tenantId) ?? null,
    }),
    withJob,
    wakeTenant: (tenantId) =>
      void store.read(tenantId).then(
        (reader) => wakeAll(tenantId, reader),
        (error: unknown) => logger.warn('not woken', { tenantId, error }),
      ),
    resume: async () => {
      for (const tenantId of await store.tenants()) {
        if (!isEnabled(await store.read(tenantId))) continue;
        await hangUpLeftOver(context, tenantId);
        wakeAll(tenantId, await store.read(tenantId));
      }
    },
  };
}

/** Each kind of run goes on where it was; returns when again, or null when it has ended. */
function takeUp(job: Job, run: Run): Promise<Instant | null> {
  switch (run.kind) {
    case 'undo':
      return undoRun(job, run);
    case 'closing':
      return closeRun(job, run);
    case 'correction':
      return correctRun(job, run);
    case 'manual':
    case 'automatic':
      return applyRun(job, run.id, sendDocuments);
    default:
      return run.kind satisfies never;
  }
}

/** A run under way looks after lost answers itself; the next check comes back. */
function unlessBusy(error: unknown): void {
  if (!(error instanceof AppError) || error.code !== 'work.busy') throw error;
}

/** A failure of a system says which one, since a person may have several. */
function naming(error: unknown, system: string): unknown {
  if (!(error instanceof AppError) || !error.code.startsWith('system.')) return error;
  const { code, said, retry, reference, facts } = error;
  return new AppError(code, { said, retry, reference, facts: { system, ...facts }, cause: error });
}
