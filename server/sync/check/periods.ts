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
  const months = monthsOf(subscription);
  const anchor = subscription.startDate ?? subscription.renewalDate;
  if (months === null || anchor === null) return null;
  const end = boundaryAfter({ anchor, months, day: charge.placedOn });
  return end === null ? null : { start: charge.placedOn, end };
}

function monthsOf({ billingPeriod }: Subscription): number | null {
  if (billingPeriod === null || !Number.isInteger(billingPeriod.count) || billingPeriod.count < 1)
    return null;
  if (billingPeriod.unit === 'month') return billingPeriod.count;
  return billingPeriod.unit === 'year' ? billingPeriod.count * 12 : null;
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
