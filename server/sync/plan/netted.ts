import type { Charge } from '../../domain/charge.ts';
import { productKeyOf } from '../../domain/mapping.ts';
import type { Order } from '../../domain/order.ts';
import { liveLink } from './live-link.ts';
import { standingOf } from './standing.ts';
import type { PlanWorld } from './world.ts';

/** A change of seats that nothing was written of yet. */
interface Change {
  key: string;
  amount: bigint;
}

/**
 * Whether a change of seats and another one of the same subscription, product and billing period come to
 * nothing together, as when five seats are added and taken off on one day: neither is a line then.
 * Earlier ones are paired first, so that a later change never parts a pair. What was billed already, here
 * or by hand, is paired with nothing: its opposite is money back.
 */
export function isNetted(
  world: PlanWorld,
  order: Order,
  charge: Charge,
  subscriptionId: string | null,
): boolean {
  const isAsked = world.settings.seatChanges === 'net' && world.manifest.kind === 'perOrder';
  if (!isAsked || subscriptionId === null || !isChange(order, charge)) return false;
  const waiting: Change[] = [];
  const paired = new Set<string>();
  const orders = world.ordersOf(order.customerId);
  for (const stored of orders.toReversed()) {
    if (stored.type !== 'change') continue;
    for (const key of stored.charges) {
      const one = world.charge(key);
      if (one === null || !isAlike(world, { ...stored, charges: [] }, one, charge, subscriptionId))
        continue;
      const { amountMinor: amount } = one.amount;
      const at = waiting.findLastIndex((other) => other.amount === -amount);
      const [other] = at < 0 ? [] : waiting.splice(at, 1);
      if (other === undefined) waiting.push({ key, amount });
      else paired.add(other.key).add(key);
    }
  }
  return paired.has(charge.key);
}

const isChange = (
  { type }: Pick<Order, 'type'>,
  { class: kind, amount, period }: Charge,
): boolean =>
  type === 'change' &&
  (kind === 'recurring' || kind === 'proration') &&
  period !== null &&
  amount.amountMinor !== 0n;

function isAlike(
  world: PlanWorld,
  order: Order,
  one: Charge,
  charge: Charge,
  subscriptionId: string,
): boolean {
  const isOfSame =
    isChange(order, one) &&
    one.subscriptionId === subscriptionId &&
    productKeyOf(one) === productKeyOf(charge) &&
    one.amount.currency === charge.amount.currency &&
    one.period?.end === charge.period?.end;
  if (!isOfSame || liveLink(world, one.key) !== null || world.openIntent(one.key) !== null)
    return false;
  const { customerId } = order;
  const place = { charge: one, orderId: order.id, subscriptionId, customerId };
  return standingOf(world, order, one, place).kind === 'ours';
}
