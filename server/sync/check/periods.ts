import type { Charge } from '../../domain/charge.ts';
import {
  addMonths,
  type CalendarDate,
  daysBetween,
  type ServicePeriod,
} from '../../domain/dates.ts';
import { compare } from '../../domain/decimal.ts';
import type { Subscription } from '../../domain/subscription.ts';

const boundariesMax = 1_200;

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
  if (charge.share === null || compare(charge.share, '1') >= 0 || subscription === null)
    return null;
  const months = monthsOf(subscription.billingPeriod);
  const anchor = subscription.startDate ?? subscription.renewalDate;
  if (months === null || anchor === null) return null;
  const end = boundaryAfter({ anchor, months, day: charge.placedOn });
  return end === null ? null : { start: charge.placedOn, end };
}

/** The day its billing period began that is under way; null where it does not tell, or starts later. */
export function periodStartOf(
  subscription: Subscription,
  today: CalendarDate,
): CalendarDate | null {
  const months = monthsOf(subscription.billingPeriod);
  const anchor = subscription.startDate ?? subscription.renewalDate;
  if (months === null || anchor === null) return null;
  const start = boundaryAfter({ anchor, months, day: addMonths(today, -months) });
  return start === null || start > today ? null : start;
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

function monthsOf(period: Subscription['term']): number | null {
  if (period === null || !Number.isInteger(period.count) || period.count < 1) return null;
  if (period.unit === 'month') return period.count;
  return period.unit === 'year' ? period.count * 12 : null;
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

/** Counted from the anchor each time: month after month, the 31st would become the 28th for good. */
function boundaryAfter(options: {
  anchor: CalendarDate;
  months: number;
  day: CalendarDate;
}): CalendarDate | null {
  const { anchor, months, day } = options;
  const guess = Math.floor(daysBetween(anchor, day) / 31 / months) - 1;
  for (let step = guess; step < guess + boundariesMax; step += 1) {
    const boundary = addMonths(anchor, step * months);
    if (boundary > day) return boundary;
  }
  return null;
}
