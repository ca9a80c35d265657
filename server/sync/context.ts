import type { Connection } from '../domain/connection.ts';
import type { ConnectionId, TenantId } from '../domain/ids.ts';
import type { Connector } from '../domain/ports/connector.ts';
import type { Clock, Crypto, Ids, Logger } from '../domain/ports/machine.ts';
import type { Marketplace } from '../domain/ports/marketplace.ts';
import type { ConnectorSession } from '../domain/ports/session.ts';
import type { Store } from '../domain/ports/store.ts';
import type { Wake } from '../domain/ports/wake.ts';
import type { Lease, Leases } from './lease.ts';
import type { PostContext } from './mail/post.ts';

/** What the page shall hear of at once; `http/events.ts` brings it there. */
export type Publish = (
  tenantId: TenantId,
  what: readonly ('tasks' | 'connection' | 'mappings' | 'run' | 'log')[],
  connectionId: ConnectionId | null,
) => void;

/** Everything the engine works with. Wired once, in `start/work.ts`. */
export interface EngineContext {
  store: Store;
  clock: Clock;
  crypto: Crypto;
  ids: Ids;
  logger: Logger;
  leases: Leases;
  wake: Wake;
  publish: Publish;
  /** For letters: what a person shall know who does not look. */
  post: PostContext;
  connector(systemId: string): Connector;
  /** A session for a connection, with a token that is refreshed under the lease it is given. */
  openSession(
    tenantId: TenantId,
    connection: Connection,
    lease: Lease,
    purpose: 'background' | 'person',
  ): Promise<ConnectorSession>;
  openMarketplace(tenantId: TenantId, purpose: 'background' | 'person'): Promise<Marketplace>;
}
