import { comparePlaced, type Order } from '../../domain/order.ts';
import type { Need } from '../../domain/task.ts';
import { tasksOfCustomer } from './customer-tasks.ts';
import { type GroupResult, isOpen } from './draft-line.ts';
import { need } from './needs.ts';
import type { PlanWorld } from './world.ts';

/**
 * Where lines stay open, an order's change cannot be written before that of an earlier order: the line
 * would come to the earlier quantity last. While an earlier order of the subscription needs a person, or
 * was refused, the later one waits for it, and says for which. One that is ready goes with it.
 */
export function earlierWaits(
  world: PlanWorld,
  order: Order,
  { subscriptionId, lines }: GroupResult,
  evaluate: (order: Order) => GroupResult[],
): Need[] {
  const moves = lines.some(({ stands, sets }) => stands !== undefined || sets !== undefined);
  if (subscriptionId === null || !moves) return [];
  for (const task of tasksOfCustomer(world, order.customerId)) {
    const { orderId, failure } = task;
    if (task.ignored !== null || orderId === order.id || task.placedOn > order.placedOn) continue;
    const earlier = world.order(orderId);
    if (earlier === null || comparePlaced(earlier, order) > 0) continue;
    if (!mayBeOf(earlier, subscriptionId)) continue;
    const own = evaluate(earlier).find((group) => group.subscriptionId === subscriptionId);
    if (own === undefined || !isOpen(own)) continue;
    if (own.needs.length > 0 || failure?.retry.kind === 'never')
      return [need('earlier-waits', order.id, { earlier: earlier.number })];
  }
  return [];
}

/** Whether an order could be about a subscription; a charge may not say whose it is. */
const mayBeOf = ({ charges, subscriptionId }: Order, id: string): boolean =>
  subscriptionId === id ||
  charges.some((charge) => charge.subscriptionId === null || charge.subscriptionId === id);
