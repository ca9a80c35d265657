import { createLifecycle } from '../access/lifecycle.ts';
import { createReleases } from '../access/release.ts';
import { ownAddress } from '../sync/callbacks.ts';
import type { Access } from './access.ts';
import type { Ground } from './ground.ts';
import type { Work } from './work.ts';

/** How an installation begins and ends, and what the systems are told when it ends. */
export function createInstalling(ground: Ground, access: Access, work: Work) {
  const { store, clock, crypto, fetch, logger, registry } = ground;
  const { vault, secrets, sessions, audit } = access;
  const releases = createReleases({
    secrets,
    fetch,
    connector: registry.connector,
    logger,
    clock,
    clientOf: registry.clientOf,
    ownAddress: async (tenantId, { id }) => {
      const reader = await store.read(tenantId);
      return reader.get('callbackAddress', id) === null ? null : ownAddress(reader, crypto, id);
    },
  });
  const lifecycle = createLifecycle({
    store,
    clock,
    vault,
    sessions,
    audit,
    release: releases.prepare,
    forget: audit.forget,
    changed: (tenantId) => {
      work.marketplaces.forget(tenantId);
      work.engine.wakeTenant(tenantId);
    },
  });
  return { releases, lifecycle };
}
