import { cycleOf, isSameCycle } from '../../domain/cycle.ts';
import { compare, type Decimal, multiply, round } from '../../domain/decimal.ts';
import { type Money, money, sum } from '../../domain/money.ts';
import { perMonth } from '../../domain/monthly.ts';
import { sellsBelowCost } from '../plan/below-cost.ts';
import type { Figures, Finding, HeldProduct, NoLink, Series } from './looked.ts';
import { monthlyOf, sumOf } from './pair.ts';

/** No system keeps more places of a price. */
const placesShown = 4;

/** What a finding is about: both sides in figures, and what it costs. */
export function about(
  held: readonly HeldProduct[],
  series: readonly Series[],
): Omit<Finding, 'kind' | 'reason' | 'monthly' | 'since'> {
  const [{ companyId, currency } = { companyId: '', currency: '' }] = [
    ...held,
    ...series.map(({ newest }) => newest),
  ];
  const lines = series.map(({ newest }) => newest);
  const there = thereOf(series, currency);
  const cost = allOf(held.map(costOf), currency);
  return {
    id: idOf(held, series),
    companyId,
    currency,
    held,
    lines,
    here: hereOf(held, currency),
    there,
    cost,
    belowCost: cost !== null && there?.monthly != null && sellsBelowCost(there.monthly, cost),
    noLink: noLinkOf(held, series),
  };
}

/** An open line goes on where it is, so it must be one subscription's alone, and billed as often. */
function noLinkOf(held: readonly HeldProduct[], series: readonly Series[]): NoLink | null {
  const open = series.flatMap(({ newest }) => newest.open ?? []);
  const [first] = open;
  if (first === undefined || held.length === 0) return null;
  if (held.length > 1 || open.length > 1) return 'shared-line';
  const { every } = first;
  const isOther = held.some(({ period }) => every !== null && !isSameCycle(every, cycleOf(period)));
  return isOther ? 'other-cycle' : null;
}

/** By the subscriptions and product where there is one, else by the line. */
function idOf(held: readonly HeldProduct[], [line]: readonly Series[]): string {
  if (held.length === 0) return `line|${line?.newest.documentId}|${line?.newest.lineId}`;
  return held
    .map(({ subscriptionId, productKey, name }) => `${subscriptionId}|${productKey ?? name}`)
    .sort()
    .join('+');
}

function hereOf(held: readonly HeldProduct[], currency: string): Figures | null {
  if (held.length === 0) return null;
  return {
    quantity: sumOf(held.map(({ quantity }) => quantity)),
    unitPrice: shared(held.map(({ unitPrice }) => unitPrice)),
    monthly: allOf(held.map(monthlyOf), currency),
  };
}

function thereOf(series: readonly Series[], currency: string): Figures | null {
  if (series.length === 0) return null;
  return {
    quantity: sumOf(series.map(({ newest }) => newest.quantity)),
    unitPrice: shared(series.map(({ newest }) => newest.unitPrice)),
    monthly: sum(
      currency,
      series.map(({ monthly }) => monthly),
    ),
  };
}

/** What the reseller pays for a product a month. */
const costOf = ({ quantity, unitCost, period, currency }: HeldProduct): Money | null =>
  unitCost === null ? null : money(perMonth(multiply(quantity, unitCost), period), currency);

/** The sum; null as soon as one of them is unknown. */
function allOf(amounts: readonly (Money | null)[], currency: string): Money | null {
  const known = amounts.filter((amount) => amount !== null);
  return known.length === 0 || known.length < amounts.length ? null : sum(currency, known);
}

function shared(prices: readonly (Decimal | null)[]): Decimal | null {
  const [first = null] = prices;
  return first !== null && prices.every((price) => price !== null && compare(price, first) === 0)
    ? round(first, placesShown)
    : null;
}
