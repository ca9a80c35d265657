import { type Exact, equals, exact, isBelowZero, isZero, minus, one, quotient } from './exact.ts';
import type { Detail, Order, Sold } from './marketplace-journal.ts';

export const dayOf = (moment: string): string => moment.slice(0, 10);

/** An order of a billing run has no type of its own; it is known by what it is made of. */
export const isBillingRun = (order: Order): boolean =>
  order.type === 'unknown' && order.details.length > 0 && order.details.every(runs);

/**
 * The first day a charge pays for: the order's day where nothing else tells. `isTold` says that the
 * journal fixes it, so that the text of a line must agree.
 */
export function serviceStart(
  order: Order,
  detail: Detail,
  { renewedFrom }: Pick<Sold, 'renewedFrom'>,
): { day: string; isTold: boolean } {
  const placed = dayOf(order.creationDate);
  const unknown = { day: placed, isTold: false };
  if (!isWhole(detail) || !runs(detail)) return unknown;
  const renewed = renewedFrom.get(order.id);
  if (renewed !== undefined && order.type === 'renewal' && detail.type === 'renew')
    return { day: renewed, isTold: true };
  const isAfterwards =
    detail.type === 'overuse' ||
    order.billingModel === 'chargeAfterBillingPeriod' ||
    order.billingModel === 'chargeExternalRating';
  if (isBillingRun(order))
    return { day: isAfterwards ? moved(placed, detail, -1) : placed, isTold: true };
  return order.type === 'sales' && !isAfterwards
    ? { day: dayOf(order.provisioningDate ?? placed), isTold: true }
    : unknown;
}

export const runs = ({ type }: Detail): boolean =>
  ['recurring', 'renew', 'billRecord', 'overuse'].includes(type);

function isWhole({ duration }: Detail): boolean {
  return duration !== undefined && /^[1-9]\d*$/.test(duration.duration);
}

function moved(day: string, { duration }: Detail, sign: 1 | -1): string {
  const count = sign * Number(duration?.duration ?? '0');
  const [year = 0, month = 1, dayOfMonth = 1] = day.split('-').map(Number);
  if (duration?.type === 'day')
    return new Date(Date.UTC(year, month - 1, dayOfMonth + count)).toISOString().slice(0, 10);
  const months = duration?.type === 'year' ? count * 12 : count;
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(dayOfMonth, lastDay)))
    .toISOString()
    .slice(0, 10);
}

/** The part of a whole billing period; null where the journal does not tell it. */
export function shareOf(order: Order, detail: Detail): Exact | null {
  const { duration } = detail;
  if (duration === undefined) return null;
  const length = exact(duration.duration);
  if (isZero(length) || isBelowZero(length)) return null;
  const cadences = new Set(
    productLines(order, detail).flatMap(({ billingPeriod }) =>
      billingPeriod === undefined ? [] : [`${billingPeriod.type} ${billingPeriod.duration}`],
    ),
  );
  const [only] = cadences;
  if (cadences.size !== 1 || only === undefined)
    return isBelowZero(minus(length, one)) || equals(length, one) ? length : null;
  const [type = '', count = '1'] = only.split(' ');
  const unit = monthsIn(duration.type);
  const whole = monthsIn(type);
  if (duration.type === type) return quotient(length, exact(count), 12);
  if (unit === null || whole === null) return null;
  const months = { units: length.units * BigInt(unit), places: length.places };
  return quotient(months, { units: BigInt(whole) * BigInt(count), places: 0 }, 12);
}

const monthsIn = (type: string): number | null =>
  type === 'month' ? 1 : type === 'year' ? 12 : null;

/** The product lines of an order that a charge is about. */
export const productLines = (order: Order, detail: Detail): Order['products'] =>
  order.products.filter(({ id, mpn }) =>
    detail.productId === undefined ? mpn === detail.mpn : id === detail.productId,
  );
