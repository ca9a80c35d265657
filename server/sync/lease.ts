import { instant, millisecondsOf } from '../domain/dates.ts';
import { AppError, retryLater } from '../domain/errors.ts';
import type { ConnectionId, TenantId } from '../domain/ids.ts';
import type { Clock, Ids } from '../domain/ports/machine.ts';
import type { Store, Transaction } from '../domain/ports/store.ts';
import type { RecordOf } from '../domain/records.ts';

/** How long a lease lasts without a sign of life: longer than the longest call. A dead worker's connection is free after it. */
const leaseMs = 150_000;
/** How long work for a person waits for another worker before it says that somebody is writing. */
const waitMaxMs = 15_000;
const waitStepMs = 250;
/** Who did not get their turn asks again after this long: most work on a connection is short. */
const askAgainMs = 10_000;

/** The end of a lease that is held by nobody: past on every clock, also on one that is set back. */
export const letGo = instant(0);

/** The right to write to one connection and to refresh its tokens, until it is let go. */
export interface Lease {
  readonly connectionId: ConnectionId;
  readonly fence: number;
  /** Throws `work.busy` when a later worker has taken over; asked inside every writing transaction. */
  check(tx: Transaction): void;
}
export interface Leases {
  /** Runs the work alone on the connection; throws `work.busy` when it does not get its turn. */
  with<T>(
    tenantId: TenantId,
    connectionId: ConnectionId,
    work: (lease: Lease) => Promise<T>,
  ): Promise<T>;
}

/**
 * One writer a connection at a time. The record's fence rises with every owner; a worker that was
 * believed dead finds a higher one when it comes back and can change nothing.
 */
export function createLeases({
  store,
  clock,
  ids,
}: {
  store: Store;
  clock: Clock;
  ids: Ids;
}): Leases {
  async function acquire(tenantId: TenantId, connectionId: ConnectionId): Promise<Lease> {
    const holder = ids.next();
    const deadlineMs = clock.nowMs() + waitMaxMs;
    for (;;) {
      const fence = await store.transact(tenantId, (tx) => {
        const current = tx.get('lease', connectionId);
        if (current !== null && millisecondsOf(current.until) > clock.nowMs()) {
          shorten(tx, current);
          return null;
        }
        const next = (current?.fence ?? 0) + 1;
        tx.put('lease', {
          id: connectionId,
          holder,
          fence: next,
          until: instant(clock.nowMs() + leaseMs),
        });
        return next;
      });
      if (fence !== null) return leaseOf(connectionId, fence);
      if (clock.nowMs() >= deadlineMs)
        throw new AppError('work.busy', { retry: retryLater(instant(clock.nowMs() + askAgainMs)) });
      await clock.waitUntil(clock.nowMs() + waitStepMs);
    }
  }

  /** Taken while the clock was ahead: it lasts no longer than any other, and its holder may still write. */
  function shorten(tx: Transaction, current: RecordOf<'lease'>): void {
    const lastMs = clock.nowMs() + leaseMs;
    if (millisecondsOf(current.until) > lastMs)
      tx.put('lease', { ...current, until: instant(lastMs) });
  }

  /** Every checked transaction is a sign of life: it moves the end of the lease. */
  const leaseOf = (connectionId: ConnectionId, fence: number): Lease => ({
    connectionId,
    fence,
    check: (tx) => {
      const current = tx.get('lease', connectionId);
      if (current === null || current.fence !== fence)
        throw new AppError('work.busy', { retry: retryLater() });
      tx.put('lease', { ...current, until: instant(clock.nowMs() + leaseMs) });
    },
  });

  return {
    with: async (tenantId, connectionId, work) => {
      const lease = await acquire(tenantId, connectionId);
      try {
        return await work(lease);
      } finally {
        await store.transact(tenantId, (tx) => {
          const current = tx.get('lease', connectionId);
          if (current?.fence === lease.fence) tx.put('lease', { ...current, until: letGo });
        });
      }
    },
  };
}
