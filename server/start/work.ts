import { createEgress } from '../access/egress.ts';
import { readCredentials } from '../access/marketplace-credentials.ts';
import { AppError } from '../domain/errors.ts';
import { createEvents } from '../http/events.ts';
import { appVersion } from '../http/manifest.ts';
import { createNotices } from '../http/notices.ts';
import { createAssessor } from '../sync/assessor.ts';
import type { CallbackAddresses } from '../sync/callback-addresses.ts';
import type { CheckContext } from '../sync/check/context.ts';
import type { EngineContext } from '../sync/context.ts';
import { createEngine } from '../sync/engine.ts';
import { createHints } from '../sync/hints.ts';
import { createLeases } from '../sync/lease.ts';
import { createMarketplaces } from '../sync/marketplaces.ts';
import { createWake } from '../sync/wake.ts';
import { wakeOwner } from '../sync/wake-keys.ts';
import type { Access } from './access.ts';
import type { Ground } from './ground.ts';
import { createPost } from './post.ts';
import { createSystemSessions } from './system-sessions.ts';

export type Work = ReturnType<typeof createWork>;

/** What goes on by itself: the engine, what it reaches on both sides, and what it tells open pages. */
export function createWork(
  ground: Ground,
  {
    vault,
    secrets,
    callbackAddresses,
  }: Pick<Access, 'vault' | 'secrets'> & { callbackAddresses: CallbackAddresses },
) {
  const { env, store, clock, crypto, ids, random, logger, fetch, registry } = ground;
  const { connector } = registry;
  const events = createEvents();
  const notices = createNotices({ store, events });
  const leases = createLeases({ store, clock, ids });
  const wake = createWake({ clock, logger, ownerOf: wakeOwner });
  const sessions = createSystemSessions(ground, {
    secrets,
    leases,
    changed: (tenantId, connectionId) =>
      notices.changed(tenantId, ['connection', 'log'], connectionId),
  });
  const marketplaces = createMarketplaces({
    store,
    clock,
    crypto,
    fetchOf: (installation) => {
      const entry = registry.entryOf(installation);
      const sandbox = entry.env === 'sandbox';
      return createEgress({ fetch, origins: entry.apiOrigins, sandbox });
    },
    adapterOf: (installation) => registry.adapterOf(registry.entryOf(installation)),
    callsOf: (installation) => registry.entryOf(installation).calls,
    credentials: (installation) => readCredentials(vault, installation),
  });
  const context: EngineContext = {
    store,
    clock,
    crypto,
    ids,
    logger,
    leases,
    wake,
    connector,
    post: createPost(ground),
    publish: (tenantId, what, connectionId) => notices.changed(tenantId, what, connectionId),
    openSession: (tenantId, connection, lease, purpose) =>
      sessions.open(tenantId, connection.id, lease, purpose),
    openMarketplace: async (tenantId, purpose) => {
      const opened = await marketplaces.open(tenantId, purpose);
      if (opened === null) throw new AppError('marketplace.not-connected');
      return opened;
    },
  };
  const checkContext: CheckContext = {
    store,
    clock,
    crypto,
    random,
    logger,
    version: appVersion,
    openMarketplace: (tenantId, purpose) => marketplaces.open(tenantId, purpose),
    openSession: (tenantId, connectionId, purpose) =>
      sessions.open(tenantId, connectionId, null, purpose),
    isStanding: (systemId) => connector(systemId).manifest.kind === 'standing',
    manifest: (systemId) => connector(systemId).manifest,
    assess: createAssessor({ clock, crypto, connector }),
    callbacks: { crypto, publicUrl: env.publicUrl, addresses: callbackAddresses },
    took: (tenantId) => context.publish(tenantId, ['tasks', 'mappings', 'log'], null),
  };
  return {
    events,
    wake,
    sessions,
    marketplaces,
    callbackAddresses,
    context,
    engine: createEngine(context, checkContext),
    hint: createHints({ store, clock, wake, logger }),
  };
}
