import type { TenantId } from '../domain/ids.ts';
import type { Clock, Logger } from '../domain/ports/machine.ts';
import type { Store } from '../domain/ports/store.ts';
import type { Wake } from '../domain/ports/wake.ts';
import { wakeKey } from './wake-keys.ts';

/**
 * What comes after a check within this time waits for its end: our own writes come back as hints too,
 * and a busy account must not spend the day's calls.
 */
export const hintRestMs = 120_000;

/** A system's word that something changed in these accounts. */
export type TakeHint = (systemId: string, accountIds: readonly string[]) => void;

/**
 * A hint brings the next check of whoever has such an account connected forward, and does nothing else:
 * what changed is read there, with every check that an ordinary reading has. Only connections of the
 * operator's own app are meant, because its key signs for no other.
 */
export function createHints(options: {
  store: Store;
  clock: Clock;
  wake: Wake;
  logger: Logger;
}): TakeHint {
  const { store, clock, wake, logger } = options;
  const hintedAtMs = new Map<TenantId, number>();

  const take = async (systemId: string, accounts: ReadonlySet<string>): Promise<void> => {
    for (const tenantId of await store.tenants()) {
      const isMeant = (await store.read(tenantId))
        .list('connection')
        .some(
          (connection) =>
            connection.systemId === systemId &&
            connection.state === 'active' &&
            connection.ownApp === null &&
            accounts.has(connection.account.id.toLowerCase()),
        );
      if (!isMeant) continue;
      const restedMs = (hintedAtMs.get(tenantId) ?? Number.NEGATIVE_INFINITY) + hintRestMs;
      const atMs = Math.max(clock.nowMs(), restedMs);
      // One that is still ahead takes this hint in.
      if (atMs < (hintedAtMs.get(tenantId) ?? Number.NEGATIVE_INFINITY)) continue;
      hintedAtMs.set(tenantId, atMs);
      wake.at(wakeKey.check(tenantId), atMs);
    }
  };
  return (systemId, accountIds) =>
    void take(systemId, new Set(accountIds)).catch((error: unknown) =>
      logger.warn('not woken', { systemId, error }),
    );
}
