import { add, compare, type Decimal, multiply, subtract } from '../../domain/decimal.ts';
import { amountText, type Money, money } from '../../domain/money.ts';
import { perMonth } from '../../domain/monthly.ts';
import { isSameProduct, likenessOf } from './likeness.ts';
import type { HeldProduct, Series } from './looked.ts';

/** What belongs together: products of one kind beside the lines they are billed on. */
export interface Pair {
  held: HeldProduct[];
  series: Series[];
  /** By item or name; else only quantity and amount are the same. */
  sure: boolean;
}
export interface Paired {
  pairs: Pair[];
  heldAlone: HeldProduct[];
  seriesAlone: Series[];
}

/**
 * Pairs what one company holds with what it is billed, in one currency, each at most once: living
 * subscriptions first, the likest first. Several subscriptions of a product on one line, or one on
 * several lines, are put together where that is what keeps a pair from being equal.
 */
export function pairUp(
  held: readonly HeldProduct[],
  series: readonly Series[],
  isDue: (held: HeldProduct) => boolean,
): Paired {
  const pairs = bestFirst(held, series, isDue);
  const left: Left = {
    held: held.filter((one) => !pairs.some((pair) => pair.held.includes(one))),
    series: series.filter((one) => !pairs.some((pair) => pair.series.includes(one))),
  };
  for (const pair of pairs) putTogether(pair, left, isDue);
  const byFigures = sameFigures(left.held, left.series);
  return {
    pairs: [...pairs, ...byFigures],
    heldAlone: left.held.filter((one) => !byFigures.some((pair) => pair.held.includes(one))),
    seriesAlone: left.series.filter((one) => !byFigures.some((pair) => pair.series.includes(one))),
  };
}

/** What a product costs the customer a month; null where no price was told. */
export const monthlyOf = ({ quantity, unitPrice, period, currency }: HeldProduct): Money | null =>
  unitPrice === null ? null : money(perMonth(multiply(quantity, unitPrice), period), currency);

const looksOf = (held: HeldProduct) => ({
  ...held,
  amount:
    held.unitPrice === null ? null : money(multiply(held.quantity, held.unitPrice), held.currency),
});

function bestFirst(
  held: readonly HeldProduct[],
  series: readonly Series[],
  isDue: (held: HeldProduct) => boolean,
): Pair[] {
  const possible = held.flatMap((one) => {
    const looks = looksOf(one);
    return series
      .filter(({ newest }) => isSameProduct(newest, looks))
      .map((line) => ({
        one,
        line,
        rank: rank(one) * 2 + Number(!isDue(one)),
        likeness: likenessOf(line.newest, looks),
        apart: distance(line.newest.quantity, one.quantity),
      }));
  });
  possible.sort(
    (a, b) =>
      Number(b.line.current) - Number(a.line.current) ||
      a.rank - b.rank ||
      b.likeness - a.likeness ||
      compare(a.apart, b.apart) ||
      (a.line.newest.date < b.line.newest.date ? 1 : -1),
  );
  const taken = new Set<HeldProduct | Series>();
  return possible.flatMap(({ one, line }) => {
    if (taken.has(one) || taken.has(line)) return [];
    taken.add(one).add(line);
    return [{ held: [one], series: [line], sure: true }];
  });
}

const distance = (left: Decimal, right: Decimal): Decimal =>
  compare(left, right) < 0 ? subtract(right, left) : subtract(left, right);

const ranks = { live: 0, idle: 1, ended: 2 } as const;
const rank = ({ state }: HeldProduct): number => ranks[state.is];

/**
 * Takes what is left of the same product into a pair that is not equal. What need not be billed yet is
 * only taken in where it makes the pair equal.
 */
function putTogether(pair: Pair, left: Left, isDue: (held: HeldProduct) => boolean): void {
  const [first] = pair.held;
  if (first === undefined || first.state.is !== 'live' || isEqual(pair)) return;
  if (!pair.series.every(({ current }) => current)) return;
  const alike = left.held.filter(
    (one) =>
      one.state.is === 'live' &&
      (first.productKey === null ? one.name === first.name : one.productKey === first.productKey),
  );
  const due = alike.filter(isDue);
  const isEqualWith = (held: readonly HeldProduct[]): boolean =>
    isEqual({ ...pair, held: [...pair.held, ...held] });
  const more = !isEqualWith(due) && isEqualWith(alike) ? alike : due;
  const lines =
    more.length > 0
      ? []
      : left.series.filter((one) => one.current && isSameProduct(one.newest, looksOf(first)));
  pair.held.push(...more);
  pair.series.push(...lines);
  left.held = left.held.filter((one) => !more.includes(one));
  left.series = left.series.filter((one) => !lines.includes(one));
}

interface Left {
  held: HeldProduct[];
  series: Series[];
}

/** In quantity, or where a line only says an amount, in that. */
const isEqual = ({ held, series }: Pair): boolean =>
  sumOf(held.map(({ quantity }) => quantity)) ===
    sumOf(series.map(({ newest }) => newest.quantity)) ||
  sumOf(held.map((one) => amountOf(one) ?? '0')) ===
    sumOf(series.map(({ newest }) => amountText(newest.amount)));
export const sumOf = (quantities: readonly Decimal[]): Decimal => quantities.reduce(add, '0');

/** In other words but with the same quantity and amount, and nothing else it could be. */
function sameFigures(held: readonly HeldProduct[], series: readonly Series[]): Pair[] {
  const fits = (one: HeldProduct, { newest, current }: Series): boolean =>
    current &&
    one.state.is === 'live' &&
    amountText(newest.amount) === amountOf(one) &&
    sumOf([newest.quantity]) === sumOf([one.quantity]);
  return held.flatMap((one): Pair[] => {
    const [line, ...otherLines] = series.filter((each) => fits(one, each));
    if (line === undefined || otherLines.length > 0) return [];
    const rivals = held.filter((each) => fits(each, line));
    return rivals.length > 1 ? [] : [{ held: [one], series: [line], sure: false }];
  });
}
const amountOf = (held: HeldProduct): Decimal | null => {
  const { amount } = looksOf(held);
  return amount === null ? null : amountText(amount);
};
