import * as v from 'valibot';
import { boundaryAfter, gridOf } from '../../domain/billing-grid.ts';
import type { Charge } from '../../domain/charge.ts';
import { addDays } from '../../domain/dates.ts';
import { isEndedOrder } from '../../domain/ended.ts';
import { chargeKeySchema } from '../../domain/ids.ts';
import { productKeyOf } from '../../domain/mapping.ts';
import type { Order } from '../../domain/order.ts';
import { isOpenTask } from '../check/tasks.ts';
import { tasksOfCustomer } from './customer-tasks.ts';
import { openLineOf } from './open-lines.ts';
import type { PlanWorld } from './world.ts';

/**
 * A cancellation with what it does not say: each open line of its subscription that no charge of it
 * ends gets one of nothing, which ends the line with the period that is paid.
 */
export function withEnds(world: PlanWorld, order: Order): Order {
  const { subscriptionId } = order;
  if (order.type !== 'cancellation' || subscriptionId === null) return order;
  const ended = new Set(order.charges.filter(endsItsLine).map((charge) => productKeyOf(charge)));
  const held = [...order.products, ...(world.subscription(subscriptionId)?.products ?? [])];
  const byKey = new Map(held.map((product) => [productKeyOf(product), product]));
  const ends = [...byKey].flatMap(([productKey, product]) => {
    if (productKey === null || ended.has(productKey)) return [];
    const charge = endOf(world, order, subscriptionId, { ...product, productKey });
    const isOpen = openLineOf(world, subscriptionId, charge) !== null;
    return isOpen || willOpen(world, order, subscriptionId) ? [charge] : [];
  });
  return ends.length === 0 ? order : { ...order, charges: [...order.charges, ...ends] };
}

/** Whether an earlier order that waits may open a line of the subscription. */
export const willOpen = (world: PlanWorld, order: Order, subscriptionId: string | null): boolean =>
  tasksOfCustomer(world, order.customerId).some(
    (task) =>
      task.orderId !== order.id &&
      isOpenTask(task) &&
      task.placedOn <= order.placedOn &&
      task.groups.some((group) => group.subscriptionId === subscriptionId),
  );

/** As the rule of cancellations has it: what was paid for a period comes back, and the line ends. */
const endsItsLine = ({ class: kind }: Charge): boolean =>
  kind === 'recurring' || kind === 'proration' || kind === 'credit';

function endOf(
  world: PlanWorld,
  order: Order,
  subscriptionId: string,
  product: {
    productId: string | null;
    partNumber: string | null;
    name: string | null;
    productKey: string;
  },
): Charge {
  const { placedOn } = order;
  const subscription = world.subscription(subscriptionId);
  const grid = subscription === null ? null : gridOf(subscription);
  const next = addDays(placedOn, 1);
  const end =
    isEndedOrder(order.id) || grid === null ? next : (boundaryAfter(grid, placedOn) ?? next);
  return {
    key: v.parse(chargeKeySchema, `end:${order.id}:${product.productKey}`),
    orderId: order.id,
    class: 'credit',
    detailType: 'cancellation',
    productId: product.productId,
    partNumber: product.partNumber,
    subscriptionId,
    candidates: [],
    description: product.name ?? '',
    quantity: '0',
    unitPrice: null,
    amount: { amountMinor: 0n, currency: order.total.currency },
    tax: null,
    discount: null,
    share: null,
    period: { start: placedOn, end },
    cost: null,
    placedOn,
    revision: 'end',
  };
}
