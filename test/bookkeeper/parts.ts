import type { Charge } from './charge.ts';
import {
  type Exact,
  equals,
  exact,
  isBelowZero,
  isZero,
  minus,
  one,
  quotient,
  times,
  toCoins,
} from './exact.ts';
import type { Detail, Order, Sold } from './marketplace-journal.ts';
import { dayOf, productLines, serviceStart, shareOf } from './service.ts';

const monthsOfYear = 12;
const paid = new Set(['recurring', 'renew', 'billRecord']);
const finePlaces = 18;

/** Months that a charge is billed in, one part each; null where it is billed at once. */
function monthsOf(order: Order, detail: Detail, { amount }: Charge): number | null {
  const share = shareOf(order, detail);
  if (!paid.has(detail.type) || share === null || !equals(share, one)) return null;
  if (isBelowZero(amount) || isZero(amount)) return null;
  const [period] = productLines(order, detail).flatMap(({ billingPeriod }) => billingPeriod ?? []);
  if (period === undefined) return null;
  const months = Number(period.duration) * (period.type === 'year' ? monthsOfYear : 1);
  return months >= monthsOfYear ? months : null;
}

/**
 * A yearly charge as the monthly parts that are due by now: each the whole divided by the months and
 * rounded, the last one the rest; on the day its subscription was cancelled everything that is left.
 * Null where the charge is billed at once.
 */
export function inParts(
  { order, detail, charge }: { order: Order; detail: Detail; charge: Charge },
  sold: Sold,
  today: string,
): Charge[] | null {
  const count = monthsOf(order, detail, charge);
  if (count === null) return null;
  const { day, isTold } = serviceStart(order, detail, sold);
  const each = toCoins(quotient(charge.amount, exact(String(count)), finePlaces), charge.currency);
  const before = (part: number): Exact => times(each, exact(String(part)));
  const left = sold.orders.find(
    (other) =>
      other.type === 'cancellation' &&
      other.subscriptionId === charge.subscription &&
      other.creationDate > order.creationDate &&
      dayOf(other.creationDate) < monthsOn(day, count),
  );
  const leftOn = left === undefined ? null : dayOf(left.creationDate);
  const parts: Charge[] = [];
  let first = 1;
  for (; first <= count; first += 1) {
    const start = monthsOn(day, first - 1);
    if (start > today || (leftOn !== null && start > leftOn)) break;
    const amount = first === count ? minus(charge.amount, before(count - 1)) : each;
    parts.push({
      ...charge,
      order: `${charge.order}/${first}`,
      start: isTold ? start : null,
      amount,
    });
  }
  if (leftOn !== null && first <= count)
    parts.push({
      ...charge,
      order: `${charge.order}/${first === count ? first : `${first}-${count}`}`,
      start: isTold ? monthsOn(day, first - 1) : null,
      amount: minus(charge.amount, before(first - 1)),
    });
  return parts;
}

function monthsOn(day: string, months: number): string {
  const [year = 0, month = 1, dayOfMonth = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(dayOfMonth, last)))
    .toISOString()
    .slice(0, 10);
}
