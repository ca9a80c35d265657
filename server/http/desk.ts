import type { Connection } from '../domain/connection.ts';
import { type Instant, instant } from '../domain/dates.ts';
import { AppError } from '../domain/errors.ts';
import type { ConnectionId, TenantId } from '../domain/ids.ts';
import type { Connector } from '../domain/ports/connector.ts';
import type { Limiter } from '../domain/ports/limiter.ts';
import type { Reader, Transaction } from '../domain/ports/store.ts';
import type { EngineContext } from '../sync/context.ts';
import type { Engine } from '../sync/engine.ts';
import { type PlanWorld, worldOf } from '../sync/plan/world.ts';
import { reassessTasks } from '../sync/reassess.ts';
import type { Presence } from './presence.ts';
import type { BudgetView } from './views/marketplace.ts';

/** What the routes of a tenant's daily work have in common: the engine and a look at one connection. */
export interface Desk {
  context: EngineContext;
  engine: Engine;
  presence: Presence;
  systems: readonly Connector[];
  /** The marketplace's own name, as people know it. */
  marketplaceName(marketplaceId: string): string;
  budgetOf(tenantId: TenantId): Promise<BudgetView>;
  limitsOf(tenantId: TenantId, connectionId: ConnectionId): ReturnType<Limiter['view']> | null;
  checkState: Engine['checkState'];
}

/** One connection of the session's tenant; somebody else's id is not found (R10). */
export async function atConnection(
  desk: Desk,
  tenantId: TenantId,
  connectionId: string,
): Promise<{ reader: Reader; connection: Connection; connector: Connector; world: PlanWorld }> {
  const { context } = desk;
  const reader = await context.store.read(tenantId);
  const connection = reader.get('connection', connectionId);
  if (connection === null) throw new AppError('request.not-found');
  const connector = context.connector(connection.systemId);
  return { reader, connection, connector, world: worldIn(desk, tenantId, { reader, connection }) };
}

/**
 * Changes something of a connection and judges its tasks again in the same transaction, then tells
 * the open pages. `change` throws to refuse; nothing is stored then.
 */
export async function changeConnection<T>(
  desk: Desk,
  tenantId: TenantId,
  connectionId: string,
  change: (tx: Transaction, connection: Connection, at: Instant) => T,
): Promise<T> {
  const { context } = desk;
  const { result, id } = await context.store.transact(tenantId, (tx) => {
    const connection = tx.get('connection', connectionId);
    if (connection === null) throw new AppError('request.not-found');
    const changed = change(tx, connection, instant(context.clock.nowMs()));
    reassessTasks(context, tx, tenantId, connection.id);
    return { result: changed, id: connection.id };
  });
  context.publish(tenantId, ['tasks', 'mappings', 'connection', 'log'], id);
  return result;
}

/** What planning may look at, as it stands inside a transaction. */
export const worldIn = (
  { context }: Desk,
  tenantId: TenantId,
  { reader, connection }: { reader: Reader; connection: Connection },
): PlanWorld =>
  worldOf({
    reader,
    tenantId,
    connection,
    manifest: context.connector(connection.systemId).manifest,
    crypto: context.crypto,
    nowMs: context.clock.nowMs(),
  });

/** Rows of one page, with where the next begins. `page` is the row it starts at. */
export function pageOf<T>(
  rows: readonly T[],
  page: string | undefined,
  size: number,
): { rows: T[]; total: number; next: string | null } {
  const start = Math.max(0, Number.parseInt(page ?? '0', 10) || 0);
  const end = start + size;
  return {
    rows: rows.slice(start, end),
    total: rows.length,
    next: end < rows.length ? String(end) : null,
  };
}
