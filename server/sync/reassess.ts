import type { Connection } from '../domain/connection.ts';
import { instant } from '../domain/dates.ts';
import type { ConnectionId, TenantId } from '../domain/ids.ts';
import type { Transaction } from '../domain/ports/store.ts';
import type { Task } from '../domain/task.ts';
import { assessTask } from './assess.ts';
import { newTask } from './check/tasks.ts';
import type { EngineContext } from './context.ts';
import { worldOf } from './plan/world.ts';

/** What judging works with. */
export type Judging = Pick<EngineContext, 'crypto' | 'clock' | 'connector'>;

/** What every step of storing an answer works with. */
export interface WithinWrite {
  context: EngineContext;
  tx: Transaction;
  tenantId: TenantId;
  connection: Connection;
}

/**
 * Judges tasks again after their world changed; a finished one leaves in this very transaction.
 * `orders` are those whose charges were set free, whose task may be gone already.
 */
export function reassess(
  { context, tx, tenantId, connection }: Omit<WithinWrite, 'context'> & { context: Judging },
  taskIds: readonly string[],
  orders: readonly string[] = [],
): void {
  const nowMs = context.clock.nowMs();
  const current = tx.get('connection', connection.id) ?? connection;
  const { manifest } = context.connector(connection.systemId);
  const ids = new Set(taskIds);
  const world = worldOf({
    reader: tx,
    tenantId,
    connection: current,
    manifest,
    crypto: context.crypto,
    nowMs,
  });
  for (const orderId of orders) {
    const order = world.order(orderId);
    if (order === null) continue;
    const task = newTask({
      crypto: context.crypto,
      connectionId: connection.id,
      order,
      at: instant(nowMs),
    });
    if (tx.get('task', task.id) === null) tx.put('task', task);
    ids.add(task.id);
  }
  for (const id of ids) {
    const task = tx.get('task', id);
    if (task === null) continue;
    const judged = assessTask(
      world,
      task.state === 'applying' ? { ...task, state: 'ready' } : task,
      instant(nowMs),
    );
    if (judged.state === 'synced') tx.remove('task', id);
    else tx.put('task', judged);
  }
}

/**
 * Judges tasks of a connection again, inside the transaction that changed a mapping, setting or
 * decision: what the screens show is never older than what was saved.
 */
export function reassessTasks(
  context: Judging,
  tx: Transaction,
  tenantId: TenantId,
  connectionId: ConnectionId,
  concerns: (task: Task) => boolean = () => true,
): void {
  const connection = tx.get('connection', connectionId);
  if (connection === null) return;
  const nowMs = context.clock.nowMs();
  const { manifest } = context.connector(connection.systemId);
  const world = worldOf({
    reader: tx,
    tenantId,
    connection,
    manifest,
    crypto: context.crypto,
    nowMs,
  });
  for (const task of world.tasks()) {
    if (!concerns(task)) continue;
    const judged = assessTask(world, task, instant(nowMs));
    if (judged === task) continue;
    if (judged.state === 'synced') tx.remove('task', task.id);
    else tx.put('task', judged);
  }
}
