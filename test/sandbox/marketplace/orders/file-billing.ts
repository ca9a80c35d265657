import type { Order, OrderDetail, Subscription } from '../model.ts';
import { productOf, type Scene } from '../scene.ts';
import { fileOrder } from './finish.ts';
import { orderLine } from './parts.ts';

/** Files what a billing run asks of one subscription. */
export function fileBilling({
  scene,
  subscription,
  details,
  lineType,
}: {
  scene: Scene;
  subscription: Subscription;
  details: OrderDetail[];
  lineType: string;
}): Order {
  return fileOrder(scene, {
    type: 'unknown',
    isBilling: true,
    customerId: subscription.customerId,
    currency: subscription.currency,
    details,
    products: subscription.items.map((item) =>
      orderLine(productOf(scene.account, item.productId), subscription, item.quantity, lineType),
    ),
    effect: { kind: 'none' },
    subscriptionId: subscription.id,
  });
}
