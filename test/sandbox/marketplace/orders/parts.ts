import { daysBetween } from '../../calendar.ts';
import { decimal, decimalText, ratio, rounded, times } from '../../decimal.ts';
import type {
  OrderDetail,
  OrderLine,
  OrderStatus,
  Period,
  Product,
  Subscription,
} from '../model.ts';
import { ActionRefused, type Scene, subscriptionOf } from '../scene.ts';
import { chargeDetail } from './detail.ts';
import { priced, pricesOf } from './pricing.ts';

const SHARE_PLACES = 6;

/** How far an order gets for now, and what the customer wrote on it. */
export interface Holding {
  status?: OrderStatus;
  completesAtMs?: number | null;
  poNumber?: string;
}

export function held({ status, completesAtMs, poNumber }: Holding): Holding {
  return {
    ...(status ? { status } : {}),
    ...(completesAtMs === undefined ? {} : { completesAtMs }),
    ...(poNumber ? { poNumber } : {}),
  };
}

export function monthsOf(period: Period): number {
  return period.duration * (period.type === 'year' ? 12 : 1);
}

export function isUsage(product: Product): boolean {
  return product.billingModel === 'chargeExternalRating';
}

/** The part of the billing period from `from` (counted) to its end, as the order's duration tells it. */
export function shareOf({ period }: Subscription, from: string): string {
  const left = Math.max(0, daysBetween(from, period.end));
  return decimalText(ratio(left, daysBetween(period.start, period.end), SHARE_PLACES));
}

export function running(scene: Scene, subscriptionId: string): Subscription {
  const subscription = subscriptionOf(scene, subscriptionId);
  if (subscription.status !== 'active') throw new ActionRefused('the subscription is not active');
  return subscription;
}

interface ChargeOf {
  scene: Scene;
  product: Product;
  subscription: Subscription;
  quantity: number;
  type: string;
  refund?: boolean;
}

/** Nothing for a product that is charged by use alone. */
export function recurringDetails({
  scene,
  product,
  subscription,
  quantity,
  type,
  share,
  refund,
}: ChargeOf & { share: string }): OrderDetail[] {
  const price = priced(pricesOf(product, subscription.currency, 'recurring'), String(quantity));
  if (!price) return [];
  return [
    chargeDetail({
      type,
      product,
      currency: subscription.currency,
      quantity: String(quantity),
      unit: price.unit,
      whole: price.whole,
      share,
      durationType: product.billingPeriod.type,
      description: `${product.name}, ${WORDS[type] ?? 'recurring fee'}`,
      discountPercent: subscription.discountPercent,
      refund: refund ?? false,
      atMs: scene.atMs,
    }),
  ];
}

export function setupDetails({
  scene,
  product,
  subscription,
  quantity,
  type = 'setup',
  refund,
}: Omit<ChargeOf, 'type'> & { type?: string }): OrderDetail[] {
  const price = pricesOf(product, subscription.currency, 'setup')[0];
  if (!price) return [];
  return [
    chargeDetail({
      type,
      product,
      currency: subscription.currency,
      quantity: String(quantity),
      unit: price.amount,
      whole: times(decimal(price.amount), decimal(String(quantity))),
      share: '1',
      durationType: product.billingPeriod.type,
      description: `${product.name}, ${WORDS[type] ?? 'setup fee'}`,
      refund: refund ?? false,
      atMs: scene.atMs,
    }),
  ];
}

const WORDS: Record<string, string> = {
  recurring: 'recurring fee',
  renew: 'renewal fee',
  downgrade: 'fewer seats, rest of the period',
  recurringRefund: 'refund of the unused period',
  setup: 'setup fee',
  setupRefund: 'refund of the setup fee',
  billRecord: 'recurring fee, billed by the statement',
};

/** A product line of an order; its quantity is the subscription's after the order. */
export function orderLine(
  product: Product,
  subscription: Subscription,
  quantity: number,
  type: string,
): OrderLine {
  const price = priced(pricesOf(product, subscription.currency, 'recurring'), String(quantity));
  return {
    mpn: product.mpn,
    vendor: product.vendor,
    id: product.id,
    billingPeriod: product.billingPeriod,
    subscriptionPeriod: product.subscriptionPeriod,
    name: product.name,
    quantity,
    extendedPrice: {
      currency: subscription.currency,
      amount: price ? decimalText(rounded(price.whole, 2)) : '0.00',
    },
    subscriptionId: subscription.id,
    type,
  };
}
