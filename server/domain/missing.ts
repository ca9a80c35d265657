import { type BillingGrid, boundaryAfter, boundaryOn, gridOf } from './billing-grid.ts';
import type { Charge } from './charge.ts';
import {
  addDays,
  addMonths,
  type CalendarDate,
  daysBetween,
  later,
  type ServicePeriod,
} from './dates.ts';
import { compare } from './decimal.ts';
import type { Subscription } from './subscription.ts';

// Which periods of a subscription need a charge, and which charge pays for which of them. Orders are
// read beside it; nothing here knows of documents.

/** Periods of one subscription that are asked for at once: two years of months. */
export const missingPeriodsMax = 24;
/** A marketplace and its subscription may name the first day of a period so many days apart. */
const daysApartMax = 3;
/** An order that does not tell its days may be placed so many days before they begin. */
const daysAheadMax = 7;
/** Periods that a late billing run catches up with. */
const catchUpMax = 3;

export const missingOrderId = (subscriptionId: string, start: CalendarDate): string =>
  `missing:${subscriptionId}:${start}`;
export const isMissingOrder = (orderId: string): boolean => orderId.startsWith('missing:');
/** A line that was billed from the subscription is known by (subscription, product, period). */
export const missingKey = (
  subscriptionId: string,
  productKey: string,
  start: CalendarDate,
): string => `missing:${subscriptionId}:${productKey}:${start}`;

type Dates = Pick<
  Subscription,
  'status' | 'autoRenews' | 'billingPeriod' | 'startDate' | 'renewalDate' | 'expirationDate'
>;

/**
 * The periods whose charge should have come by now: those that began on or after `from`, as long as
 * the subscription lives, once `afterDays` have passed since they were due. One that is billed in
 * arrears is due at its end. Empty where the subscription does not tell its months.
 */
export function duePeriods(
  subscription: Dates,
  at: { from: CalendarDate; today: CalendarDate; afterDays: number; arrears: boolean },
): ServicePeriod[] {
  const { status, autoRenews, startDate, expirationDate } = subscription;
  const grid = gridOf(subscription);
  if (status !== 'active' || grid === null) return [];
  const from = startDate === null ? at.from : later(at.from, startDate);
  const periods: ServicePeriod[] = [];
  let start = boundaryAfter(grid, addDays(from, -1));
  while (start !== null && periods.length < missingPeriodsMax) {
    const end = boundaryAfter(grid, start);
    if (end === null) break;
    const isOver = !autoRenews && expirationDate !== null && start >= expirationDate;
    const wait = addDays(at.arrears ? end : start, at.afterDays);
    if (isOver || wait > at.today) break;
    periods.push({ start, end });
    start = end;
  }
  return periods;
}

type Paying = Pick<Charge, 'class' | 'share' | 'period' | 'placedOn'>;

/**
 * The first days of the periods that a charge pays for as a whole. None for a part of a period, for
 * setup, usage and money back: they never stand for a period's charge.
 */
export function paidStarts(subscription: Dates, charge: Paying): CalendarDate[] {
  const grid = gridOf(subscription);
  if (grid === null || charge.class !== 'recurring') return [];
  if (charge.share !== null && compare(charge.share, '1') < 0) return [];
  const { period, placedOn } = charge;
  if (period === null) {
    const start = boundaryOn(grid, addDays(placedOn, daysAheadMax));
    return start === null ? [] : [start];
  }
  return startsWithin(grid, period);
}

/** As many periods as its days are long: a late run tells a month from its own day on. */
function startsWithin(grid: BillingGrid, period: ServicePeriod): CalendarDate[] {
  const starts: CalendarDate[] = [];
  const daysEach = daysBetween(grid.anchor, addMonths(grid.anchor, grid.months));
  const wanted = Math.max(1, Math.round(daysBetween(period.start, period.end) / daysEach));
  let start = boundaryOn(grid, addDays(period.start, daysApartMax));
  while (start !== null && starts.length < Math.min(wanted, missingPeriodsMax)) {
    starts.push(start);
    start = boundaryAfter(grid, start);
  }
  return starts;
}

/**
 * Which periods each charge of one product pays for. Two orders for one period mean that a run caught
 * up: the later one pays for the nearest period before that has none. Charges of one order belong
 * together. The order of what is given does not matter.
 */
export function paidPeriods(
  subscription: Dates,
  charges: readonly (Paying & Pick<Charge, 'key' | 'orderId'>)[],
): Map<string, CalendarDate[]> {
  const grid = gridOf(subscription);
  const paid = new Map<string, CalendarDate[]>();
  if (grid === null) return paid;
  const takenBy = new Map<CalendarDate, string>();
  const sorted = [...charges].sort(
    (a, b) =>
      byText(a.placedOn, b.placedOn) || byText(a.orderId, b.orderId) || byText(a.key, b.key),
  );
  for (const charge of sorted) {
    const starts = paidStarts(subscription, charge).map((start) => {
      const free = freeBefore(grid, start, (one) => {
        const other = takenBy.get(one);
        return other === undefined || other === charge.orderId;
      });
      takenBy.set(free, charge.orderId);
      return free;
    });
    paid.set(charge.key, starts);
  }
  return paid;
}

/** The period itself, else the nearest free one shortly before it, else itself all the same. */
function freeBefore(
  grid: BillingGrid,
  start: CalendarDate,
  isFree: (start: CalendarDate) => boolean,
): CalendarDate {
  let one: CalendarDate | null = start;
  for (let back = 0; back <= catchUpMax && one !== null; back += 1) {
    if (isFree(one)) return one;
    one = boundaryOn(grid, addDays(one, -1));
  }
  return start;
}
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The periods that a charge may pay for, its own and those a run may catch up with. */
export function perhapsPaid(subscription: Dates, charge: Paying): CalendarDate[] {
  const grid = gridOf(subscription);
  const own = paidStarts(subscription, charge);
  const earlier: CalendarDate[] = [];
  let one = own[0] ?? null;
  for (let back = 0; back < catchUpMax && one !== null && grid !== null; back += 1) {
    one = boundaryOn(grid, addDays(one, -1));
    if (one !== null) earlier.push(one);
  }
  return [...own, ...earlier];
}

/** Whether a subscription is billed at the end of its periods, as its last whole charge tells. */
export const isArrears = (charges: readonly Paying[]): boolean => {
  const whole = charges.filter(
    ({ class: kind, period }) => kind === 'recurring' && period !== null,
  );
  const last = whole.reduce<Paying | null>(
    (newest, one) => (newest === null || one.placedOn >= newest.placedOn ? one : newest),
    null,
  );
  return last?.period != null && last.placedOn >= last.period.end;
};
