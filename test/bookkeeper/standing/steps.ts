import { type Exact, equals, isZero, written, zero } from '../exact.ts';

/** From a day on, so many units at this price for a whole period; no units is the end. */
export interface Step {
  from: string;
  quantity: Exact;
  price: Exact;
}

const periodsMax = 1_200;

/** Steps as they count where each period is billed whole: from the first day of their period. */
export function onPeriods(
  steps: readonly Step[],
  { anchor, months }: { anchor: string; months: number },
): Step[] {
  const [year = 0, month = 1, dayOfMonth = 1] = anchor.split('-').map(Number);
  const starts = Array.from({ length: periodsMax }, (_, index) => {
    const lastDay = new Date(Date.UTC(year, month + index * months, 0)).getUTCDate();
    const start = Date.UTC(year, month - 1 + index * months, Math.min(dayOfMonth, lastDay));
    return new Date(start).toISOString().slice(0, 10);
  });
  return steps.map((step) => ({
    ...step,
    from: starts.findLast((start) => start <= step.from) ?? step.from,
  }));
}

/** Vendors that take one change a day put a second one on one of the next days. */
export const shiftDaysMax = 3;

/** In the order of their days, the last of each day, and only those that change something. */
export function tidy(steps: readonly Step[]): Step[] {
  const byDay = new Map<string, Step>();
  for (const step of steps) byDay.set(step.from, step);
  const days = [...byDay.values()].sort((a, b) => (a.from < b.from ? -1 : 1));
  const kept: Step[] = [];
  for (const step of days) if (!isAlike(kept.at(-1), step)) kept.push(step);
  return kept;
}

const isAlike = (before: Step | undefined, step: Step): boolean =>
  before === undefined || isZero(before.quantity)
    ? isZero(step.quantity)
    : equals(before.quantity, step.quantity) && equals(before.price, step.price);

/** What holds on a day. */
export function inForce(steps: readonly Step[], day: string): Omit<Step, 'from'> {
  const last = tidy(steps).findLast(({ from }) => from <= day);
  return last ?? { quantity: zero, price: zero };
}

/**
 * Whether two lines are the same on every day. A day that was changed twice may be late by as many days
 * as the vendor makes a second change wait.
 */
export function isSameEveryDay(wanted: readonly Step[], held: readonly Step[]): boolean {
  const twice = daysChangedTwice(wanted);
  const days = [
    ...wanted.map(({ from }) => from),
    ...held.map(({ from }) => from),
    ...twice.map((day) => moved(day, shiftDaysMax)),
  ];
  return [...new Set(days)].every((day) => {
    const isLate = twice.some((changed) => day >= changed && day < moved(changed, shiftDaysMax));
    return isLate || isSame(inForce(wanted, day), inForce(held, day));
  });
}

const isSame = (a: Omit<Step, 'from'>, b: Omit<Step, 'from'>): boolean =>
  (isZero(a.quantity) && isZero(b.quantity)) ||
  (equals(a.quantity, b.quantity) && equals(a.price, b.price));

const daysChangedTwice = (steps: readonly Step[]): string[] =>
  [...Map.groupBy(steps, ({ from }) => from)]
    .filter(([, same]) => same.some((step) => !isSame(step, same[0] ?? step)))
    .map(([day]) => day);

export const moved = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

export const inWords = (steps: readonly Step[]): string =>
  tidy(steps)
    .map(({ from, quantity, price }) =>
      isZero(quantity)
        ? `ends on ${from}`
        : `${written(quantity)} x ${written(price)} from ${from}`,
    )
    .join(', ') || 'nothing';
