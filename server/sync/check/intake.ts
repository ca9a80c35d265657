import type { Connection } from '../../domain/connection.ts';
import type { Order } from '../../domain/order.ts';
import type { Reader, Transaction } from '../../domain/ports/store.ts';
import type { Task } from '../../domain/task.ts';
import type { Check } from './context.ts';
import { openTasksMax } from './limits.ts';
import { billedBy, isSettled } from './settled.ts';
import { isOpenTask, newTask, revisedTask, taskIdOf } from './tasks.ts';
import { billingConnection } from './who-bills.ts';

/** `busy`: its task is being written now, the next check comes back. `full`: 2,000 tasks are open. */
export type Intake = 'taken' | 'busy' | 'full';

/** Whether taking the order in has to wait. Asked before anything of the order is stored. */
export function intakeOf(reader: Reader, check: Check, order: Order, openTasks: number): Intake {
  const task = existingTask(reader, check, order);
  if (task?.state === 'applying' && task.orderRevision !== order.revision) return 'busy';
  if (task !== null || openTasks < openTasksMax) return 'taken';
  return wantsTask(reader, order) === null ? 'taken' : 'full';
}

/**
 * Makes or revises the order's task inside the transaction that stores the order. Gives by how many
 * the open tasks changed. Same order, same records: same task, whoever runs it and how often.
 */
export function takeTask(tx: Transaction, check: Check, order: Order): number {
  const existing = existingTask(tx, check, order);
  if (existing !== null) return revise(tx, check, { task: existing, order });
  const connection = wantsTask(tx, order);
  if (connection === null) return 0;
  const { crypto, at, tenantId } = check;
  const task = check.assess(
    tx,
    tenantId,
    newTask({ crypto, connectionId: connection.id, order, at }),
  );
  if (task.state === 'synced') return 0;
  tx.put('task', task);
  logTask(tx, task, connection);
  return isOpenTask(task) ? 1 : 0;
}

/**
 * The connection that shall get a task for this order; null for none. Only completed orders are
 * billed, only what is not settled is asked, and only after the marks of the account were adopted:
 * before, nobody knows what stands there already.
 */
function wantsTask(reader: Reader, order: Order): Connection | null {
  const keeper = billedBy(reader, order);
  // A billed order that is cancelled afterwards is a person's question, not nobody's.
  if ((order.status !== 'completed' && keeper === null) || !order.detailed) return null;
  // A cancellation of nothing ends a line that stays open all the same.
  const isEmpty = order.charges.length === 0 && order.total.amountMinor === 0n;
  if (isEmpty && order.type !== 'cancellation') return null;
  if (order.status === 'completed' && isSettled(reader, order)) return null;
  const connection =
    keeper === null
      ? billingConnection(reader, order.customerId)
      : reader.get('connection', keeper);
  return connection?.marksAdopted === true && connection.state !== 'disconnected'
    ? connection
    : null;
}

function existingTask(reader: Reader, check: Check, order: Order): Task | null {
  for (const { id } of reader.list('connection')) {
    const task = reader.get('task', taskIdOf(check.crypto, id, order.id));
    if (task !== null) return task;
  }
  return null;
}

function revise(
  tx: Transaction,
  check: Check,
  { task, order }: { task: Task; order: Order },
): number {
  if (task.orderRevision === order.revision && order.status === 'completed') return 0;
  if (task.state === 'applying') return 0;
  const revised = revisedTask(task, order, check.at);
  const isGone = order.status !== 'completed' && billedBy(tx, order) === null;
  const next = isGone
    ? ignoredAs(revised, order, check)
    : check.assess(tx, check.tenantId, revised);
  // The order that came, or each change, has a task of its own.
  const isAnswered =
    next.state === 'synced' || (isGone && (order.type === 'missing' || order.type === 'blend'));
  if (isAnswered) tx.remove('task', task.id);
  else tx.put('task', next);
  return Number(!isAnswered && isOpenTask(next)) - Number(isOpenTask(task));
}

/** An order that stopped being completed before it was billed stays visible with its reason. */
const ignoredAs = (task: Task, order: Order, check: Check): Task => ({
  ...task,
  state: 'ignored',
  ignored: { reason: `order-${order.status}`, by: { kind: 'marketplace' }, at: check.at },
});

function logTask(tx: Transaction, task: Task, connection: Connection): void {
  tx.log({
    actor: { kind: 'app' },
    action: 'task-created',
    result: task.state === 'needs-action' ? 'asks' : 'ok',
    connectionId: connection.id,
    customerId: task.customerId,
    subject: task.orderNumber,
    taskId: task.id,
    orderId: task.orderId,
    documentId: null,
    documentUrl: null,
    amount: task.amount,
    failure: null,
    facts: { type: task.orderType },
    details: null,
  });
}
