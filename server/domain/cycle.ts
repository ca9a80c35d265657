import { wholeMonths } from './billing-grid.ts';
import type { BillingPeriod } from './product.ts';

/** What is not told, or has no months, is billed with the months of the others. */
const monthly: BillingPeriod = { unit: 'month', count: 1 };

/** How often a document must be billed that a subscription of this billing period stands on. */
export function cycleOf(period: BillingPeriod | null | undefined): BillingPeriod {
  const months = wholeMonths(period ?? null);
  if (months === null) return monthly;
  return months % 12 === 0
    ? { unit: 'year', count: months / 12 }
    : { unit: 'month', count: months };
}

export const isSameCycle = (a: BillingPeriod, b: BillingPeriod): boolean =>
  wholeMonths(a) === wholeMonths(b);

export const cycleText = (cycle: BillingPeriod): string => String(wholeMonths(cycle) ?? 1);
