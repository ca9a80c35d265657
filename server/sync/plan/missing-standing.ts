import type { Charge } from '../../domain/charge.ts';
import type { CalendarDate } from '../../domain/dates.ts';
import { productKeyOf } from '../../domain/mapping.ts';
import { missingKey, perhapsPaid } from '../../domain/missing.ts';
import { amountText } from '../../domain/money.ts';
import type { Place } from './decisions.ts';
import { need } from './needs.ts';
import type { Standing } from './standing.ts';
import type { PlanWorld } from './world.ts';

/** What a left charge says that a person put off to a day. */
export const waitsUntil = 'waits-until ';

/**
 * A period without an order is billed only when a person said so, for what the subscription is now;
 * put off it waits for its day, and it ends as soon as its order is there. Null is "bill it".
 */
export function missingStanding(world: PlanWorld, charge: Charge, place: Place): Standing | null {
  const wait = world.decisions.nearest('wait', place);
  if (wait !== null && world.today < wait.value.until)
    return { kind: 'left', reason: `${waitsUntil}${wait.value.until}` };
  if (world.paidPeriods.isPaid(charge)) return { kind: 'left', reason: 'order-came' };
  const isAccepted = world.decisions
    .accepted('missing-charge', charge.key)
    .includes(charge.revision);
  if (isAccepted && charge.unitPrice !== null) return null;
  return {
    kind: 'asks',
    need: need('missing-charge', charge.key, {
      product: charge.description,
      from: charge.period?.start ?? '',
      to: charge.period?.end ?? '',
      quantity: charge.quantity,
      // Without a price it can only wait or be left out.
      ...(charge.unitPrice === null
        ? {}
        : { amount: amountText(charge.amount), currency: charge.amount.currency }),
      seen: charge.revision,
    }),
  };
}

/**
 * Whether what an order charges was billed already from its subscription, or is about to be. The next
 * check gives that line to the order; until then the order waits, so that nothing is billed twice.
 */
export function isBilledAsMissing(
  world: PlanWorld,
  charge: Charge,
  subscriptionId: string | null,
): boolean {
  const productKey = productKeyOf(charge);
  const subscription = subscriptionId === null ? null : world.subscription(subscriptionId);
  if (productKey === null || subscription === null) return false;
  const isBilled = (start: CalendarDate): boolean => {
    const key = missingKey(subscription.id, productKey, start);
    return world.linkState(key).live !== null || world.openIntent(key) !== null;
  };
  // Cheap first: hardly any charge has such a line near it.
  if (!perhapsPaid(subscription, charge).some(isBilled)) return false;
  return world.paidPeriods.by(charge, subscription.id).some(isBilled);
}
