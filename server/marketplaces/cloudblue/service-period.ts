import type { ChargeClass } from '../../domain/charge.ts';
import { addDays, addMonths, type CalendarDate, type ServicePeriod } from '../../domain/dates.ts';
import type { OrderType } from '../../domain/order.ts';
import type { Duration } from './schemas.ts';

const countMax = 1_200;

/**
 * The days a charge pays for, where order and duration tell them; order details carry no dates.
 * Sales: whole durations from the day the service began. A billing run: whole durations from its
 * day, or, where the billing model charges afterwards or by measure, up to its day. Part periods,
 * renewals (placed before they begin) and changes need the subscription's dates: null here.
 */
export function servicePeriodOf(options: {
  orderType: OrderType;
  class: ChargeClass;
  duration: Duration | null;
  billingModel: string | null;
  placedOn: CalendarDate;
  provisionedOn: CalendarDate | null;
}): ServicePeriod | null {
  const { orderType, duration, billingModel, placedOn } = options;
  if (options.class !== 'recurring' && options.class !== 'usage') return null;
  const move = duration === null ? null : mover(duration);
  if (move === null) return null;
  const arrears =
    options.class === 'usage' ||
    billingModel === 'chargeAfterBillingPeriod' ||
    billingModel === 'chargeExternalRating';
  if (orderType === 'billing')
    return arrears
      ? { start: move(placedOn, -1), end: placedOn }
      : { start: placedOn, end: move(placedOn, 1) };
  if (orderType === 'sales' && !arrears) {
    const start = options.provisionedOn ?? placedOn;
    return { start, end: move(start, 1) };
  }
  return null;
}

function mover({ type, duration }: Duration) {
  if (!/^[1-9]\d{0,3}$/.test(duration) || Number(duration) > countMax) return null;
  const count = Number(duration);
  if (type === 'day') return (from: CalendarDate, sign: 1 | -1) => addDays(from, sign * count);
  if (type !== 'month' && type !== 'year') return null;
  const months = type === 'year' ? count * 12 : count;
  return (from: CalendarDate, sign: 1 | -1) => addMonths(from, sign * months);
}
