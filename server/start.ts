import { createEgress } from './access/egress.ts';
import { openKeyring } from './access/keyring.ts';
import { keepRetention } from './access/retention.ts';
import { rotateMasterKeys } from './access/rotation.ts';
import type { Store } from './domain/ports/store.ts';
import { listen } from './http/listen.ts';
import { retentionDays } from './http/manifest.ts';
import { createAccess } from './start/access.ts';
import type { Ground } from './start/ground.ts';
import { createInstalling } from './start/installing.ts';
import { createPages } from './start/pages.ts';
import { createRegistry } from './start/registry.ts';
import { createWork } from './start/work.ts';
import type { RunningApp, StartOptions } from './start-options.ts';
import { openLowdbStore } from './store/lowdb/index.ts';
import { thisProcess } from './store/this-process.ts';
import { readCallbackAddresses } from './sync/callback-addresses.ts';
import { forgetMarks } from './sync/check/forget-marks.ts';
import { letGo } from './sync/lease.ts';

/** Wires the app. Everything it needs from the world comes in `options`; nothing is global. */
export async function start(options: StartOptions): Promise<RunningApp> {
  const { env, clock, disk, crypto, ids, logger } = options;
  const { dataDir: folder, masterKeys } = env;
  const store = await openLowdbStore({
    folder,
    disk,
    clock,
    crypto,
    process: thisProcess(),
    acceptBackup: env.acceptBackup,
    logMonths: env.logMonths,
    logger,
    onFatal: options.onFatal,
  });
  const keyring = await openKeyring({ folder, disk, store, crypto, masterKeys }).catch(
    async (error: unknown) => {
      await store.close();
      throw error;
    },
  );
  const registry = createRegistry(env, options.adapters);
  const fetch = createEgress({
    fetch: options.fetch,
    origins: registry.origins,
    sandbox: env.marketplaces.some((entry) => entry.env === 'sandbox'),
  });

  const ground: Ground = { ...options, store, registry, fetch };
  const access = createAccess(ground);
  const callbackAddresses = await readCallbackAddresses({ store, crypto });
  const work = createWork(ground, { ...access, callbackAddresses });
  const installing = createInstalling(ground, access, work);
  const pages = createPages(ground, { access, work, installing });

  await releaseLeases(store);
  // The previous generation of a file may lack what was written last: it is found in the systems.
  if (env.acceptBackup)
    for (const tenant of await store.tenants()) await forgetMarks(store, tenant);
  await work.engine.resume();
  const stopping = new AbortController();
  const { signal } = stopping;
  const { vault, audit, sessions } = access;
  const { lifecycle } = installing;
  const rotation = rotateMasterKeys({ store, vault, audit, keyring, clock, logger, signal });
  const retention = keepRetention({ store, lifecycle, clock, logger, retentionDays, signal });
  const server = options.listen ? await listen({ fetch: pages.fetch, ids, ...env }) : null;
  logger.info('started', { url: env.publicUrl, tenants: (await store.tenants()).length });
  return {
    url: env.publicUrl,
    fetch: async (request) => pages.fetch(request),
    stop: async () => {
      // Open streams would hold the server: their sessions end with it.
      for (const tenantId of await store.tenants()) sessions.endAll(tenantId);
      server?.close();
      stopping.abort();
      await Promise.all([work.wake.stop(), rotation, retention]);
      await audit.flush();
      await store.close();
    },
  };
}

/** One process owns the embedded store: whatever lease is left belongs to one that ended. */
async function releaseLeases(store: Store): Promise<void> {
  for (const tenantId of await store.tenants())
    await store.transact(tenantId, (tx) => {
      for (const lease of tx.list('lease')) tx.put('lease', { ...lease, until: letGo });
    });
}
