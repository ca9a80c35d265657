import {
  boundaryAfter,
  boundaryOn,
  gridOf,
  wholeMonths as monthsOf,
} from '../../domain/billing-grid.ts';
import type { Charge } from '../../domain/charge.ts';
import { addMonths, type CalendarDate, type ServicePeriod } from '../../domain/dates.ts';
import { compare } from '../../domain/decimal.ts';
import type { Subscription } from '../../domain/subscription.ts';

/**
 * The days a part-period charge pays for: from its effective day, which is charged, to the next
 * boundary of the subscription's billing period. Null where the charge is not a known part of a
 * period or the subscription does not tell its months.
 */
export function partPeriodOf(
  charge: Charge,
  subscription: Subscription | null,
): ServicePeriod | null {
  if (charge.class !== 'recurring' && charge.class !== 'proration' && charge.class !== 'credit')
    return null;
  if (charge.share === null || subscription === null) return null;
  const toOne = compare(charge.share, '1');
  const isOpenLine = charge.class === 'recurring' && charge.amount.amountMinor >= 0n;
  const grid = gridOf(subscription);
  if (grid === null || toOne > 0 || (toOne === 0 && isOpenLine)) return null;
  // The whole period is what is given back or added on its first day.
  if (toOne === 0 && boundaryOn(grid, charge.placedOn) !== charge.placedOn) return null;
  const end = boundaryAfter(grid, charge.placedOn);
  return end === null ? null : { start: charge.placedOn, end };
}

/** The day its billing period began that is under way; null where it does not tell, or starts later. */
export function periodStartOf(
  subscription: Subscription,
  today: CalendarDate,
): CalendarDate | null {
  const grid = gridOf(subscription);
  return grid === null ? null : boundaryOn(grid, today);
}

/**
 * The first billing period of a term that `newer` later renewals have moved past already: counted
 * back from the present end. Null where the subscription does not tell its months, and for one that
 * has ended on another day than a term does.
 */
export function renewedPeriodOf(subscription: Subscription, newer: number): ServicePeriod | null {
  const { startDate, expirationDate: end, status } = subscription;
  const term = monthsOf(subscription.term);
  const billed = monthsOf(subscription.billingPeriod);
  if (term === null || billed === null || end === null) return null;
  const anchor = startDate ?? end;
  if (status === 'ended' && !isOnGrid(anchor, end)) return null;
  const start = movedOn(anchor, end, -term * (newer + 1));
  return { start, end: movedOn(anchor, start, billed) };
}

/** Whether the day is a whole number of months from the anchor, the end of a short month included. */
const isOnGrid = (anchor: CalendarDate, day: CalendarDate): boolean =>
  addMonths(anchor, monthsFrom(anchor, day)) === day;

/** Whole months on, by the anchor's day: the 28th of February leads a 31st back to a 31st. */
const movedOn = (anchor: CalendarDate, day: CalendarDate, months: number): CalendarDate =>
  isOnGrid(anchor, day)
    ? addMonths(anchor, monthsFrom(anchor, day) + months)
    : addMonths(day, months);

function monthsFrom(anchor: CalendarDate, day: CalendarDate): number {
  const months = (of: CalendarDate) => Number(of.slice(0, 4)) * 12 + Number(of.slice(5, 7));
  return months(day) - months(anchor);
}
