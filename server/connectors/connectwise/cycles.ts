import type { BillingPeriod } from '../../domain/product.ts';
import type { BillingCycle } from './schema.ts';

/** Billing cycles are the reseller's own table; what is told of their length is their name. */
const names: readonly [pattern: RegExp, months: number][] = [
  [/^(m|mo|mth|month(ly)?|1 ?months?)$/i, 1],
  [/^(bm|bi-?monthly|2 ?months?)$/i, 2],
  [/^(q|qtr|quarter(ly)?|3 ?months?)$/i, 3],
  [/^(s|sa|semi-?annual(ly)?|half-?year(ly)?|6 ?months?)$/i, 6],
  [/^(a|y|yr|annual(ly)?|year(ly)?|12 ?months?|1 ?year)$/i, 12],
];

export const monthsOfPeriod = ({ unit, count }: BillingPeriod): number | null =>
  unit === 'month' ? count : unit === 'year' ? count * 12 : null;

export function monthsOf({ identifier, name }: Pick<BillingCycle, 'identifier' | 'name'>) {
  const of = (text: string) => names.find(([pattern]) => pattern.test(text.trim()))?.[1];
  return of(name) ?? of(identifier) ?? null;
}

/** The cycle as the house says it: years where it is whole ones. */
export function periodOf(months: number): BillingPeriod {
  return months % 12 === 0
    ? { unit: 'year', count: months / 12 }
    : { unit: 'month', count: months };
}
