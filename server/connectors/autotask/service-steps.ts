import { addDays, type CalendarDate } from '../../domain/dates.ts';
import { add, compare, isZero, negate, subtract } from '../../domain/decimal.ts';
import type { ServiceBody } from './body.ts';
import { dayShiftsMax } from './limits.ts';
import type { Unit } from './schema.ts';

// What is still to be done until a contract service holds what its steps say, from its ranges of units.

/** One dated change that is still to be made. */
export interface Change {
  from: CalendarDate;
  unitChange: string;
  unitPrice: string;
}
export interface Now {
  quantity: string;
  unitPrice: string;
  units: readonly Unit[];
}

/**
 * The dated changes that bring a service to its steps, none where it came there already; null where it
 * stands neither where it was nor on the way, so that somebody changed it. A step counts as taken on its
 * day or on the next ones, since one that was late took them. Prices are told by the last one alone.
 */
export function changesLeft(
  { before, steps }: Pick<ServiceBody, 'before' | 'steps'>,
  now: Now,
): Change[] | null {
  const [first] = steps;
  const start = before ?? { quantity: '0', unitPrice: first?.unitPrice ?? '0' };
  const ranges = rangesOf(now.units);
  const isKnown = [start, ...steps].some((state) => isAt(state, now));
  if (!isKnown && !isOnTheWay(ranges, now, first)) return null;
  const pricesTold = steps.findLastIndex(
    (step) => compare(step.unitPrice, now.unitPrice) === 0 || isZero(step.quantity),
  );
  const changes: Change[] = [];
  let moved = '0';
  for (const [index, step] of steps.entries()) {
    const next = steps[index + 1]?.from;
    const taken = daysFrom(step.from, dayShiftsMax)
      .filter((day) => next === undefined || day < next)
      // Late only where another change had the day before.
      .filter((day) => isBusyBefore(ranges, step.from, day))
      .find((day) => compare(add(inForce(ranges, day), moved), step.quantity) === 0);
    const had = steps[index - 1]?.unitPrice ?? start.unitPrice;
    const isPriced =
      isZero(step.quantity) || index <= pricesTold || compare(had, step.unitPrice) === 0;
    const isTaken = taken !== undefined && isPriced;
    // A step that was taken stands, unless somebody let it end with another one after it.
    if (
      isTaken &&
      (next !== undefined || isAt(step, { ...now, quantity: add(now.quantity, moved) }))
    )
      continue;
    if (!isTaken) {
      const unitChange = subtract(step.quantity, add(inForce(ranges, step.from), moved));
      changes.push({ from: step.from, unitChange, unitPrice: step.unitPrice });
      moved = add(moved, unitChange);
    }
    // What was to begin after this step does not any more.
    for (const { from, change } of settled(changesBetween(ranges, taken ?? step.from, next))) {
      changes.push({ from, unitChange: negate(change), unitPrice: step.unitPrice });
      moved = subtract(moved, change);
    }
  }
  return neverBelowNone(ranges, changes);
}

/**
 * "The unitChange would make the number of units less than zero", on its day and on every later one: before
 * an earlier change takes units away, what takes fewer of them away later is taken back. The day of that
 * one is taken, so it is the day before: for that day the line has the units that it had all the time.
 */
function neverBelowNone(ranges: readonly Range[], changes: readonly Change[]): Change[] {
  const [first] = changes;
  const isRefused =
    first !== undefined &&
    ranges.some(
      ({ from, quantity }) =>
        from > first.from && compare(add(quantity, first.unitChange), '0') < 0,
    );
  if (!isRefused) return [...changes];
  const isLaterBack = ({ from, unitChange }: Change): boolean =>
    from > first.from && compare(unitChange, '0') > 0 && ranges.some((one) => one.from === from);
  const early = changes.filter(isLaterBack).reverse();
  return [
    ...early.map((change) => ({ ...change, from: freeDayBefore(ranges, change.from) })),
    ...changes.filter((change) => !isLaterBack(change)),
  ];
}

const freeDayBefore = (ranges: readonly Range[], day: CalendarDate): CalendarDate =>
  daysFrom(addDays(day, -dayShiftsMax), dayShiftsMax - 1)
    .reverse()
    .find((one) => !ranges.some(({ from }) => from === one)) ?? day;

/** Later changes were taken back already: it stands last as it stood on a day from its first step on. */
const isOnTheWay = (
  ranges: readonly Range[],
  now: Now,
  first: ServiceBody['steps'][number] | undefined,
): boolean =>
  ranges
    .slice(0, -1)
    .some(
      ({ from, quantity }, index) =>
        from >= (first?.from ?? from) &&
        compare(quantity, now.quantity) === 0 &&
        compare(ranges[index + 1]?.quantity ?? quantity, quantity) > 0,
    );

/** Without a change and the one that took it back within the days that a vendor makes one wait. */
function settled(
  changes: readonly { from: CalendarDate; change: string }[],
): { from: CalendarDate; change: string }[] {
  const left = [...changes];
  for (let index = left.length - 1; index > 0; index -= 1) {
    const [before, after] = [left[index - 1], left[index]];
    if (before === undefined || after === undefined) continue;
    const isBack = compare(add(before.change, after.change), '0') === 0;
    if (isBack && after.from <= addDays(before.from, dayShiftsMax)) left.splice(index - 1, 2);
  }
  return left;
}

const isAt = (state: { quantity: string; unitPrice: string }, now: Now): boolean =>
  compare(state.quantity, now.quantity) === 0 &&
  (isZero(state.quantity) || compare(state.unitPrice, now.unitPrice) === 0);

interface Range {
  from: CalendarDate;
  quantity: string;
}
const rangesOf = (units: readonly Unit[]): Range[] =>
  units
    .map(({ startDate, units: quantity }) => ({ from: startDate, quantity }))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
const inForce = (ranges: readonly Range[], day: CalendarDate): string =>
  ranges.findLast(({ from }) => from <= day)?.quantity ?? '0';
const daysFrom = (day: CalendarDate, more: number): CalendarDate[] =>
  Array.from({ length: more + 1 }, (_, index) => addDays(day, index));

const isBusyBefore = (ranges: readonly Range[], from: CalendarDate, day: CalendarDate): boolean =>
  daysFrom(from, dayShiftsMax)
    .filter((one) => one < day)
    .every((one) => ranges.some((range) => range.from === one));

/** Changes that stand after a day and before the next step. */
function changesBetween(
  ranges: readonly Range[],
  after: CalendarDate,
  before: CalendarDate | undefined,
): { from: CalendarDate; change: string }[] {
  return ranges.flatMap(({ from, quantity }, index) => {
    const change = subtract(quantity, ranges[index - 1]?.quantity ?? '0');
    const isBetween = from > after && (before === undefined || from < before);
    return isBetween && !isZero(change) ? [{ from, change }] : [];
  });
}
