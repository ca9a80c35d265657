import type { Charge } from '../../domain/charge.ts';
import { canonical } from '../../domain/json.ts';
import { zero } from '../../domain/money.ts';
import type { Order } from '../../domain/order.ts';
import type { Marketplace, Reader, Transaction, Unreadable } from '../../domain/ports.ts';
import type { RecordOf } from '../../domain/records.ts';
import { linkStateOf } from '../plan/links.ts';
import type { Check } from './context.ts';
import { intakeOf, takeTask } from './intake.ts';
import { ordersPerCommit } from './limits.ts';
import { partPeriodOf } from './periods.ts';
import {
  isCompletedRenewal,
  isNewer,
  type ReadTerms,
  readTerms,
  renewalPeriodOf,
} from './renewals.ts';
import { isOpenTask } from './tasks.ts';
import { isStale, keepOne, keptRecordId } from './upserts.ts';

interface Batch {
  orders: Order[];
  unreadable: Unreadable[];
}

/**
 * `full`: the queue of open tasks is. `wait`: renewals completed while the terms were read; those
 * renewals come with the next check.
 */
export type Taken = 'all' | 'full' | 'wait';

/**
 * Takes listed orders in: those unchanged are passed over, completed ones get one detail call, and
 * each is stored in one transaction with its charges and its task, so that a stop anywhere leaves
 * whole orders only. New renewals first and the newest of them first, since the days of one depend
 * on those after it; then the oldest first.
 */
export async function takeIn(
  check: Check,
  marketplace: Pick<Marketplace, 'order' | 'orders' | 'subscriptions'>,
  listed: readonly Order[],
): Promise<Taken> {
  const isNew = (order: Order, reader: Reader) => readingOf({ check, reader, order }) === 'detail';
  const terms = await readTerms({ check, marketplace, listed, isNew });
  const before = await check.store.read(check.tenantId);
  const isNewRenewal = (order: Order) => isCompletedRenewal(order) && isNew(order, before);
  const renewals = listed.filter(isNewRenewal).sort(byTime).reverse();
  const others = listed.filter((order) => !isNewRenewal(order)).sort(byTime);
  const sorted = terms === 'overtaken' ? others : [...renewals, ...others];
  for (let start = 0; start < sorted.length; start += ordersPerCommit) {
    const reader = await check.store.read(check.tenantId);
    const batch: Batch = { orders: [], unreadable: [] };
    let failure: { error: unknown } | null = null;
    for (const order of sorted.slice(start, start + ordersPerCommit)) {
      try {
        await readOne({ check, reader, marketplace, order, batch, terms });
      } catch (error) {
        failure = { error };
        break;
      }
    }
    const isWhole = await storeBatch(check, batch, terms);
    if (batch.orders.length > 0) check.took(check.tenantId);
    if (failure !== null) throw failure.error;
    if (!isWhole) return 'full';
  }
  return terms === 'overtaken' ? 'wait' : 'all';
}

const byTime = (a: Order, b: Order): number => (isNewer(a, b) ? 1 : -1);

async function readOne(options: {
  check: Check;
  reader: Reader;
  marketplace: Pick<Marketplace, 'order'>;
  order: Order;
  batch: Batch;
  terms: ReadTerms;
}): Promise<void> {
  const { check, reader, marketplace, order, batch, terms } = options;
  switch (readingOf({ check, reader, order })) {
    case 'none':
      return;
    case 'list':
      batch.orders.push(order);
      return;
    case 'detail': {
      const read = await marketplace.order(order.id);
      batch.orders.push(...(read.records.length > 0 ? read.records : [order]));
      batch.unreadable.push(...read.unreadable);
      for (const one of read.records) noteRenewal(terms, one);
      if (read.records.length === 0 && read.unreadable.length === 0)
        batch.unreadable.push({
          what: 'order',
          id: order.id,
          problem: 'listed but absent',
          body: '{}',
        });
    }
  }
}

/**
 * What a listed order still needs. Its detail is read when it is completed, since only then can it
 * be billed, and again when its list form changed; never while the list form is as stored.
 */
export function readingOf(options: {
  check: Check;
  reader: Reader;
  order: Order;
}): 'none' | 'list' | 'detail' {
  const { check, reader, order } = options;
  const stored = reader.get('order', order.id);
  const wantsDetail = order.status === 'completed' || stored?.detailed === true;
  if (stored === null || !isSameListForm(stored, order)) return wantsDetail ? 'detail' : 'list';
  if (stored.detailed || !wantsDetail) return 'none';
  const kept = reader.get('keptRecord', keptRecordId('marketplace', 'order', order.id));
  return kept === null || isStale(kept.seenAt, check.at) ? 'detail' : 'none';
}

/** From now on it is known which subscription this renewal moved on. */
function noteRenewal(terms: ReadTerms, order: Order): void {
  if (terms === 'none' || terms === 'overtaken' || !isCompletedRenewal(order)) return;
  terms.renewals.set(order.id, {
    placedAt: order.placedAt,
    subscriptionId: order.subscriptionId,
  });
}

/** Some installations may list orders without their details; then only what both forms tell counts. */
function isSameListForm(stored: RecordOf<'order'>, listed: Order): boolean {
  if (stored.revision === listed.revision) return true;
  if (listed.charges.length > 0 || stored.charges.length === 0) return false;
  const common = ({ status, total, customerId, purchaseOrder, number }: Omit<Order, 'charges'>) =>
    canonical({ status, total, customerId, purchaseOrder, number });
  return common(stored) === common(listed);
}

/** Whole orders of another source than the marketplace's lists, taken in the same way. */
export const storeOrders = (check: Check, orders: Order[]): Promise<boolean> =>
  storeBatch(check, { orders, unreadable: [] }, 'none');

/** One transaction; false when an order found the queue full, which and those after it are left. */
function storeBatch(check: Check, batch: Batch, terms: ReadTerms): Promise<boolean> {
  const { orders, unreadable } = batch;
  if (orders.length === 0 && unreadable.length === 0) return Promise.resolve(true);
  return check.store.transact(check.tenantId, (tx) => {
    const failed = new Set(unreadable.map(({ id }) => id));
    let openTasks = tx.list('task').filter(isOpenTask).length;
    for (const record of unreadable) keepOne({ tx, check, side: 'marketplace', record });
    for (const order of orders) {
      const intake = intakeOf(tx, check, order, openTasks);
      if (intake === 'full') return false;
      if (intake === 'busy') continue;
      const whole = storeOrder(tx, order, terms);
      if (!failed.has(order.id)) letGo(tx, order.id);
      openTasks += takeTask(tx, check, whole);
    }
    return true;
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

function letGo(tx: Transaction, orderId: string): void {
  const id = keptRecordId('marketplace', 'order', orderId);
  if (tx.get('keptRecord', id) !== null) tx.remove('keptRecord', id);
}
