import type { Circuit } from '../domain/circuit.ts';
import { instant, millisecondsOf } from '../domain/dates.ts';
import { AppError, type Failure, failureOf, retryLater } from '../domain/errors.ts';
import type { ConnectionId, TenantId } from '../domain/ids.ts';
import type { Limiter } from '../domain/ports/limiter.ts';
import type { Clock, Random } from '../domain/ports/machine.ts';
import type { Store, Transaction } from '../domain/ports/store.ts';

/** Server errors and time-outs in a row after which a connection's calls rest. */
export const failuresToOpen = 5;
/** The first rest; each failed trial doubles it, up to the longest. */
export const restMinMs = 60_000;
export const restMaxMs = 30 * 60_000;
/** A rest is longer or shorter by up to this share, so that connections do not try together. */
export const restJitter = 0.2;
/** While a trial is under way, others ask again after this long. */
const trialWaitMs = 30_000;
const serverErrorMin = 500;

export interface Circuits {
  /** The connection's limiter, which lets nothing through while its calls rest. */
  guard(tenantId: TenantId, connectionId: ConnectionId, limiter: Limiter): Limiter;
}

/**
 * One circuit breaker a connection. What counts is the system itself: server errors, no answer, no
 * connection; never a refusal of what was sent, which is an answer, and never a limit. A person's call
 * always goes out. A rest is stored, so that a restart does not begin with a burst of calls; a count
 * that has not led to one is not.
 */
export function createCircuits(options: {
  store: Store;
  clock: Clock;
  random: Random;
  changed(tenantId: TenantId, connectionId: ConnectionId): void;
}): Circuits {
  const { store, clock, random, changed } = options;
  const failuresOf = new Map<ConnectionId, number>();
  const tryingSince = new Map<ConnectionId, number>();

  const stored = async (tenantId: TenantId, connectionId: ConnectionId): Promise<Circuit | null> =>
    (await store.read(tenantId)).get('circuit', connectionId);

  /** Throws while the calls rest; otherwise says whether this call is the one that tries. */
  function admit(connectionId: ConnectionId, open: Circuit | null): boolean {
    if (open === null) return false;
    const nowMs = clock.nowMs();
    const untilMs = millisecondsOf(open.until);
    if (nowMs < untilMs) throw resting(open, open.until);
    const since = tryingSince.get(connectionId);
    if (since !== undefined && nowMs < since + trialWaitMs)
      throw resting(open, instant(since + trialWaitMs));
    tryingSince.set(connectionId, nowMs);
    return true;
  }

  async function succeeded(tenantId: TenantId, connectionId: ConnectionId): Promise<void> {
    failuresOf.delete(connectionId);
    if ((await stored(tenantId, connectionId)) === null) return;
    await store.transact(tenantId, (tx) => {
      const open = tx.get('circuit', connectionId);
      if (open === null) return;
      tx.remove('circuit', connectionId);
      logged(tx, connectionId, { action: 'circuit-closed', result: 'ok', circuit: open });
    });
    changed(tenantId, connectionId);
  }

  async function failed(
    tenantId: TenantId,
    connectionId: ConnectionId,
    failure: Failure,
  ): Promise<void> {
    const failures = (failuresOf.get(connectionId) ?? 0) + 1;
    failuresOf.set(connectionId, failures);
    const open = await stored(tenantId, connectionId);
    if (open === null && failures < failuresToOpen) return;
    await store.transact(tenantId, (tx) => {
      const before = tx.get('circuit', connectionId);
      const nowMs = clock.nowMs();
      // Calls that were under way together fail together: they are one trial.
      const isTrial = before !== null && nowMs >= millisecondsOf(before.until);
      const trials = before === null ? 0 : before.trials + (isTrial ? 1 : 0);
      const until =
        before !== null && !isTrial ? before.until : instant(nowMs + restMs(trials, random));
      const circuit: Circuit = {
        id: connectionId,
        openedAt: before?.openedAt ?? instant(nowMs),
        until,
        trials,
        failures: (before?.failures ?? failures - 1) + 1,
        failure,
      };
      tx.put('circuit', circuit);
      if (before === null)
        logged(tx, connectionId, { action: 'circuit-opened', result: 'waits', circuit });
    });
    changed(tenantId, connectionId);
  }

  return {
    guard: (tenantId, connectionId, limiter) => ({
      view: () => limiter.view(),
      run: async (purpose, call) => {
        const open = await stored(tenantId, connectionId);
        const isTrial = purpose === 'person' ? false : admit(connectionId, open);
        try {
          return await limiter.run(purpose, async () => {
            const response = await call().catch(async (error: unknown) => {
              if (isOfSystem(error)) await failed(tenantId, connectionId, failureOf(error));
              throw error;
            });
            if (response.status >= serverErrorMin)
              await failed(tenantId, connectionId, statusFailure);
            else await succeeded(tenantId, connectionId);
            return response;
          });
        } finally {
          if (isTrial) tryingSince.delete(connectionId);
        }
      },
    }),
  };
}

/** How long calls rest after so many failed trials, in milliseconds, with its jitter. */
export function restMs(trials: number, random: Random): number {
  const wholeMs = Math.min(restMinMs * 2 ** Math.min(trials, 20), restMaxMs);
  return Math.round(wholeMs * (1 + (random.fraction() * 2 - 1) * restJitter));
}

const statusFailure: Failure = {
  code: 'system.unreachable',
  said: null,
  retry: retryLater(),
  reference: null,
};

/** Nothing was sent: what wants to write waits and loses nothing. */
const resting = ({ failure }: Circuit, until: Circuit['until']): AppError =>
  new AppError('system.resting', { said: failure.said, retry: retryLater(until) });

const isOfSystem = (error: unknown): boolean =>
  !(error instanceof AppError) ||
  error.code === 'system.unreachable' ||
  error.code === 'system.timeout';

function logged(
  tx: Transaction,
  connectionId: ConnectionId,
  {
    action,
    result,
    circuit,
  }: { action: 'circuit-opened' | 'circuit-closed'; result: 'waits' | 'ok'; circuit: Circuit },
): void {
  tx.log({
    actor: { kind: 'app' },
    action,
    result,
    connectionId,
    customerId: null,
    subject: tx.get('connection', connectionId)?.account.name ?? connectionId,
    taskId: null,
    orderId: null,
    documentId: null,
    documentUrl: null,
    amount: null,
    failure: action === 'circuit-opened' ? circuit.failure : null,
    facts: { failures: String(circuit.failures) },
    details: null,
  });
}
