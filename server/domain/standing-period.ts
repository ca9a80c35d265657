import { boundaryAfter, boundaryOn, wholeMonths } from './billing-grid.ts';
import { addDays, type CalendarDate, later, type ServicePeriod } from './dates.ts';
import type { BillingOfStanding } from './document.ts';

/** The period of an agreement that a day lies in; null where its cycle has no known length. */
export function periodOn(
  { cycle, billsFrom }: BillingOfStanding,
  day: CalendarDate,
): ServicePeriod | null {
  const months = wholeMonths(cycle);
  if (months === null) return null;
  const grid = { anchor: billsFrom, months };
  const [start, end] = [boundaryOn(grid, day), boundaryAfter(grid, day)];
  return start === null || end === null ? null : { start, end };
}

/** The first day that can still be billed. */
export const firstOpenDay = ({ billsFrom, billedThrough }: BillingOfStanding): CalendarDate =>
  billedThrough === null ? billsFrom : later(billsFrom, addDays(billedThrough, 1));
