import { dateAt, millisecondsOf } from '../../domain/dates.ts';
import type { Order } from '../../domain/order.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { Check } from '../check/context.ts';
import { ordersPerCommit } from '../check/limits.ts';
import { keptRecordId } from '../check/names.ts';
import { isHeld } from '../check/set-aside.ts';
import { storeBatch } from '../check/store-orders.ts';
import { billingConnection } from '../check/who-bills.ts';
import { ownOrders } from './own-orders.ts';

/**
 * Takes the periods of own charges in that began meanwhile, and those that changed: no call is made.
 * Gives whether all were taken; false when the queue of open tasks is full.
 */
export async function takeOwnCharges(check: Check): Promise<boolean> {
  const changed = changedOrders(await check.store.read(check.tenantId), check);
  for (let start = 0; start < changed.length; start += ordersPerCommit)
    if (!(await storeOwn(check, changed.slice(start, start + ordersPerCommit)))) return false;
  return true;
}

const storeOwn = (check: Check, orders: Order[]): Promise<boolean> => {
  const read = orders.map((order) => ({ order, listed: order.revision }));
  return storeBatch(check, { orders: read, unreadable: [] }, 'none');
};

function changedOrders(reader: Reader, check: Check): Order[] {
  return reader.list('ownCharge').flatMap((own) => {
    const connection = reader.get('connection', own.connectionId);
    // Its place in the books is in this one connection; another that bills the customer has none for it.
    if (connection === null || billingConnection(reader, own.customerId)?.id !== connection.id)
      return [];
    const today = dateAt(millisecondsOf(check.at), connection.account.timeZone);
    return ownOrders(check.crypto, own, today).filter((order) => {
      if (isHeld(reader, check, keptRecordId('own', 'order', order.id), order.revision))
        return false;
      const stored = reader.get('order', order.id);
      // A period that was never charged is no order at all.
      return stored === null ? order.status === 'completed' : stored.revision !== order.revision;
    });
  });
}
