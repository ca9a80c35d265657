import { compare, divide, isZero, multiply, subtract } from '../../domain/decimal.ts';
import { amountText, type Money, money, zero } from '../../domain/money.ts';
import { about } from './figures.ts';
import type { Finding } from './looked.ts';
import type { Pair } from './pair.ts';
import { monthsIn } from './series.ts';

/** Places of a unit price that only serves to say what a difference in quantity is worth. */
const placesKept = 6;

/** A living subscription beside the line that pays for it: the same, or what differs and its worth. */
export function judgeLive({ held, series, sure }: Pair): Finding {
  const base = { ...about(held, series), since: null };
  const { currency, cost, belowCost } = base;
  const wanted = base.here?.monthly ?? null;
  const billed = base.there?.monthly ?? zero(currency);
  const quantities = compareQuantities(base);
  if (wanted === null) return { ...base, ...unpriced(base, billed, quantities) };
  const monthly = minus(wanted, billed);
  const { noLink } = base;
  if (quantities !== 0)
    return {
      ...base,
      kind: 'quantity',
      reason: quantities > 0 ? 'more-here' : 'fewer-here',
      monthly,
    };
  // A month's part of a longer period is rounded on both sides.
  const periods = [
    ...held.map(({ period }) => period),
    ...series.map(({ newest }) => newest.open?.every ?? null),
  ];
  const tolerance = periods.some((period) => monthsIn(period) > 1) ? 1n : 0n;
  if (monthly.amountMinor > tolerance)
    return { ...base, kind: 'price', reason: 'dearer-here', monthly };
  if (monthly.amountMinor < -tolerance)
    return { ...base, kind: 'price', reason: 'cheaper-here', monthly };
  if (belowCost && cost !== null)
    return {
      ...base,
      kind: 'below-cost',
      reason: 'at-or-below-cost',
      monthly: minus(billed, cost),
    };
  if (noLink !== null) return { ...base, kind: 'unsure', reason: noLink, monthly: zero(currency) };
  return sure
    ? { ...base, kind: 'exact', reason: 'same', monthly: zero(currency) }
    : { ...base, kind: 'unsure', reason: 'other-words', monthly: zero(currency) };
}

type Sides = Pick<Finding, 'here' | 'there' | 'currency'>;

/** One line of quantity 1 says a whole amount and no quantity, as long as it is the whole amount. */
function compareQuantities({ here, there }: Sides): -1 | 0 | 1 {
  const isLumpSum =
    there !== null &&
    compare(there.quantity, '1') === 0 &&
    there.monthly?.amountMinor === here?.monthly?.amountMinor;
  return isLumpSum ? 0 : compare(here?.quantity ?? '0', there?.quantity ?? '0');
}

/** Without a price of the marketplace only quantities can be compared, at the price billed today. */
function unpriced(
  { here, there, currency }: Sides,
  billed: Money,
  quantities: -1 | 0 | 1,
): Pick<Finding, 'kind' | 'reason' | 'monthly'> {
  if (quantities === 0 || here === null || there === null || isZero(there.quantity))
    return { kind: 'unsure', reason: 'price-unknown', monthly: zero(currency) };
  const unit = divide(amountText(billed), there.quantity, placesKept);
  return {
    kind: 'quantity',
    reason: quantities > 0 ? 'more-here' : 'fewer-here',
    monthly: money(multiply(unit, subtract(here.quantity, there.quantity)), currency),
  };
}

const minus = (left: Money, right: Money): Money => ({
  ...left,
  amountMinor: left.amountMinor - right.amountMinor,
});
