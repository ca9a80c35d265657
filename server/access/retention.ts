import type { Clock, Logger } from '../domain/ports/machine.ts';
import type { Store } from '../domain/ports/store.ts';
import type { Lifecycle } from './lifecycle.ts';

const dayMs = 24 * 3_600_000;

/**
 * Keeps the manifest's promise: what a tenant leaves behind is deleted so many days after its uninstall,
 * also where the marketplace sends no `redact`. Looks at the start and once a day, until the signal aborts.
 */
export async function keepRetention(options: {
  store: Store;
  lifecycle: Pick<Lifecycle, 'expire'>;
  clock: Clock;
  logger: Logger;
  retentionDays: number;
  signal: AbortSignal;
}): Promise<void> {
  const { store, lifecycle, clock, logger, retentionDays, signal } = options;
  while (!signal.aborted) {
    const endedByMs = clock.nowMs() - retentionDays * dayMs;
    for (const tenantId of await store.tenants()) {
      if (signal.aborted) return;
      // A disk that took nothing is asked again tomorrow.
      await lifecycle
        .expire(tenantId, endedByMs)
        .catch((error: unknown) => logger.warn('retention-waits', { error }));
    }
    await clock.waitUntil(clock.nowMs() + dayMs, signal);
  }
}
