import { daysBetween } from '../../calendar.ts';
import { type Decimal, decimal, isLess, negated, plus, portion, times } from '../../decimal.ts';
import { amountOf, dateOfField, type Row } from '../row.ts';
import type { Period } from './invoicings.ts';

const NONE = decimal('0');

/** What is billed of an addition: its quantity less what is included. */
export function billedQuantity(addition: Row): Decimal {
  const quantity = amountOf(addition, 'quantity') ?? NONE;
  const left = plus(quantity, negated(amountOf(addition, 'lessIncluded') ?? NONE));
  return isLess(left, NONE) && !isLess(quantity, NONE) ? NONE : left;
}

export const unitPriceOf = (addition: Row): Decimal => amountOf(addition, 'unitPrice') ?? NONE;

export const unitCostOf = (addition: Row): Decimal => amountOf(addition, 'unitCost') ?? NONE;

export const extendedPrice = (addition: Row): Decimal =>
  times(billedQuantity(addition), unitPriceOf(addition));

/**
 * Days of a period that an addition is billed for. The cancelled date is its last day (a published guide ends an addition with the
 * last day of the month that is invoiced). Without proration any day bills the whole period (betterinvoice, ceojuice guides).
 */
export function daysIn(addition: Row, period: Period, isProrated: boolean): number {
  const effective = dateOfField(addition, 'effectiveDate') ?? period.start;
  const cancelled = dateOfField(addition, 'cancelledDate') ?? period.end;
  const from = effective > period.start ? effective : period.start;
  const to = cancelled < period.end ? cancelled : period.end;
  const days = Math.max(0, daysBetween(from, to) + 1);
  return days > 0 && !isProrated ? period.days : days;
}

/** Cents for some days of a period, rounded once. */
export const shareOf = (value: Decimal, days: number, period: Period): Decimal =>
  portion(value, { numerator: days, denominator: period.days, scale: 2 });
