import type { Connection } from '../domain/connection.ts';
import type { TenantId } from '../domain/ids.ts';
import type { ConnectorSession } from '../domain/ports/session.ts';
import type { EngineContext } from './context.ts';
import type { Lease } from './lease.ts';

/** Work alone on one connection, with a session that may write. */
export interface Job {
  context: EngineContext;
  tenantId: TenantId;
  connection: Connection;
  session: ConnectorSession;
  lease: Lease;
}
