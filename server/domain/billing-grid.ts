import { addMonths, type CalendarDate, daysBetween } from './dates.ts';
import type { BillingPeriod } from './product.ts';
import type { Subscription } from './subscription.ts';

/** Boundaries of one subscription that are looked at: a hundred years of months. */
const boundariesMax = 1_200;

/** The days on which a subscription's billing periods begin. */
export interface BillingGrid {
  anchor: CalendarDate;
  /** Months of one period, at least one. */
  months: number;
}

/** Null where the subscription does not tell its months, or no day to count them from. */
export function gridOf({
  billingPeriod,
  startDate,
  renewalDate,
}: Pick<Subscription, 'billingPeriod' | 'startDate' | 'renewalDate'>): BillingGrid | null {
  const months = wholeMonths(billingPeriod);
  const anchor = startDate ?? renewalDate;
  return months === null || anchor === null ? null : { anchor, months };
}

export function wholeMonths(period: BillingPeriod | null): number | null {
  if (period === null || !Number.isInteger(period.count) || period.count < 1) return null;
  if (period.unit === 'month') return period.count;
  return period.unit === 'year' ? period.count * 12 : null;
}

/**
 * The first boundary after a day; null where it lies beyond every one that is looked at. Counted from
 * the anchor each time: month after month, the 31st would become the 28th for good.
 */
export function boundaryAfter(
  { anchor, months }: BillingGrid,
  day: CalendarDate,
): CalendarDate | null {
  const guess = Math.floor(daysBetween(anchor, day) / 31 / months) - 1;
  for (let step = guess; step < guess + boundariesMax; step += 1) {
    const boundary = addMonths(anchor, step * months);
    if (boundary > day) return boundary;
  }
  return null;
}

/** The boundary on or before a day. */
export function boundaryOn(
  { anchor, months }: BillingGrid,
  day: CalendarDate,
): CalendarDate | null {
  const guess = Math.floor(daysBetween(anchor, day) / 31 / months) - 1;
  let found: CalendarDate | null = null;
  for (let step = guess; step < guess + boundariesMax; step += 1) {
    const boundary = addMonths(anchor, step * months);
    if (boundary > day) return found;
    found = boundary;
  }
  return null;
}
