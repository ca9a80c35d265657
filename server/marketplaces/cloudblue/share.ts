import {
  compare,
  type Decimal,
  divide,
  isNegative,
  isZero,
  multiply,
} from '../../domain/decimal.ts';
import type { BillingPeriod } from '../../domain/product.ts';
import type { Duration } from './schemas.ts';

const sharePlaces = 12;
const monthsPerYear = '12';

/**
 * The part of a whole billing period that a duration is, such as `0.726`; null where not told.
 *
 * Decided by the duration in units of the product's billing period: 0.726 months of a month is
 * 0.726, 12 months of a year is 1, 3 months of a year 0.25. Days and statement days are compared
 * only with themselves, because no number of days is a month. Where the order does not tell the
 * billing period, a duration of at most one of its own unit is taken as it is: a part month of a
 * product of unknown period is a part of a month. Longer ones stay unknown: 12 months may be a year
 * once or a month twelve times.
 */
export function shareOf(duration: Duration | null, period: BillingPeriod | null): Decimal | null {
  if (duration === null || isZero(duration.duration) || isNegative(duration.duration)) return null;
  const unit = duration.type;
  if (unit !== 'day' && unit !== 'month' && unit !== 'year' && unit !== 'statement_day')
    return null;
  if (period === null || period.unit === 'unknown' || period.unit === 'one_time')
    return compare(duration.duration, '1') <= 0 ? duration.duration : null;
  if (!Number.isInteger(period.count) || period.count < 1) return null;
  const count = String(period.count);
  if (unit === period.unit) return divide(duration.duration, count, sharePlaces);
  if (unit === 'month' && period.unit === 'year')
    return divide(duration.duration, multiply(count, monthsPerYear), sharePlaces);
  if (unit === 'year' && period.unit === 'month')
    return divide(multiply(duration.duration, monthsPerYear), count, sharePlaces);
  return null;
}
