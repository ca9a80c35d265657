import type { ConnectionSecrets } from '../access/connection-secrets.ts';
import { AppError, retryReconnect } from '../domain/errors.ts';
import type { ConnectionId, TenantId } from '../domain/ids.ts';
import type { Limiter } from '../domain/ports/limiter.ts';
import type { ConnectorSession } from '../domain/ports/session.ts';
import type { Purpose } from '../sync/check/context.ts';
import { createCircuits } from '../sync/circuit.ts';
import { requireEnabled } from '../sync/enabled.ts';
import type { Lease, Leases } from '../sync/lease.ts';
import { createAccessTokens } from '../sync/tokens.ts';
import type { Ground } from './ground.ts';

export interface SystemSessions {
  /** Throws `system.not-connected`; a token is refreshed under the lease, where one is given. */
  open(
    tenantId: TenantId,
    connectionId: ConnectionId,
    lease: Lease | null,
    purpose: Purpose,
  ): Promise<ConnectorSession>;
  /** Null until the connection was used. */
  limitsOf(connectionId: ConnectionId): ReturnType<Limiter['view']> | null;
}

/** Opens connections: each within its limits, and at rest while its system fails. */
export function createSystemSessions(
  { store, clock, random, fetch, registry }: Ground,
  services: {
    secrets: ConnectionSecrets;
    leases: Leases;
    /** A circuit has opened or closed. */
    changed(tenantId: TenantId, connectionId: ConnectionId): void;
  },
): SystemSessions {
  const { secrets, leases, changed } = services;
  const { connector, clientOf } = registry;
  const circuits = createCircuits({ store, clock, random, changed });
  const tokens = createAccessTokens({ store, clock, fetch, leases, secrets, connector });
  const limiters = new Map<string, Limiter>();
  const limiterOf = (connectionId: string, systemId: string): Limiter => {
    const limiter = limiters.get(connectionId) ?? connector(systemId).limiter(clock);
    limiters.set(connectionId, limiter);
    return limiter;
  };
  return {
    limitsOf: (connectionId) => limiters.get(connectionId)?.view() ?? null,
    open: async (tenantId, connectionId, lease, purpose) => {
      const connection = (await store.read(tenantId)).get('connection', connectionId);
      if (connection === null || connection.state === 'disconnected')
        throw new AppError('system.not-connected');
      const { systemId } = connection;
      const system = connector(systemId);
      const own = {
        account: connection.account,
        fetch,
        clock,
        purpose,
        limiter: circuits.guard(tenantId, connectionId, limiterOf(connectionId, systemId)),
      };
      // Asked for every call: work that was under way when the installation was disabled ends here.
      const enabled = async () => requireEnabled(await store.read(tenantId));
      if (system.auth === 'credentials')
        return system.open({
          ...own,
          client: clientOf(systemId),
          credentials: async () => {
            await enabled();
            const given = await secrets.credentials(tenantId, connection);
            if (given === null) throw new AppError('system.reconnect', { retry: retryReconnect });
            return given;
          },
        });
      return system.open({
        ...own,
        fetch: (request) => tokens.send(connection, request),
        accessToken: async () => {
          await enabled();
          return tokens.valid(tenantId, connection, lease);
        },
      });
    },
  };
}
