import type { ChargePart } from './charge.ts';
import { addMonths, type CalendarDate, type ServicePeriod } from './dates.ts';
import { divide } from './decimal.ts';
import { amountText, type Money, money } from './money.ts';

// A charge for a year that the customer pays in monthly parts. Every part but the last is the whole divided
// by the months, rounded once half away from zero; the last one takes the rest, so that they add up to the
// cent. Several parts at once, on leaving, are what is left of the whole.

/** Months from which on a charge can be paid in parts. */
export const yearMonths = 12;
const exactPlaces = 18;

export const partOrderId = (chargeKey: string, first: number): string =>
  `part:${chargeKey}:${first}`;
/** What is left on leaving is one order, whichever part it begins with. */
export const restOrderId = (chargeKey: string): string => `part:${chargeKey}:rest`;

type Span = Pick<ChargePart, 'first' | 'last' | 'count'>;

/** The amount of the parts `first` to `last` of `count`. */
export function partAmount(whole: Money, { first, last, count }: Span): Money {
  const one = money(divide(amountText(whole), String(count), exactPlaces), whole.currency);
  const before = one.amountMinor * BigInt(first - 1);
  const through = last === count ? whole.amountMinor : one.amountMinor * BigInt(last);
  return { amountMinor: through - before, currency: whole.currency };
}

/** The days that the parts `first` to `last` pay for. */
export const partPeriod = (
  start: CalendarDate,
  { first, last }: Pick<Span, 'first' | 'last'>,
): ServicePeriod => ({ start: addMonths(start, first - 1), end: addMonths(start, last) });

/**
 * Which parts are due on a day, each with the day it is due: one a month from the first day on; after
 * `leftOn` no more single ones, but everything that is left at once. `taken` are the single parts that
 * are there already, which stay.
 */
export function duePartsOf(of: {
  start: CalendarDate;
  count: number;
  today: CalendarDate;
  leftOn: CalendarDate | null;
  taken: readonly number[];
}): { first: number; last: number; on: CalendarDate; isRest: boolean }[] {
  const { start, count, today, leftOn, taken } = of;
  const due: ReturnType<typeof duePartsOf> = [];
  for (let part = 1; part <= count; part += 1) {
    const on = addMonths(start, part - 1);
    const isDue = on <= today && (leftOn === null || on <= leftOn);
    if (isDue || taken.includes(part)) due.push({ first: part, last: part, on, isRest: false });
  }
  const first = Math.max(0, ...due.map(({ last }) => last)) + 1;
  if (leftOn !== null && leftOn <= today && first <= count)
    due.push({ first, last: count, on: leftOn, isRest: true });
  return due;
}
