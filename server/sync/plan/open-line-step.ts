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
    (until !== null && sets.from >= until)
      ? {}
      : { sets: stepOf(sets) }),
  };
}

/**
 * Since when the line has ended by an order that was placed later and is written already: an order that
 * took longer to complete does not take it up again.
 */
function endWritten(
  world: PlanWorld,
  { order, subscriptionId }: WantedLine,
  { open, marker }: { open: OpenLine; marker: Marker },
): CalendarDate | null {
  if (subscriptionId === null || world.endedOn(subscriptionId) === null) return null;
  const ends = world.linksOn(open.snapshot.document.id).flatMap(({ step, orderId }) => {
    const later = step?.marker === marker && isZero(step.quantity) ? world.order(orderId) : null;
    return later !== null && step !== undefined && comparePlaced(later, order) > 0
      ? [step.from]
      : [];
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
