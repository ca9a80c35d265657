import { dateOf } from '../../calendar.ts';
import { must } from '../../must.ts';
import type { Order } from '../model.ts';
import { ActionRefused, productOf, type Scene } from '../scene.ts';
import { billSubscription } from './billing-run.ts';
import { fileOrder } from './finish.ts';
import { type Holding, held, orderLine, recurringDetails, running, shareOf } from './parts.ts';

/**
 * A change of seats inside the period: the difference, for the rest of the period with the effective day counted. More
 * seats are a `recurring` charge, fewer a negative `downgrade`.
 */
export function changeSeats(
  scene: Scene,
  input: { subscriptionId: string; quantity: number; productId?: string } & Holding,
): Order {
  const subscription = running(scene, input.subscriptionId);
  const today = dateOf(scene.atMs);
  billSubscription(scene, subscription, today);
  const item = must(
    subscription.items.find(({ productId }) => !input.productId || productId === input.productId),
    'the product of the subscription',
  );
  const product = productOf(scene.account, item.productId);
  const difference = input.quantity - item.quantity;
  if (difference === 0) throw new ActionRefused('the subscription has this quantity already');
  if (input.quantity < 1) throw new ActionRefused('to end a subscription, cancel it');
  const share = shareOf(subscription, today);
  const details = recurringDetails({
    scene,
    product,
    subscription,
    quantity: Math.abs(difference),
    type: difference > 0 ? 'recurring' : 'downgrade',
    share,
    refund: difference < 0,
  });
  return fileOrder(scene, {
    ...held(input),
    type: 'change',
    customerId: subscription.customerId,
    currency: subscription.currency,
    details,
    products: [orderLine(product, subscription, input.quantity, 'UPGRADE')],
    effect: {
      kind: 'quantity',
      subscriptionId: subscription.id,
      productId: product.id,
      quantity: input.quantity,
    },
    subscriptionId: subscription.id,
    billingModel: product.billingModel,
  });
}
