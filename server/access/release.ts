import type { Connection } from '../domain/connection.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Connector, Fetch, Logger } from '../domain/ports.ts';
import type { ConnectionSecrets } from './connection-secrets.ts';

export interface Releases {
  /** Reads the tokens while they are there; what it gives ends the connections at their vendors. */
  prepare(tenantId: TenantId, connections: readonly Connection[]): Promise<() => Promise<void>>;
}

/** Ending a connection at the vendor is a courtesy that may fail: ours ends in any case. */
export function createReleases({
  secrets,
  fetch,
  connector,
  logger,
}: {
  secrets: ConnectionSecrets;
  fetch: Fetch;
  connector(systemId: string): Connector;
  logger: Logger;
}): Releases {
  return {
    prepare: async (tenantId, connections) => {
      const live = await Promise.all(
        connections.map(async (connection) => ({
          connection,
          tokens: await secrets.read(tenantId, connection).catch(() => null),
        })),
      );
      return async () => {
        for (const { connection, tokens } of live) {
          const { vendorConnectionId } = connection;
          if (tokens === null || vendorConnectionId === null) continue;
          try {
            const system = connector(connection.systemId);
            if (system.auth === 'oauth')
              await system.disconnect({ tokens, vendorConnectionId, fetch });
          } catch (error) {
            logger.warn('disconnect-at-vendor', { system: connection.systemId, error });
          }
        }
      };
    },
  };
}
