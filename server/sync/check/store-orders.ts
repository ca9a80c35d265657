import type { Charge } from '../../domain/charge.ts';
import { canonical } from '../../domain/json.ts';
import { zero } from '../../domain/money.ts';
import type { Order } from '../../domain/order.ts';
import type { Unreadable } from '../../domain/ports/read.ts';
import type { Reader, Transaction } from '../../domain/ports/store.ts';
import { linkStateOf } from '../plan/links.ts';
import type { Check } from './context.ts';
import { divide } from './divide.ts';
import { intakeOf, takeTask } from './intake.ts';
import { keptRecordId } from './names.ts';
import { partPeriodOf } from './periods.ts';
import { isCompletedRenewal, type ReadTerms, renewalPeriodOf } from './renewals.ts';
import { badOrder, letGo, setAside, sourceOf } from './set-aside.ts';
import { isOpenTask } from './tasks.ts';
import { keepOne } from './upserts.ts';

/** An order to be stored, and the revision of the form in which it was listed. */
export interface ReadOrder {
  order: Order;
  listed: string;
}
export interface Batch {
  orders: readonly ReadOrder[];
  unreadable: readonly Unreadable[];
}

/**
 * Stores whole orders with their charges and tasks in one transaction; one that throws is set aside
 * and the others are stored. False when an order found the queue full: that one and those after it
 * are left.
 */
export async function storeBatch(check: Check, batch: Batch, terms: ReadTerms): Promise<boolean> {
  const { orders, unreadable } = batch;
  if (unreadable.length > 0)
    await check.store.transact(check.tenantId, (tx) => {
      for (const record of unreadable) keepOne({ tx, check, side: 'marketplace', record });
    });
  if (orders.length === 0) return true;
  const failed = new Set(unreadable.map(({ id }) => id));
  return divide({
    check,
    items: orders,
    take: (tx, some) => {
      let openTasks = tx.list('task').filter(isOpenTask).length;
      for (const { order } of some) {
        const intake = intakeOf(tx, check, order, openTasks);
        if (intake === 'full') return false;
        if (intake === 'busy') continue;
        const whole = storeOrder(tx, order, terms);
        if (!failed.has(order.id)) letGo(tx, keptRecordId(sourceOf(order), 'order', order.id));
        openTasks += takeTask(tx, check, whole);
      }
      return true;
    },
    aside: (tx, { order, listed }, error) => setAside(tx, check, badOrder(order, listed), error),
  });
}

/** Charges only where they changed: they are kept append-only. */
function storeOrder(tx: Transaction, order: Order, terms: ReadTerms): Order {
  const read = order.charges.map((charge) => withPeriod({ reader: tx, order, charge, terms }));
  const charges = [...read, ...vanishedButBilled(tx, order)];
  for (const charge of charges) {
    const record = { id: charge.key, ...charge };
    const stored = tx.get('charge', charge.key);
    if (stored === null || canonical(stored) !== canonical(record)) tx.put('charge', record);
  }
  tx.put('order', { ...order, charges: charges.map(({ key }) => key) });
  return { ...order, charges };
}

/**
 * Charges that the order no longer has but a document does: kept at nothing under a revision of
 * their own, so that they ask like every correction. Were they forgotten, a renamed charge would be
 * billed a second time under its new key.
 */
function vanishedButBilled(tx: Transaction, order: Order): Charge[] {
  const present = new Set(order.charges.map(({ key }) => key));
  return (tx.get('order', order.id)?.charges ?? []).flatMap((key) => {
    const charge = tx.get('charge', key);
    if (charge === null || present.has(charge.key) || linkStateOf(tx, key).live === null) return [];
    const { id: _, ...rest } = charge;
    const amount = zero(charge.amount.currency);
    return [{ ...rest, quantity: '0', amount, tax: null, discount: null, revision: goneRevision }];
  });
}
/** The revision of a charge that its order no longer has. */
export const goneRevision = 'gone';

/** Days of a renewal that were known once stay: the end they were counted from moves on. */
function withPeriod(options: {
  reader: Reader;
  order: Order;
  charge: Charge;
  terms: ReadTerms;
}): Charge {
  const { reader, order, charge, terms } = options;
  if (charge.period !== null || charge.subscriptionId === null) return charge;
  const subscription = reader.get('subscription', charge.subscriptionId);
  const part = partPeriodOf(charge, subscription);
  if (part !== null) return { ...charge, period: part };
  const known = isCompletedRenewal(order) ? reader.get('charge', charge.key)?.period : null;
  return { ...charge, period: known ?? renewalPeriodOf({ terms, order, charge }) };
}
