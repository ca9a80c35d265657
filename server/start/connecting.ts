import type { ConnectionSecrets } from '../access/connection-secrets.ts';
import { createCredentialAccess } from '../access/credential-access.ts';
import { createFlowTable } from '../access/flow-table.ts';
import { createFlows, type LinkRequest } from '../access/flows.ts';
import { isCurrent } from '../access/installations.ts';
import { createLink } from '../access/link-connection.ts';
import type { Account } from '../domain/connection.ts';
import { AppError } from '../domain/errors.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Ground } from './ground.ts';
import type { Work } from './work.ts';

/** How a reseller connects an account: by the vendor's consent, or by fields that are typed. */
export function createConnecting(
  ground: Ground,
  { secrets, work }: { secrets: ConnectionSecrets; work: Pick<Work, 'context' | 'engine'> },
) {
  const { env, store, clock, crypto, ids, fetch, registry } = ground;
  const storeLink = createLink({
    store,
    clock,
    ids,
    secrets,
    accountOf: (request) => accountOf(ground, request),
    isLinkedElsewhere: (linked) => isLinkedElsewhere(ground, linked),
  });
  const shared = {
    clock,
    fetch,
    connector: registry.system,
    client: registry.clientOf,
    link: async (request: LinkRequest) => {
      const id = await storeLink(request);
      work.context.publish(request.session.tenantId, ['connection', 'log'], id);
      work.engine.wakeTenant(request.session.tenantId);
      return id;
    },
  };
  return {
    credentials: createCredentialAccess(shared),
    flows: createFlows({
      ...shared,
      table: createFlowTable({ clock }),
      crypto,
      ids,
      publicUrl: env.publicUrl,
      names: async ({ tenantId, installationId }) => {
        const installation = (await store.read(tenantId)).get('installation', installationId);
        return {
          tenant: installation?.name ?? '',
          marketplace: installation === null ? '' : registry.entryOf(installation).name,
        };
      },
      isCurrent: async (session) => isCurrent(await store.read(session.tenantId), session),
    }),
  };
}

/** Typed access told the account when it was tried; a consent's tokens are asked. */
async function accountOf(
  { clock, fetch, registry }: Ground,
  { systemId, access, account }: LinkRequest,
): Promise<Account> {
  if (access.kind === 'credentials') return access.details;
  const system = registry.connector(systemId);
  if (system.auth !== 'oauth') throw new AppError('internal');
  return system
    .open({
      account: {
        id: account.id,
        name: account.name,
        baseCurrency: 'USD',
        country: '',
        timeZone: 'UTC',
        taxBasis: 'exclusive',
        lockedUntil: null,
        demo: false,
        shortCode: null,
      },
      accessToken: async () => access.tokens.accessToken,
      fetch,
      clock,
      limiter: system.limiter(clock),
      purpose: 'person',
    })
    .account();
}

/** Whether another tenant has this account connected. */
async function isLinkedElsewhere(
  { store }: Ground,
  { tenantId, systemId, accountId }: { tenantId: TenantId; systemId: string; accountId: string },
): Promise<boolean> {
  for (const other of await store.tenants()) {
    if (other === tenantId) continue;
    const linked = (await store.read(other))
      .list('connection')
      .some(
        (connection) =>
          connection.systemId === systemId &&
          connection.account.id === accountId &&
          connection.state !== 'disconnected',
      );
    if (linked) return true;
  }
  return false;
}
