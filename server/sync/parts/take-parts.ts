import { millisecondsOf } from '../../domain/dates.ts';
import { yearMonths } from '../../domain/instalments.ts';
import type { Order } from '../../domain/order.ts';
import type { Reader } from '../../domain/ports/store.ts';
import { isBilledBefore } from '../check/billed-before.ts';
import type { Check } from '../check/context.ts';
import { forgetMarks } from '../check/forget-marks.ts';
import { ordersPerCommit } from '../check/limits.ts';
import { keptRecordId } from '../check/names.ts';
import { isHeld } from '../check/set-aside.ts';
import { storeBatch } from '../check/store-orders.ts';
import { billsFor } from '../check/who-bills.ts';
import { billingMonths } from '../plan/in-parts.ts';
import { type PlanWorld, worldOf } from '../plan/world.ts';
import { type InParts, inPartsOf, partOrders } from './part-orders.ts';

/**
 * Takes the monthly parts of yearly charges in that are due by now, and what is left of those whose
 * subscription left: no call is made. Gives whether all were taken; false when the queue is full.
 */
export async function takeParts(check: Check): Promise<boolean> {
  const reader = await check.store.read(check.tenantId);
  const due = dueOrders(reader, check);
  // Billed before the app was installed anew: its marks are adopted before anything is billed again.
  if (isBilledBefore(reader, check, due)) await forgetMarks(check.store, check.tenantId);
  for (let start = 0; start < due.length; start += ordersPerCommit) {
    const some = due.slice(start, start + ordersPerCommit);
    const orders = some.map((order) => ({ order, listed: order.revision }));
    if (!(await storeBatch(check, { orders, unreadable: [] }, 'none'))) return false;
  }
  return true;
}

function dueOrders(reader: Reader, check: Check): Order[] {
  return reader.list('connection').flatMap((connection) => {
    const manifest = check.manifest(connection.systemId);
    if (connection.state === 'disconnected' || manifest.kind !== 'perOrder') return [];
    const nowMs = millisecondsOf(check.at);
    const { tenantId, crypto } = check;
    const world = worldOf({ reader, tenantId, connection, manifest, crypto, nowMs });
    return chargesInParts(reader, world).flatMap((one) =>
      partOrders(crypto, one, {
        today: world.today,
        has: (id) => reader.get('order', id) !== null,
      }).filter((order) => {
        if (isHeld(reader, check, keptRecordId('part', 'order', order.id), order.revision))
          return false;
        return reader.get('order', order.id)?.revision !== order.revision;
      }),
    );
  });
}

/** Every charge that a connection bills in parts, by its present answers. */
export function chargesInParts(reader: Reader, world: PlanWorld): InParts[] {
  const bills = billsFor(reader, world.connection.id);
  return reader.list('order').flatMap((stored) => {
    if (stored.status !== 'completed' || stored.type === 'own' || stored.type === 'part') return [];
    if (!bills(stored.customerId)) return [];
    const isYearly = stored.charges.some((key) => {
      const charge = world.charge(key);
      const of = charge?.subscriptionId ?? stored.subscriptionId;
      return charge !== null && (billingMonths(world, charge, of) ?? 0) >= yearMonths;
    });
    const order = isYearly ? world.order(stored.id) : null;
    return order === null ? [] : inPartsOf(world, order);
  });
}
