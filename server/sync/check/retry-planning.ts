import { AppError } from '../../domain/errors.ts';
import type { Transaction } from '../../domain/ports/store.ts';
import type { Task } from '../../domain/task.ts';
import { orderOf } from '../plan/stored-orders.ts';
import type { Check } from './context.ts';
import { recordsPerCommit } from './limits.ts';
import { keptRecordId } from './names.ts';
import { badOrder, hasRoom, isHeld, letGo, setAside } from './set-aside.ts';

/** Kept beside the task: since when, how often, and in which version planning went wrong. */
const kind = 'plan';

/**
 * Judges orders again whose planning went wrong, when that can have changed: after an update of the
 * app, when a person checks, once a day. Each is counted and logged; what works now is let go.
 */
export async function retryPlanning(check: Check): Promise<void> {
  const reader = await check.store.read(check.tenantId);
  const kept = reader.list('keptRecord').filter(({ what }) => what === kind);
  const bad = reader.list('task').filter(isNotPlannable);
  const due = bad.filter(
    ({ id, connectionId, orderRevision }) =>
      check.purpose === 'person' ||
      !isHeld(reader, check, keptIdOf({ id, connectionId }), orderRevision),
  );
  const known = new Set(bad.map(keptIdOf));
  const mended = kept.filter(({ id }) => !known.has(id));
  if (due.length + mended.length === 0) return;
  await check.store.transact(check.tenantId, (tx) => {
    for (const { id } of mended.slice(0, recordsPerCommit)) letGo(tx, id);
    for (const { id } of due.slice(0, recordsPerCommit)) judge(tx, check, id);
  });
}

function judge(tx: Transaction, check: Check, taskId: string): void {
  const task = tx.get('task', taskId);
  const order = task === null ? null : orderOf(tx, task.orderId);
  if (task === null || order === null) return;
  const judged = check.assess(tx, check.tenantId, task);
  if (judged.state === 'synced') tx.remove('task', task.id);
  else if (judged !== task) tx.put('task', judged);
  const problem = problemOf(judged);
  if (problem === null) {
    letGo(tx, keptIdOf(task));
    return;
  }
  const bad = { ...badOrder(order, task.orderRevision), source: task.connectionId, what: kind };
  if (hasRoom(tx, keptIdOf(task)))
    setAside(tx, check, { ...bad, id: task.id }, new AppError('internal'), problem);
}

const keptIdOf = ({ id, connectionId }: Pick<Task, 'id' | 'connectionId'>): string =>
  keptRecordId(connectionId, kind, id);

const isNotPlannable = (task: Task): boolean => problemOf(task) !== null;

/** What went wrong with a task's planning; null where nothing did. */
function problemOf({ groups }: Task): string | null {
  const needs = groups.flatMap((group) => group.needs);
  return needs.find(({ code }) => code === 'not-plannable')?.facts.problem ?? null;
}
