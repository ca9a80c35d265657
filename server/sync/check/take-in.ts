import { compare } from '../../domain/decimal.ts';
import { canonical } from '../../domain/json.ts';
import type { Order } from '../../domain/order.ts';
import type { Marketplace } from '../../domain/ports/marketplace.ts';
import type { Unreadable } from '../../domain/ports/read.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { RecordOf } from '../../domain/records.ts';
import type { Check } from './context.ts';
import { ordersPerCommit } from './limits.ts';
import { keptRecordId } from './names.ts';
import { createDetailReader } from './read-details.ts';
import { isCompletedRenewal, isNewer, type ReadTerms, readTerms } from './renewals.ts';
import { badOrder, isHeld, sourceOf } from './set-aside.ts';
import { type ReadOrder, storeBatch } from './store-orders.ts';
import { isStale, keep, upsert } from './upserts.ts';
import { billingConnection } from './who-bills.ts';

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
  marketplace: Pick<Marketplace, 'order' | 'orders' | 'subscription' | 'subscriptions'>,
  listed: readonly Order[],
): Promise<Taken> {
  const isNew = (order: Order, reader: Reader) => readingOf({ check, reader, order }) === 'detail';
  const terms = await readTerms({ check, marketplace, listed, isNew });
  const before = await check.store.read(check.tenantId);
  const isNewRenewal = (order: Order) => isCompletedRenewal(order) && isNew(order, before);
  const renewals = listed.filter(isNewRenewal).sort(byTime).reverse();
  const others = listed.filter((order) => !isNewRenewal(order)).sort(byTime);
  const sorted = terms === 'overtaken' ? others : [...renewals, ...others];
  const details = createDetailReader(check);
  for (let start = 0; start < sorted.length; start += ordersPerCommit) {
    const reader = await check.store.read(check.tenantId);
    const batch: Reading = { orders: [], unreadable: [] };
    let failure: { error: unknown } | null = null;
    for (const order of sorted.slice(start, start + ordersPerCommit)) {
      try {
        const reading = readingOf({ check, reader, order });
        if (reading === 'list') batch.orders.push({ order, listed: order.revision });
        if (reading === 'detail')
          await details.read(badOrder(order, order.revision), () =>
            readDetail({ check, reader, marketplace, order, batch, terms }),
          );
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
  await details.end();
  return terms === 'overtaken' ? 'wait' : 'all';
}

const byTime = (a: Order, b: Order): number => (isNewer(a, b) ? 1 : -1);

interface Reading {
  orders: ReadOrder[];
  unreadable: Unreadable[];
}

async function readDetail(options: {
  check: Check;
  reader: Reader;
  marketplace: Pick<Marketplace, 'order' | 'subscription'>;
  order: Order;
  batch: Reading;
  terms: ReadTerms;
}): Promise<void> {
  const { marketplace, order, batch, terms } = options;
  const listed = order.revision;
  const read = await marketplace.order(order.id);
  const found = read.records.length > 0 ? read.records : [order];
  batch.orders.push(...found.map((one) => ({ order: one, listed })));
  batch.unreadable.push(...read.unreadable);
  for (const one of read.records) {
    noteRenewal(terms, one);
    await readChanged(options, one);
  }
  if (read.records.length === 0 && read.unreadable.length === 0)
    batch.unreadable.push({
      what: 'order',
      id: order.id,
      problem: 'listed but absent',
      body: '{}',
    });
}

/**
 * Where a line stays open for the subscription, an order that changes it or charges a part of a period
 * says too little: the line becomes what the subscription is now, and the list of them is read once a day.
 */
async function readChanged(
  {
    check,
    reader,
    marketplace,
  }: Pick<Parameters<typeof readDetail>[0], 'check' | 'reader' | 'marketplace'>,
  { type, status, customerId, charges, subscriptionId }: Order,
): Promise<void> {
  const isPart = charges.some(({ share }) => share !== null && compare(share, '1') < 0);
  const tells = type === 'change' || type === 'cancellation' || isPart;
  if (status !== 'completed' || !tells) return;
  const billing = billingConnection(reader, customerId);
  if (billing === null || !check.isStanding(billing.systemId)) return;
  const ids = new Set([subscriptionId, ...charges.map((charge) => charge.subscriptionId)]);
  for (const id of ids) {
    if (id === null) continue;
    const detail = await marketplace.subscription(id);
    await upsert(check, 'subscription', detail.records);
    await keep({ check, side: 'marketplace', unreadable: detail.unreadable, whole: [] });
  }
}

/**
 * What a listed order still needs. Its detail is read when it is completed, since only then can it
 * be billed, and again when its list form changed; never while the list form is as stored, nor while
 * it is set aside.
 */
export function readingOf(options: {
  check: Check;
  reader: Reader;
  order: Order;
}): 'none' | 'list' | 'detail' {
  const { check, reader, order } = options;
  const keptId = keptRecordId(sourceOf(order), 'order', order.id);
  if (isHeld(reader, check, keptId, order.revision)) return 'none';
  const stored = reader.get('order', order.id);
  const wantsDetail = order.status === 'completed' || stored?.detailed === true;
  const kept = reader.get('keptRecord', keptId);
  if (kept?.setAside != null) return wantsDetail ? 'detail' : 'list';
  if (stored === null || !isSameListForm(stored, order)) return wantsDetail ? 'detail' : 'list';
  if (stored.detailed || !wantsDetail) return 'none';
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
