import { comparePlaced } from '../../domain/order.ts';
import { orderOf } from '../plan/stored-orders.ts';
import type { Check } from './context.ts';
import { divide } from './divide.ts';
import { intakeOf, takeTask } from './intake.ts';
import { openTasksMax, ordersPerCommit } from './limits.ts';
import { intakeId, queueFullNoteId } from './names.ts';
import { badOrder, setAside } from './set-aside.ts';
import { isOpenTask } from './tasks.ts';
import { billingSignature } from './who-bills.ts';

/**
 * Makes the tasks of orders that were stored before somebody billed their customer: after a first
 * connect, and whenever who bills whom changes. Once for each such change; the mark that it was done
 * is stored after the tasks. Gives whether all were taken; false when the queue is full.
 */
export async function takeBacklog(check: Check): Promise<boolean> {
  const reader = await check.store.read(check.tenantId);
  const signature = check.crypto.hash(billingSignature(reader));
  const behind = reader
    .list('connection')
    .filter(({ state, marksAdopted }) => state !== 'disconnected' && marksAdopted)
    .filter(({ id }) => reader.get('cursor', intakeId(id))?.position !== signature);
  if (behind.length === 0) return true;
  const ids = reader
    .list('order')
    .filter(({ status, detailed }) => status === 'completed' && detailed)
    .sort(comparePlaced)
    .map(({ id }) => id);
  for (let start = 0; start < ids.length; start += ordersPerCommit)
    if (!(await takeSome(check, ids.slice(start, start + ordersPerCommit)))) return false;
  await check.store.transact(check.tenantId, (tx) => {
    for (const { id } of behind)
      tx.put('cursor', { id: intakeId(id), position: signature, checkedAt: check.at });
  });
  return true;
}

function takeSome(check: Check, orderIds: readonly string[]): Promise<boolean> {
  return divide({
    check,
    items: orderIds,
    take: (tx, ids) => {
      let openTasks = tx.list('task').filter(isOpenTask).length;
      for (const id of ids) {
        const order = orderOf(tx, id);
        if (order === null) continue;
        if (intakeOf(tx, check, order, openTasks) === 'full') return false;
        openTasks += takeTask(tx, check, order);
      }
      return true;
    },
    aside: (tx, id, error) => {
      const order = tx.get('order', id);
      if (order !== null)
        setAside(tx, check, badOrder({ ...order, charges: [] }, order.revision), error);
    },
  });
}

/** Shows, or no longer shows, that 2,000 tasks are open and new orders wait outside. */
export async function noteQueue(check: Check, isFull: boolean): Promise<void> {
  const reader = await check.store.read(check.tenantId);
  if ((reader.get('note', queueFullNoteId) !== null) === isFull) return;
  await check.store.transact(check.tenantId, (tx) => {
    if (!isFull) tx.remove('note', queueFullNoteId);
    else
      tx.put('note', {
        id: queueFullNoteId,
        at: check.at,
        text: `store.queue-full ${openTasksMax}`,
      });
  });
}
