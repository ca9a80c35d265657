import type { Charge } from '../../domain/charge.ts';
import {
  addDays,
  addMonths,
  type CalendarDate,
  daysBetween,
  type ServicePeriod,
} from '../../domain/dates.ts';
import { compare, multiply } from '../../domain/decimal.ts';
import type { Order } from '../../domain/order.ts';
import type { BillingPeriod } from '../../domain/product.ts';
import type { Subscription } from '../../domain/subscription.ts';

const boundariesMax = 1_200;

/**
 * The days a renewal pays for: the order names none, and may be placed before its term begins or
 * after. The subscription tells when its term ends: the new one where it was read after the order
 * was completed, else the old one. As many whole billing periods as are charged. Null where the
 * subscription does not tell its months or its renewal.
 */
export function renewalPeriodOf(
  charge: Charge,
  { placedOn, completedOn }: Pick<Order, 'placedOn' | 'completedOn'>,
  subscription: Subscription | null,
): ServicePeriod | null {
  if (charge.class !== 'recurring' || charge.share === null || subscription === null) return null;
  const { renewalDate, modifiedDate } = subscription;
  const billed = monthsOf(subscription.billingPeriod);
  const term = monthsOf(subscription.term) ?? billed;
  if (billed === null || term === null || renewalDate === null) return null;
  const months = Number(multiply(charge.share, String(billed)));
  if (!Number.isInteger(months) || months < 1) return null;
  const isRenewed = modifiedDate !== null && modifiedDate >= (completedOn ?? placedOn);
  // Where only a later term begins before this day, it was renewed again since.
  const latest = addDays(addMonths(placedOn, term), -graceDays);
  for (let terms = isRenewed ? 1 : 0; terms < boundariesMax; terms += 1) {
    const back = addMonths(renewalDate, -terms * term);
    if (back >= latest) continue;
    const start = onAnchor(back, subscription.startDate, term);
    return { start, end: addMonths(start, months) };
  }
  return null;
}

/** How late a renewal may be placed and still be told from an early one of the next term. */
const graceDays = 7;

/** The 31st of a subscription that began on a 31st: counted back from the 30th it would be lost. */
function onAnchor(day: CalendarDate, anchor: CalendarDate | null, months: number): CalendarDate {
  if (anchor === null) return day;
  const near = boundaryAfter({ anchor, months, day: addDays(day, -1) });
  return near !== null && daysBetween(day, near) <= monthEndDaysMax ? near : day;
}
/** From the 28th of February to the 31st. */
const monthEndDaysMax = 3;

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

function monthsOf(period: BillingPeriod | null): number | null {
  if (period === null || !Number.isInteger(period.count) || period.count < 1) return null;
  if (period.unit === 'month') return period.count;
  return period.unit === 'year' ? period.count * 12 : null;
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
