import { addDays, dateOf } from '../../calendar.ts';
import type { Order } from '../model.ts';
import { productOf, type Scene } from '../scene.ts';
import { billSubscription } from './billing-run.ts';
import { fileOrder } from './finish.ts';
import {
  type Holding,
  held,
  orderLine,
  recurringDetails,
  running,
  setupDetails,
  shareOf,
} from './parts.ts';

/** A cancellation: the effective day is still charged; the unused rest comes back, and the setup fee if asked. */
export function cancelSubscription(
  scene: Scene,
  input: { subscriptionId: string; refundSetup?: boolean } & Holding,
): Order {
  const subscription = running(scene, input.subscriptionId);
  const today = dateOf(scene.atMs);
  billSubscription(scene, subscription, today);
  const share = shareOf(subscription, addDays(today, 1));
  const details = subscription.items.flatMap((item) => {
    const product = productOf(scene.account, item.productId);
    const shared = { scene, product, subscription, quantity: item.quantity, refund: true };
    return [
      ...recurringDetails({ ...shared, type: 'recurringRefund', share }),
      ...(input.refundSetup ? setupDetails({ ...shared, type: 'setupRefund' }) : []),
    ];
  });
  return fileOrder(scene, {
    ...held(input),
    type: 'cancellation',
    customerId: subscription.customerId,
    currency: subscription.currency,
    details,
    products: subscription.items.map((item) =>
      orderLine(productOf(scene.account, item.productId), subscription, item.quantity, 'CANCEL'),
    ),
    effect: { kind: 'end', subscriptionId: subscription.id },
    subscriptionId: subscription.id,
  });
}
