import { isTooLate } from '../../domain/leaving.ts';
import type { Order } from '../../domain/order.ts';
import type { Need } from '../../domain/task.ts';
import { need } from './needs.ts';
import type { PlanWorld } from './world.ts';

/** What a person says once for a customer whom the marketplace closed. */
const closedSeen = 'closed';

/**
 * Last charges of somebody who leaves go to the last open or a new document like any other. Two things
 * ask, and nothing is dropped: a customer whom the marketplace closed, once, and an order that came
 * later than the last charges of its subscription are expected.
 */
export function leavingNeeds(world: PlanWorld, order: Order): Need[] {
  const customer = world.customer(order.customerId);
  const { decisions, settings } = world;
  const needs: Need[] = [];
  if (
    customer?.status === 'closed' &&
    !decisions.accepted('customer-closed', customer.id).includes(closedSeen)
  )
    needs.push(need('customer-closed', customer.id, { customer: customer.name, seen: closedSeen }));
  const late = subscriptionsOf(order).find((id) =>
    isTooLate(order.placedOn, world.endedOn(id), settings.leaveDays),
  );
  const isCancelling = order.type === 'cancellation';
  if (
    late !== undefined &&
    !isCancelling &&
    !decisions.accepted('late-charge', order.id).includes(order.revision)
  )
    needs.push(
      need('late-charge', order.id, {
        order: order.number,
        ended: world.endedOn(late) ?? '',
        days: String(settings.leaveDays),
        seen: order.revision,
      }),
    );
  return needs;
}

const subscriptionsOf = ({ subscriptionId, charges }: Order): string[] =>
  [...new Set([subscriptionId, ...charges.map((charge) => charge.subscriptionId)])].flatMap(
    (id) => id ?? [],
  );
