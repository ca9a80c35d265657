import type { CalendarDate } from '../../domain/dates.ts';
import { type Decimal, isZero } from '../../domain/decimal.ts';
import type { LineContent } from '../../domain/document.ts';
import type { Marker } from '../../domain/ids.ts';
import { comparePlaced } from '../../domain/order.ts';
import type { Wanted } from '../../domain/rules/rule.ts';
import { withLineMark } from '../markers.ts';
import type { DraftLine } from './draft-line.ts';
import { willOpen } from './ends.ts';
import { type OpenLine, openLineMarker } from './open-lines.ts';
import { unitCostAfter } from './unit-cost.ts';
import type { WantedLine } from './wanted-line.ts';
import type { PlanWorld } from './world.ts';

type Step = NonNullable<Wanted['sets']>;

/** What a line says of the open line that it is, or that takes a step beside it; nothing where it is apart. */
export function openLineStep(
  world: PlanWorld,
  line: WantedLine,
  { open, text, content }: { open: OpenLine | null; text: string; content: LineContent },
): Pick<DraftLine, 'stands' | 'sets'> {
  const { charge, stands, sets, subscriptionId } = line;
  const marker = openLineMarker(world, subscriptionId, charge);
  const until = open === null ? null : endWritten(world, line, { open, marker });
  const on = {
    lineId: open?.line.id ?? null,
    before: open === null ? null : { quantity: open.line.quantity, unitPrice: open.line.unitPrice },
    ...(until === null ? {} : { until }),
  };
  const stepOf = (step: Step): NonNullable<DraftLine['sets']> => {
    return {
      marker,
      from: step.from,
      ...on,
      content: {
        ...content,
        description: withLineMark(text, marker),
        quantity: step.quantity,
        unitPrice: priceOfStep(step, open),
        unitCost: unitCostAfter(world, line, step.quantity),
        discount: null,
      },
    };
  };
  return {
    ...(stands === undefined ? {} : { stands: { from: stands.from, ...on } }),
    ...(sets === undefined ||
    endsNothing(world, line, sets, open) ||
    (until !== null && sets.from >= until) ||
    comesAfterEnd(world, line, sets)
      ? {}
      : { sets: stepOf(sets) }),
  };
}

/**
 * A change may be placed while a cancellation of its subscription is on the way, and complete before or after it:
 * from the day that the cancellation ends the line on, there is nothing to change.
 */
function comesAfterEnd(
  world: PlanWorld,
  { order, subscriptionId }: WantedLine,
  { from }: Step,
): boolean {
  if (order.type !== 'change' || subscriptionId === null) return false;
  if (world.endedOn(subscriptionId) === null) return false;
  return world.ordersOf(order.customerId).some((ending) => {
    if (ending.type !== 'cancellation' || ending.subscriptionId !== subscriptionId) return false;
    if (!world.hasTask(ending.id)) return false;
    const ends = ending.charges.flatMap((key) => world.charge(key)?.period?.end ?? []);
    return ends.some((end) => from >= end);
  });
}

/**
 * Since when the line of an ended subscription has ended by an order that is written already: neither one that
 * was placed before and took longer to complete, nor a change, takes it up again.
 */
function endWritten(
  world: PlanWorld,
  { order, subscriptionId }: WantedLine,
  { open, marker }: { open: OpenLine; marker: Marker },
): CalendarDate | null {
  if (subscriptionId === null || world.endedOn(subscriptionId) === null) return null;
  const ends = world.linksOn(open.snapshot.document.id).flatMap(({ step, orderId }) => {
    const later = step?.marker === marker && isZero(step.quantity) ? world.order(orderId) : null;
    const isOver = later !== null && (order.type === 'change' || comparePlaced(later, order) > 0);
    return isOver && step !== undefined ? [step.from] : [];
  });
  return ends.sort()[0] ?? null;
}

/** A step that names no price keeps the line's. */
export const priceOfStep = ({ unitPrice }: Step, open: OpenLine | null): Decimal =>
  unitPrice ?? open?.line.unitPrice ?? '0';

/** A line that was never opened, and that no order before is about to open, has nothing to end. */
export const endsNothing = (
  world: PlanWorld,
  { order, subscriptionId }: WantedLine,
  step: Step,
  open: OpenLine | null,
): boolean => isZero(step.quantity) && open === null && !willOpen(world, order, subscriptionId);
