import { blendedShape, seatsOf } from '../../domain/blend.ts';
import type { BlendedChange, Charge } from '../../domain/charge.ts';
import { productKeyOf } from '../../domain/mapping.ts';
import type { Order } from '../../domain/order.ts';
import { changesOf } from './customer-charges.ts';
import { liveLink } from './live-link.ts';
import { standingOf } from './standing.ts';
import type { StoredOrder } from './stored-orders.ts';
import type { PlanWorld } from './world.ts';

/** A change of seats that nothing was written of yet, with the order that told it. */
export interface WaitingChange {
  order: StoredOrder;
  charge: Charge;
}

/** What becomes of several changes of one subscription, product and billing period. */
export interface SeatChanges {
  /** Charges that come to nothing in pairs. */
  netted: ReadonlySet<string>;
  /** All others, oldest first. */
  rest: readonly WaitingChange[];
}

/**
 * The changes of seats that wait together with a charge; null where the charge is none, or the setting
 * keeps each by itself. Earlier ones are paired first, so that a later change never parts a pair. What was
 * billed already, here or by hand, is paired with nothing: its opposite is money back.
 */
export function seatChangesWith(
  world: PlanWorld,
  order: Pick<Order, 'type' | 'customerId'>,
  charge: Charge,
  subscriptionId: string | null,
): SeatChanges | null {
  const isAsked = world.settings.seatChanges !== 'lines';
  if (!isAsked || subscriptionId === null || !isChange(order, charge)) return null;
  const waiting: WaitingChange[] = [];
  const netted = new Set<string>();
  for (const { order: stored, charge: one } of changesOf(world, order.customerId, subscriptionId)) {
    if (!isAlike(world, { ...stored, charges: [] }, one, charge, subscriptionId)) continue;
    const at = waiting.findLastIndex(
      (other) => other.charge.amount.amountMinor === -one.amount.amountMinor,
    );
    const [other] = at < 0 ? [] : waiting.splice(at, 1);
    if (other === undefined) waiting.push({ order: stored, charge: one });
    else netted.add(other.charge.key).add(one.key);
  }
  return { netted, rest: waiting };
}

/** A change as a blended line names it. */
export const asBlended = ({ order, charge }: WaitingChange): BlendedChange => ({
  of: charge.key,
  orderNumber: order.number,
  seats: seatsOf(charge),
  from: charge.period?.start ?? order.placedOn,
  share: charge.share,
  amount: charge.amount,
});

/** Whether changes that were to be one line stay several, since no price gives their sum to the cent. */
export const hasNoBlend = (world: PlanWorld, changes: SeatChanges | null): boolean =>
  world.settings.seatChanges === 'blend' &&
  changes !== null &&
  changes.rest.length > 1 &&
  blendedShape(changes.rest.map(asBlended)) === null;

export const isChange = (
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
  const blended = world.blendOf(one.key);
  if (blended !== null && liveLink(world, blended) !== null) return false;
  const { customerId } = order;
  const place = { charge: one, orderId: order.id, subscriptionId, customerId };
  return standingOf(world, order, one, place).kind === 'ours';
}
