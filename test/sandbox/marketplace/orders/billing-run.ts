import { addMonths, dateOf, startOfDayMs } from '../../calendar.ts';
import { BILLING_PERIODS_MAX } from '../../limits.ts';
import { must } from '../../must.ts';
import { subscriptionWire } from '../api/wire.ts';
import type { Order, Subscription } from '../model.ts';
import { productOf, record, type Scene } from '../scene.ts';
import { fileBilling } from './file-billing.ts';
import { isUsage, monthsOf, recurringDetails } from './parts.ts';
import { renewSubscription } from './renew.ts';
import { rolledUse, usageDetail } from './usage.ts';

/** Bills everything that is due on the scene's day: one order a subscription and period, renewals at the end of a term. */
export function runBilling(scene: Scene): Order[] {
  const today = dateOf(scene.atMs);
  const orders = [...scene.account.subscriptions.values()].flatMap((subscription) =>
    billSubscription(scene, subscription, today),
  );
  if (orders.length > 0)
    record(scene, 'billing.run', { asOf: today, orderIds: orders.map(({ id }) => id) });
  return orders;
}

/**
 * Billing orders exist in the billing core (`BO`) but not among the API's order types, so they are of type `unknown`;
 * what they are is told by their details: `recurring` in advance, `overuse` in arrears, `billRecord` on a statement.
 */
export function billSubscription(scene: Scene, subscription: Subscription, today: string): Order[] {
  const orders: Order[] = [];
  for (let periods = 0; periods < BILLING_PERIODS_MAX; periods += 1) {
    if (subscription.status !== 'active' || subscription.period.end > today) break;
    const ends = subscription.period.end >= subscription.expirationDate;
    const product = productOf(scene.account, must(subscription.items[0], 'an item').productId);
    if (isUsage(product)) orders.push(...billUse(scene, subscription));
    if (ends && !subscription.renewalStatus) {
      expire(scene, subscription);
      break;
    }
    if (ends && !isUsage(product)) {
      orders.push(renewSubscription(scene, { subscriptionId: subscription.id }));
      continue;
    }
    const start = subscription.period.end;
    const end = addMonths(start, monthsOf(product.billingPeriod), subscription.anchorDay);
    subscription.period = { start, end };
    if (ends)
      subscription.expirationDate = addMonths(
        start,
        monthsOf(product.subscriptionPeriod),
        subscription.anchorDay,
      );
    if (!isUsage(product)) orders.push(billPeriod(scene, subscription));
  }
  return orders;
}

function billPeriod(scene: Scene, subscription: Subscription): Order {
  // Every seventh subscription is billed by statement, so that `billRecord` is an everyday sight.
  const type = Number(subscription.id) % 7 === 0 ? 'billRecord' : 'recurring';
  return fileBilling({
    scene,
    subscription,
    lineType: 'BILLING_SUBSCRIPTION',
    details: subscription.items.flatMap((item) =>
      recurringDetails({
        scene,
        product: productOf(scene.account, item.productId),
        subscription,
        quantity: item.quantity,
        type,
        share: '1',
      }),
    ),
  });
}

function billUse(scene: Scene, subscription: Subscription): Order[] {
  const item = must(subscription.items[0], 'an item');
  const product = productOf(scene.account, item.productId);
  const quantity = rolledUse(subscription);
  const detail = usageDetail({ scene, product, subscription, quantity });
  return [fileBilling({ scene, subscription, lineType: 'VENDOR_RATED_DATA', details: [detail] })];
}

function expire(scene: Scene, subscription: Subscription): void {
  subscription.status = 'terminated';
  subscription.lastModifiedDate = dateOf(startOfDayMs(subscription.expirationDate));
  record(scene, 'subscription.ended', {
    orderId: null,
    subscription: subscriptionWire(scene.account, subscription),
  });
}
