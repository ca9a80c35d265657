import { addDays, addMonths, daysBetween } from '../../calendar.ts';
import { dateOfField, flagOf, type Row, textOf, wholeOf } from '../row.ts';
import type { World } from '../world.ts';
import type { Period } from './invoicings.ts';

/** Months of the billing cycles of this tenant, by identifier. */
export const CYCLE_MONTHS: Readonly<Record<string, number>> = { M: 1, Q: 3, SA: 6, A: 12 };
const PERIODS_MAX = 1_200;

/** Additions of a child are on its parent's invoices, so the parent's billing counts (betterinvoice guide: Additions tab, parent and child agreements). */
export function payerOf({ tables }: World, agreement: Row): Row {
  return tables.get('Agreement', wholeOf(agreement, 'parentAgreement')) ?? agreement;
}

/** The first day that is billed. */
export const billingStart = (agreement: Row): string =>
  dateOfField(agreement, 'billStartDate') ?? dateOfField(agreement, 'startDate') ?? '';

/** The billing periods from the billing start on that begin up to a day, by the agreement's cycle. */
export function periodsUpTo(world: World, agreement: Row, day: string): Period[] {
  const cycle = world.tables.get('BillingCycle', wholeOf(agreement, 'billingCycle'));
  const months = cycle && CYCLE_MONTHS[textOf(cycle, 'identifier')];
  const first = billingStart(agreement);
  if (months === undefined || first === '') return [];
  const periods: Period[] = [];
  for (let index = 0; index < PERIODS_MAX; index += 1) {
    const start = addMonths(first, index * months);
    if (start > day) break;
    const next = addMonths(first, (index + 1) * months);
    periods.push({ start, end: addDays(next, -1), days: daysBetween(start, next) });
  }
  return periods;
}

/** The period that a day lies in. */
export const periodAt = (world: World, agreement: Row, day: string): Period | undefined =>
  periodsUpTo(world, agreement, day).at(-1);

/** The last day that was invoiced, if any was. */
export function invoicedThrough(world: World, agreement: Row): string | undefined {
  return world.invoicings
    .of(payerOf(world, agreement).id)
    .map(({ period }) => period.end)
    .toSorted()
    .at(-1);
}

/** The day from which the next invoice bills. */
export function nextInvoiceDate(world: World, agreement: Row): string {
  const through = invoicedThrough(world, agreement);
  return through === undefined ? billingStart(payerOf(world, agreement)) : addDays(through, 1);
}

/** The last day of an agreement, if it has one: its end, or the day of its cancellation. */
export function lastDayOf(agreement: Row): string | undefined {
  const end = flagOf(agreement, 'noEndingDateFlag') ? undefined : dateOfField(agreement, 'endDate');
  const cancelled = dateOfField(agreement, 'dateCancelled');
  return [end, cancelled].filter((day) => day !== undefined).toSorted()[0];
}
