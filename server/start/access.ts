import { createAuditTrail } from '../access/audit-trail.ts';
import { createConnectionSecrets } from '../access/connection-secrets.ts';
import { createKeySet } from '../access/key-set.ts';
import { createSessions } from '../access/sessions.ts';
import { createVault } from '../access/vault.ts';
import { createVerifier } from '../access/verify.ts';
import { createRateLimits } from '../http/limits.ts';
import type { Ground } from './ground.ts';

export type Access = ReturnType<typeof createAccess>;

/** Who may do what, how often, with which secrets, and the trail of it. */
export function createAccess(ground: Ground) {
  const { env, clock, disk, crypto, logger, store, registry, fetch } = ground;
  const { masterKeys } = env;
  const vault = createVault({ store, crypto, masterKeys });
  return {
    audit: createAuditTrail({
      folder: `${env.dataDir}/audit`,
      disk,
      clock,
      crypto,
      logger,
      masterKeys,
    }),
    sessions: createSessions({ store, clock, crypto }),
    vault,
    secrets: createConnectionSecrets({ store, vault, operatorClient: registry.clientOf }),
    limits: createRateLimits({ clock, of: ground.limits }),
    verifier: createVerifier({
      entries: env.marketplaces,
      clock,
      publicUrl: env.publicUrl,
      keySet: (entry) =>
        createKeySet({
          entry,
          fetch,
          clock,
          alert: (reason) => logger.warn('key-set', { marketplace: entry.id, reason }),
        }),
    }),
  };
}
