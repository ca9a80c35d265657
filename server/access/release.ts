import type { Connection } from '../domain/connection.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Connector } from '../domain/ports/connector.ts';
import type { Clock, Fetch, Logger } from '../domain/ports/machine.ts';
import type { OAuthClient } from '../domain/ports/system-access.ts';
import type { ConnectionSecrets } from './connection-secrets.ts';

export interface Releases {
  /** Reads tokens and keys while they are there; what it gives ends the connections at their vendors. */
  prepare(tenantId: TenantId, connections: readonly Connection[]): Promise<() => Promise<void>>;
}

/** Ending a connection at the vendor is a courtesy that may fail: ours ends in any case. */
export function createReleases({
  secrets,
  fetch,
  connector,
  logger,
  clock,
  clientOf,
  ownAddress,
}: {
  secrets: Pick<ConnectionSecrets, 'read' | 'credentials'>;
  fetch: Fetch;
  connector(systemId: string): Connector;
  logger: Logger;
  clock: Clock;
  clientOf(systemId: string): OAuthClient | null;
  /** Tells which of the addresses a system calls are ours, of this connection; null where none is. */
  ownAddress(
    tenantId: TenantId,
    connection: Connection,
  ): Promise<((url: string) => boolean) | null>;
}): Releases {
  /** Null where there is nothing to end at the vendor. */
  async function endOf(
    tenantId: TenantId,
    connection: Connection,
  ): Promise<(() => Promise<void>) | null> {
    const { systemId, vendorConnectionId } = connection;
    const system = connector(systemId);
    if (system.auth === 'oauth') {
      const tokens = await secrets.read(tenantId, connection);
      return tokens === null || vendorConnectionId === null
        ? null
        : () => system.disconnect({ tokens, vendorConnectionId, fetch, clock });
    }
    const { release } = system;
    const credentials = await secrets.credentials(tenantId, connection);
    const isOurs = await ownAddress(tenantId, connection);
    if (release === undefined || credentials === null || isOurs === null) return null;
    const context = {
      fetch,
      clock,
      limiter: system.limiter(clock),
      purpose: 'person' as const,
      client: clientOf(systemId),
      credentials: async () => credentials,
    };
    return () => release(context, isOurs);
  }

  return {
    prepare: async (tenantId, connections) => {
      const live = await Promise.all(
        connections.map(async (connection) => ({
          systemId: connection.systemId,
          end: await endOf(tenantId, connection).catch(() => null),
        })),
      );
      return async () => {
        for (const { systemId, end } of live)
          await end?.().catch((error: unknown) =>
            logger.warn('disconnect-at-vendor', { system: systemId, error }),
          );
      };
    },
  };
}
