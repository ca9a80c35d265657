import type { Charge } from '../../domain/charge.ts';
import { multiply } from '../../domain/decimal.ts';
import { productKeyOf } from '../../domain/mapping.ts';
import { type Money, money } from '../../domain/money.ts';
import { perMonth } from '../../domain/monthly.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { Subscription } from '../../domain/subscription.ts';

/** What active subscriptions are worth a month, to sort by what matters: an estimate, never a bill. */
export function monthlyOf(
  subscription: Subscription,
): { productKey: string | null; amount: Money }[] {
  if (subscription.status !== 'active') return [];
  return subscription.products.flatMap((product) => {
    if (product.unitPrice === null || product.currency === null) return [];
    const whole = multiply(product.quantity, product.unitPrice);
    return [
      {
        productKey: productKeyOf(product),
        amount: money(perMonth(whole, subscription.billingPeriod), product.currency),
      },
    ];
  });
}

export interface MonthlyWorth {
  subscriptionId: string;
  customerId: string;
  productKey: string | null;
  amount: Money;
}

/** What every product of every active subscription is worth a month. */
export function monthlyWorth(reader: Reader): MonthlyWorth[] {
  const newest = newestRecurring(reader);
  return reader.list('subscription').flatMap((subscription) => {
    const told = monthlyOf(subscription);
    const known =
      told.length > 0 || subscription.status !== 'active'
        ? told
        : chargedMonthly(subscription, newest);
    const { id: subscriptionId, customerId } = subscription;
    return known.map((one) => ({ subscriptionId, customerId, ...one }));
  });
}

/** Monthly worth of all active subscriptions, by customer or by product. */
export function monthlyBy(reader: Reader, by: 'customer' | 'product'): Map<string, Money[]> {
  const amounts = new Map<string, Money[]>();
  for (const { customerId, productKey, amount } of monthlyWorth(reader)) {
    const key = by === 'customer' ? customerId : productKey;
    if (key !== null) amounts.set(key, [...(amounts.get(key) ?? []), amount]);
  }
  return amounts;
}

/** The newest whole recurring charge of each subscription's products, where its detail was never read. */
function newestRecurring(reader: Reader): Map<string, Map<string, Charge>> {
  const newest = new Map<string, Map<string, Charge>>();
  for (const charge of reader.list('charge')) {
    const productKey = productKeyOf(charge);
    if (
      charge.class !== 'recurring' ||
      charge.subscriptionId === null ||
      productKey === null ||
      charge.unitPrice === null
    )
      continue;
    const own = newest.get(charge.subscriptionId) ?? new Map<string, Charge>();
    if ((own.get(productKey)?.placedOn ?? '') <= charge.placedOn) own.set(productKey, charge);
    newest.set(charge.subscriptionId, own);
  }
  return newest;
}

function chargedMonthly(
  { id, billingPeriod }: Subscription,
  newest: ReadonlyMap<string, ReadonlyMap<string, Charge>>,
): { productKey: string; amount: Money }[] {
  return [...(newest.get(id) ?? [])].map(([productKey, { quantity, unitPrice, amount }]) => ({
    productKey,
    amount: money(perMonth(multiply(quantity, unitPrice ?? '0'), billingPeriod), amount.currency),
  }));
}
