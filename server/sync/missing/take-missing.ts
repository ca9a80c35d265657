import { millisecondsOf } from '../../domain/dates.ts';
import type { Order } from '../../domain/order.ts';
import type { Reader } from '../../domain/ports/store.ts';
import { isBilledBefore } from '../check/billed-before.ts';
import type { Check } from '../check/context.ts';
import { forgetMarks } from '../check/forget-marks.ts';
import { hourlyMs, ordersPerCommit } from '../check/limits.ts';
import { cursorId } from '../check/names.ts';
import { storeBatch } from '../check/store-orders.ts';
import { linkStateOf } from '../plan/links.ts';
import { orderOf } from '../plan/stored-orders.ts';
import { adoptBilled } from './adopt-billed.ts';
import { cameLater } from './came-later.ts';
import { endedOrders } from './ended-orders.ts';
import { expectedOrders } from './missing-orders.ts';

const missingCursorId = cursorId('marketplace', 'missing');
/** What the order of a period becomes whose charge came, or is no longer expected. */
const goneRevision = 'gone';

/**
 * Makes a task of every period that should have been charged and was not, ends those whose order
 * came, and gives the lines that were billed meanwhile to their orders. No call is made. Once an
 * hour, and whenever a person asks. Gives whether all were taken; false when the queue is full.
 */
export async function takeMissing(check: Check): Promise<boolean> {
  const reader = await check.store.read(check.tenantId);
  if (!isDue(reader, check)) return true;
  const came = cameLater(reader);
  if (came.length > 0)
    await check.store.transact(check.tenantId, (tx) => {
      // As it stands inside: a run may have written meanwhile.
      for (const one of cameLater(tx)) adoptBilled(tx, check, one);
    });
  const changed = changedOrders(await check.store.read(check.tenantId), check);
  // Billed before the app was installed anew: its marks are adopted before anybody is asked.
  if (isBilledBefore(reader, check, changed)) await forgetMarks(check.store, check.tenantId);
  for (let start = 0; start < changed.length; start += ordersPerCommit)
    if (!(await storeMissing(check, changed.slice(start, start + ordersPerCommit)))) return false;
  await judgePutOff(check);
  await check.store.transact(check.tenantId, (tx) =>
    tx.put('cursor', { id: missingCursorId, position: check.at, checkedAt: check.at }),
  );
  return true;
}

const storeMissing = (check: Check, orders: readonly Order[]): Promise<boolean> => {
  const read = orders.map((order) => ({ order, listed: order.revision }));
  return storeBatch(check, { orders: read, unreadable: [] }, 'none');
};

function isDue(reader: Reader, { purpose, clock }: Check): boolean {
  const last = reader.get('cursor', missingCursorId)?.checkedAt ?? null;
  return purpose === 'person' || last === null || clock.nowMs() - millisecondsOf(last) >= hourlyMs;
}

/** New ones, those whose figures changed, and as cancelled those that nobody has to pay any more. */
function changedOrders(reader: Reader, check: Check): Order[] {
  const expected = new Map(expectedOrders(reader, check).orders.map((order) => [order.id, order]));
  const stored = reader.list('order').filter(({ type }) => type === 'missing');
  const isBilled = (order: Pick<(typeof stored)[number], 'charges'>): boolean =>
    order.charges.some((key) => linkStateOf(reader, key).live !== null);
  const gone = stored.flatMap(({ id, status, ...order }) => {
    if (expected.has(id) || status !== 'completed' || isBilled(order)) return [];
    const whole = orderOf(reader, id);
    return whole === null
      ? []
      : [{ ...whole, status: 'cancelled' as const, revision: goneRevision }];
  });
  const news = [...expected.values()].filter((order) => {
    const known = reader.get('order', order.id);
    // A billed one is as it was billed; what changed since comes with an order.
    return known === null || (known.revision !== order.revision && !isBilled(known));
  });
  const ended = endedOrders(reader, check).filter(({ id }) => reader.get('order', id) === null);
  return [...gone, ...news, ...ended];
}

/** Those that were put off to a day that has come ask again. */
async function judgePutOff(check: Check): Promise<void> {
  await check.store.transact(check.tenantId, (tx) => {
    for (const task of tx.list('task')) {
      if (task.orderType !== 'missing' || task.state === 'applying') continue;
      const judged = check.assess(tx, check.tenantId, task);
      if (judged === task) continue;
      if (judged.state === 'synced') tx.remove('task', task.id);
      else tx.put('task', judged);
    }
  });
}
