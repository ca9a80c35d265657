import type { Charge } from '../../domain/charge.ts';
import type { Order } from '../../domain/order.ts';
import type { Need } from '../../domain/task.ts';
import { belowCostNeeds } from './below-cost.ts';
import { costOf } from './cost.ts';
import type { GroupResult } from './draft-line.ts';
import { marginOf } from './margin.ts';
import type { PlanWorld } from './world.ts';

/**
 * What is asked of an open line that goes on as it stands: nothing is written, but the system bills it for
 * another period, which may be worth less to the reseller than the last one.
 */
export function goingOnNeeds(
  world: PlanWorld,
  order: Order,
  charge: Charge,
  { subscriptionId }: Pick<GroupResult, 'subscriptionId'>,
): Need[] {
  const cost = costOf(world, charge, 'recurring', subscriptionId);
  const of = { charge, net: charge.amount, cost };
  const place = { charge, orderId: order.id, subscriptionId, customerId: order.customerId };
  return [...belowCostNeeds(world, of), ...marginOf(world, { ...of, place }).needs];
}
