import { must } from '../../must.ts';
import type { Order, OrderDetail, OrderStatus, OrderType } from '../model.ts';
import { customerOf, productOf, type Scene, subscriptionOf } from '../scene.ts';
import { fileOrder } from './finish.ts';
import { orderLine } from './parts.ts';

/**
 * An order with the details as given: every detail type, odd signs, quantities as text, and, with `total`, an order whose
 * lines do not add up.
 */
export function orderRaw(
  scene: Scene,
  input: {
    customerId: string;
    type: OrderType;
    details: OrderDetail[];
    subscriptionId?: string;
    total?: string;
    status?: OrderStatus;
    billing?: boolean;
    poNumber?: string;
    orderNumber?: string;
  },
): Order {
  const customer = customerOf(scene, input.customerId);
  const subscription = input.subscriptionId
    ? subscriptionOf(scene, input.subscriptionId)
    : undefined;
  return fileOrder(scene, {
    type: input.type,
    customerId: customer.id,
    currency: input.details[0]?.extendedPrice.currency ?? customer.currency,
    details: input.details,
    products: (subscription?.items ?? []).map((item) =>
      orderLine(
        productOf(scene.account, item.productId),
        must(subscription, 'subscription'),
        item.quantity,
        'CREATE',
      ),
    ),
    asGiven: true,
    effect: { kind: 'none' },
    isBilling: input.billing ?? false,
    ...(subscription ? { subscriptionId: subscription.id } : {}),
    ...(input.total ? { total: input.total } : {}),
    ...(input.status ? { status: input.status } : {}),
    ...(input.poNumber ? { poNumber: input.poNumber } : {}),
    ...(input.orderNumber ? { orderNumber: input.orderNumber } : {}),
  });
}
