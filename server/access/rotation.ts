import type { Clock, Logger } from '../domain/ports/machine.ts';
import type { Store } from '../domain/ports/store.ts';
import type { AuditTrail } from './audit.ts';
import type { Keyring } from './keyring.ts';
import type { Vault } from './vault.ts';

/** After a disk that took nothing. */
const tryAgainMs = 60_000;

/**
 * Brings everything under the newest master key while the app serves: each tenant's key is wrapped anew,
 * each chain of the audit trail sealed anew, and only then an older key counts as retired. What a stop
 * leaves undone is done after the next start. Resolves when done, or when the signal aborts.
 */
export async function rotateMasterKeys(options: {
  store: Store;
  vault: Vault;
  audit: Pick<AuditTrail, 'record' | 'reseal'>;
  keyring: Keyring;
  clock: Clock;
  logger: Logger;
  signal: AbortSignal;
}): Promise<void> {
  const { store, vault, audit, keyring, clock, logger, signal } = options;
  const older = keyring.older();
  while (older.length > 0 && !signal.aborted)
    try {
      let tenants = 0;
      for (const tenantId of await store.tenants()) {
        if (signal.aborted) return;
        if ((await vault.rewrap(tenantId)) > 0) tenants += 1;
      }
      await audit.reseal();
      await keyring.retire(older);
      for (const version of older) {
        audit.record({ ...retired, object: `master key ${version}` });
        logger.info('master-key-retired', { version, tenants });
      }
      return;
    } catch (error) {
      logger.warn('master-key-rotation-waits', { older, error });
      await clock.waitUntil(clock.nowMs() + tryAgainMs, signal);
    }
}

const retired = {
  action: 'keys',
  outcome: 'ok',
  reason: 'retired: nothing is sealed under it any more',
  marketplaceId: null,
  tenantId: null,
} as const;
