import { type Decimal, divide, multiply } from './decimal.ts';
import type { BillingPeriod } from './product.ts';

const daysPerMonth = '30.4375';
const placesKept = 6;

/** An amount of one period as what it is a month: to compare and to sort by, never to bill. */
export function perMonth(amount: Decimal, period: BillingPeriod | null): Decimal {
  if (period === null || period.count < 1) return amount;
  const count = String(period.count);
  switch (period.unit) {
    case 'year':
      return divide(amount, String(12 * period.count), placesKept);
    case 'day':
      return divide(multiply(amount, daysPerMonth), count, placesKept);
    case 'month':
      return divide(amount, count, placesKept);
    case 'statement_day':
    case 'one_time':
    case 'unknown':
      return amount;
    default:
      return period.unit satisfies never;
  }
}
