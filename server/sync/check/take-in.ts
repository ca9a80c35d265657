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
import { isOpenTask } from './tasks.ts';
import { isStale, keepOne, keptRecordId } from './upserts.ts';

interface Batch {
  orders: Order[];
  unreadable: Unreadable[];
}

/**
 * Takes listed orders in, oldest first: those unchanged are passed over, completed ones get one
 * detail call, and each is stored in one transaction with its charges and its task, so that a stop
 * anywhere leaves whole orders only. Gives whether all were taken; false when the queue is full.
 */
export async function takeIn(
  check: Check,
  marketplace: Pick<Marketplace, 'order'>,
  listed: readonly Order[],
): Promise<boolean> {
  const sorted = [...listed].sort(byTime);
  for (let start = 0; start < sorted.length; start += ordersPerCommit) {
    const reader = await check.store.read(check.tenantId);
    const batch: Batch = { orders: [], unreadable: [] };
    let failure: { error: unknown } | null = null;
    for (const order of sorted.slice(start, start + ordersPerCommit)) {
      try {
        await readOne({ check, reader, marketplace, order, batch });
      } catch (error) {
        failure = { error };
        break;
      }
    }
    const isWhole = await storeBatch(check, batch);
    if (batch.orders.length > 0) check.took(check.tenantId);
    if (failure !== null) throw failure.error;
    if (!isWhole) return false;
  }
  return true;
}

const byTime = (a: Order, b: Order): number =>
  a.placedAt < b.placedAt ? -1 : a.placedAt > b.placedAt ? 1 : a.id < b.id ? -1 : 1;

async function readOne(options: {
  check: Check;
  reader: Reader;
  marketplace: Pick<Marketplace, 'order'>;
  order: Order;
  batch: Batch;
}): Promise<void> {
  const { check, reader, marketplace, order, batch } = options;
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
  storeBatch(check, { orders, unreadable: [] });

/** One transaction; false when an order found the queue full, which and those after it are left. */
function storeBatch(check: Check, { orders, unreadable }: Batch): Promise<boolean> {
  if (orders.length === 0 && unreadable.length === 0) return Promise.resolve(true);
  return check.store.transact(check.tenantId, (tx) => {
    const failed = new Set(unreadable.map(({ id }) => id));
    let openTasks = tx.list('task').filter(isOpenTask).length;
    for (const record of unreadable) keepOne({ tx, check, side: 'marketplace', record });
    for (const order of orders) {
      const intake = intakeOf(tx, check, order, openTasks);
      if (intake === 'full') return false;
      if (intake === 'busy') continue;
      const whole = storeOrder(tx, order);
      if (!failed.has(order.id)) letGo(tx, order.id);
      openTasks += takeTask(tx, check, whole);
    }
    return true;
  });
}

/** Charges only where they changed: they are kept append-only. */
function storeOrder(tx: Transaction, order: Order): Order {
  const read = order.charges.map((charge) => withPeriod(tx, charge));
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

function withPeriod(reader: Reader, charge: Charge): Charge {
  if (charge.period !== null || charge.subscriptionId === null) return charge;
  const subscription = reader.get('subscription', charge.subscriptionId);
  return { ...charge, period: partPeriodOf(charge, subscription) };
}

function letGo(tx: Transaction, orderId: string): void {
  const id = keptRecordId('marketplace', 'order', orderId);
  if (tx.get('keptRecord', id) !== null) tx.remove('keptRecord', id);
}
