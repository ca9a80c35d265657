import type { Charge } from '../../domain/charge.ts';
import { instant, type ServicePeriod } from '../../domain/dates.ts';
import { compare } from '../../domain/decimal.ts';
import { comparePlaced, type Order } from '../../domain/order.ts';
import type { Marketplace } from '../../domain/ports/marketplace.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { Subscription } from '../../domain/subscription.ts';
import type { Check } from './context.ts';
import { renewedPeriodOf } from './periods.ts';

/** The marketplace's word for the fee of a renewal; only it surely pays for what is ahead. */
const renewalFee = 'renew';

/**
 * What tells the days of renewals. An order carries no dates and a renewal moves the end of its
 * subscription's term on, so its days are counted back from that end: past every newer renewal of
 * the same subscription. Known is only what was listed before and after the subscriptions were read.
 */
export interface Terms {
  /** As the marketplace lists them now. */
  subscriptions: ReadonlyMap<string, Subscription>;
  /** Completed renewals by order id; the subscription is null until the order's detail was read. */
  renewals: Map<string, { placedAt: string; subscriptionId: string | null }>;
}

/** `none`: no renewal asks for it. `overtaken`: one completed meanwhile, so that nothing is sure. */
export type ReadTerms = Terms | 'none' | 'overtaken';

/**
 * Reads the terms once for all renewals among `listed` that are to be read. The orders are listed
 * again afterwards: a renewal that completed in between has moved an end that nobody could explain.
 */
export async function readTerms(options: {
  check: Check;
  marketplace: Pick<Marketplace, 'subscriptions' | 'orders'>;
  listed: readonly Order[];
  isNew(order: Order, reader: Reader): boolean;
}): Promise<ReadTerms> {
  const { check, marketplace, listed } = options;
  const reader = await check.store.read(check.tenantId);
  const [oldest] = listed
    .filter((order) => isCompletedRenewal(order) && options.isNew(order, reader))
    .map(({ placedAt }) => placedAt)
    .sort();
  if (oldest === undefined) return 'none';
  const renewals: Terms['renewals'] = new Map();
  for (const { id, placedAt, subscriptionId } of listed.filter(isCompletedRenewal))
    renewals.set(id, { placedAt, subscriptionId });
  for (const order of reader.list('order').filter(isCompletedRenewal)) {
    const { id, placedAt, subscriptionId } = order;
    if (placedAt >= oldest) renewals.set(id, { placedAt, subscriptionId });
  }
  const { records } = await marketplace.subscriptions();
  const again = await marketplace.orders({ from: oldest, to: instant(check.clock.nowMs()) });
  if (again.records.some((order) => isCompletedRenewal(order) && !renewals.has(order.id)))
    return 'overtaken';
  return { subscriptions: new Map(records.map((one) => [one.id, one])), renewals };
}

export const isCompletedRenewal = ({ type, status }: Pick<Order, 'type' | 'status'>): boolean =>
  type === 'renewal' && status === 'completed';

/** The days that a charge of a renewal pays for; null where nothing tells them for sure. */
export function renewalPeriodOf(options: {
  terms: ReadTerms;
  order: Order;
  charge: Charge;
}): ServicePeriod | null {
  const { terms, order, charge } = options;
  if (terms === 'none' || terms === 'overtaken' || !isCompletedRenewal(order)) return null;
  if (charge.detailType !== renewalFee || charge.share === null) return null;
  const subscription = terms.subscriptions.get(charge.subscriptionId ?? '');
  if (compare(charge.share, '1') !== 0 || subscription === undefined) return null;
  let newer = 0;
  for (const [id, renewal] of terms.renewals) {
    if (!isNewer({ id, ...renewal }, order)) continue;
    if (renewal.subscriptionId === null) return null;
    if (renewal.subscriptionId === subscription.id) newer += 1;
  }
  return renewedPeriodOf(subscription, newer);
}

/** Orders of one moment are told apart by their ids, so that every reading counts them alike. */
export const isNewer = (
  a: { placedAt: string; id: string },
  b: { placedAt: string; id: string },
): boolean => comparePlaced(a, b) > 0;
