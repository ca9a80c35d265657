import type { Order } from '../../domain/order.ts';
import type { Need } from '../../domain/task.ts';
import { faultOf } from '../fault.ts';
import { type GroupResult, isOpen } from './draft-line.ts';
import { evaluateOrder } from './evaluate.ts';
import { monthNeed } from './month-guard.ts';
import { need } from './needs.ts';
import type { PlanWorld } from './world.ts';

/**
 * `evaluateOrder`, with the question about the customer's month, and where a fault of ours asks a person instead of ending the work on every other order.
 * Nothing of such an order is written. Throws only for an order without charges, of which no task
 * could be shown.
 */
export function evaluateSafely(world: PlanWorld, order: Order): GroupResult[] {
  try {
    const groups = evaluateOrder(world, order);
    const month = groups.some(isOpen) ? monthNeed(world, order) : null;
    if (month !== null) for (const group of groups) if (isOpen(group)) group.needs.push(month);
    return groups;
  } catch (error) {
    if (order.charges.length === 0) throw error;
    return [
      {
        subscriptionId: order.subscriptionId,
        chargeKeys: order.charges.map(({ key }) => key),
        written: 0,
        left: [],
        lines: [],
        needs: [notPlannable(order.id, error)],
        unknown: false,
      },
    ];
  }
}

/** The question that a fault of ours becomes; what went wrong is for support. */
export const notPlannable = (orderId: string, error: unknown): Need =>
  need('not-plannable', orderId, { problem: faultOf(error) }, true);
