import { addMonths, dateOf } from '../../calendar.ts';
import { subscriptionWire } from '../api/wire.ts';
import type { Currency, Product, Subscription } from '../model.ts';
import { record, type Scene } from '../scene.ts';
import { monthsOf } from './parts.ts';

/** A pending subscription; completing its order makes it active. */
export function newSubscription(
  scene: Scene,
  input: {
    customerId: string;
    product: Product;
    currency: Currency;
    quantity: number;
    discountPercent?: number;
  },
): Subscription {
  const { account } = scene;
  account.counters.subscription += 1;
  const start = dateOf(scene.atMs);
  const { product } = input;
  const subscription: Subscription = {
    id: String(account.counters.subscription),
    name: product.name,
    customerId: input.customerId,
    status: 'pending',
    renewalStatus: true,
    creationDate: start,
    expirationDate: addMonths(start, monthsOf(product.subscriptionPeriod)),
    lastModifiedDate: start,
    planId: product.planId,
    currency: input.currency,
    anchorDay: Number(start.slice(8, 10)),
    period: { start, end: addMonths(start, monthsOf(product.billingPeriod)) },
    discountPercent: input.discountPercent ?? 0,
    items: [
      {
        productId: product.id,
        quantity: input.quantity,
        vendorSubscriptionId: `vs-${account.tenantId}-${account.counters.subscription}`,
      },
    ],
  };
  account.subscriptions.set(subscription.id, subscription);
  record(scene, 'subscription.created', { subscription: subscriptionWire(account, subscription) });
  return subscription;
}
