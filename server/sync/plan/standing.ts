import type { Charge } from '../../domain/charge.ts';
import type { Order } from '../../domain/order.ts';
import type { Need } from '../../domain/task.ts';
import type { Place } from './decisions.ts';
import { missingStanding } from './missing-standing.ts';
import { need } from './needs.ts';
import { billFromOf, isNewestBefore, isYoungEnough, openingOf } from './opening.ts';
import type { PlanWorld } from './world.ts';

/** Whether a charge is this connection's to bill at all, before any question of how. */
export type Standing =
  | { kind: 'ours' }
  | { kind: 'left'; reason: string }
  | { kind: 'asks'; need: Need };

/**
 * "Bill from": order and service period both on or after the date are ours; both before were
 * billed by somebody else; one of each asks, once a customer. Decisions to exclude or to hold come
 * first, an answer to bill overrules the date.
 */
export function standingOf(world: PlanWorld, order: Order, charge: Charge, place: Place): Standing {
  const excluded = world.decisions.exclusion(place, order.placedOn);
  if (excluded !== null) return { kind: 'left', reason: `excluded: ${excluded.value.reason}` };
  const held = world.decisions.nearest('hold', place);
  if (held !== null)
    return {
      kind: 'asks',
      need: need('undone', charge.key, {
        by: held.by.kind === 'user' ? held.by.name : held.by.kind,
        decision: held.id,
      }),
    };
  const missing = order.type === 'missing' ? missingStanding(world, charge, place) : null;
  if (missing !== null) return missing;
  const billFrom = billFromOf(world, order.customerId);
  if (billFrom === null) return { kind: 'ours' };
  const straddle = world.decisions.nearest('straddle', place);
  const answer = straddle?.value.answer ?? null;
  // For one order a person overrules the date; for a customer the answer is about the straddling alone.
  if (answer === 'bill' && straddle?.scope.kind === 'order') return { kind: 'ours' };
  const opening =
    place.subscriptionId === null ? null : openingOf(world, place.subscriptionId, billFrom);
  if (
    (opening === 'link' || opening === 'newest-order') &&
    place.subscriptionId !== null &&
    isNewestBefore(world, order, place.subscriptionId, billFrom)
  ) {
    if (opening === 'link') return { kind: 'left', reason: 'linked' };
    if (isYoungEnough(order, billFrom)) return { kind: 'ours' };
  }
  const orderIsOurs = order.placedOn >= billFrom;
  const periodIsOurs = charge.period === null ? orderIsOurs : charge.period.start >= billFrom;
  if (!orderIsOurs && !periodIsOurs) return { kind: 'left', reason: 'already-billed' };
  if (orderIsOurs !== periodIsOurs) {
    if (answer === 'already-billed') return { kind: 'left', reason: 'already-billed' };
    if (answer === 'bill') return { kind: 'ours' };
    return {
      kind: 'asks',
      need: need('straddle', order.customerId, {
        order: order.placedOn,
        from: charge.period?.start ?? '',
        to: charge.period?.end ?? '',
        billFrom,
      }),
    };
  }
  if (opening === 'unanswered' && place.subscriptionId !== null)
    return { kind: 'asks', need: need('opening', place.subscriptionId, {}) };
  return { kind: 'ours' };
}
