import { addMonths } from '../../calendar.ts';
import { must } from '../../must.ts';
import type { Order } from '../model.ts';
import { ActionRefused, productOf, type Scene } from '../scene.ts';
import { fileOrder } from './finish.ts';
import { type Holding, held, monthsOf, orderLine, recurringDetails, running } from './parts.ts';

/** A renewal now: the term moves on by itself, and one whole billing period is charged as `renew`. */
export function renewSubscription(
  scene: Scene,
  input: { subscriptionId: string } & Holding,
): Order {
  const subscription = running(scene, input.subscriptionId);
  const plan = must(scene.account.plans.get(subscription.planId), 'plan');
  // An early renewal would jump over the periods that are still to be charged.
  if (subscription.period.end < subscription.expirationDate)
    throw new ActionRefused('the term has billing periods left; it renews at its end');
  const start = subscription.expirationDate;
  const { anchorDay } = subscription;
  return fileOrder(scene, {
    ...held(input),
    type: 'renewal',
    customerId: subscription.customerId,
    currency: subscription.currency,
    details: subscription.items.flatMap((item) =>
      recurringDetails({
        scene,
        product: productOf(scene.account, item.productId),
        subscription,
        quantity: item.quantity,
        type: 'renew',
        share: '1',
      }),
    ),
    products: subscription.items.map((item) =>
      orderLine(productOf(scene.account, item.productId), subscription, item.quantity, 'RENEW'),
    ),
    effect: {
      kind: 'renew',
      subscriptionId: subscription.id,
      expirationDate: addMonths(start, monthsOf(plan.subscriptionPeriod), anchorDay),
      period: { start, end: addMonths(start, monthsOf(plan.billingPeriod), anchorDay) },
    },
    subscriptionId: subscription.id,
  });
}
