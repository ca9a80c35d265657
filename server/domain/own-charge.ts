import * as v from 'valibot';
import { addMonths, type CalendarDate, dateSchema, instantSchema } from './dates.ts';
import { typedPrice, typedQuantity } from './decision.ts';
import { connectionIdSchema, foreignIdSchema } from './ids.ts';
import { currencySchema } from './money.ts';
import { actorSchema } from './tenant.ts';

/** Months between two periods of a recurring own charge; a year is the longest. */
export const everyMonthsMax = 12;
/** Periods of one own charge: fifty years of months. */
export const ownPeriodsMax = 600;
/** Own charges of a tenant that are looked at in every check. */
export const ownChargesMax = 2_000;

export const ownTermsSchema = v.object({
  /** The first day these words and this price are for. */
  from: dateSchema,
  description: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(300)),
  quantity: typedQuantity,
  unitPrice: typedPrice,
});
export type OwnTerms = v.InferOutput<typeof ownTermsSchema>;

/**
 * What a reseller bills a customer beside what the marketplace charges: once, or every so many
 * months in advance, whole periods only. Where it is booked stands in a product mapping of its key
 * (`ownProductKey`), like every other product's.
 */
export const ownChargeSchema = v.object({
  id: v.string(),
  connectionId: connectionIdSchema,
  customerId: foreignIdSchema,
  /** `OC-7`: short and without gap, the start of the numbers of its orders. */
  number: v.string(),
  currency: currencySchema,
  /** Null is charged once. */
  everyMonths: v.nullable(
    v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(everyMonthsMax)),
  ),
  /** The first day that is charged; every period begins on its day of the month. */
  from: dateSchema,
  /** No period begins on or after it. */
  until: v.nullable(dateSchema),
  /** No period begins in `[from, until)` of these. */
  pauses: v.array(v.object({ from: dateSchema, until: v.nullable(dateSchema) })),
  /** In the order of their dates; the last that began counts. Never empty. */
  terms: v.pipe(v.array(ownTermsSchema), v.minLength(1)),
  by: actorSchema,
  at: instantSchema,
});
export type OwnCharge = v.InferOutput<typeof ownChargeSchema>;

export const ownProductKey = (id: string): string => `own:${id}`;
export const isOwnProduct = (productKey: string): boolean => productKey.startsWith('own:');

export interface OwnPeriod {
  start: CalendarDate;
  /** Null where it is charged once. */
  end: CalendarDate | null;
  terms: OwnTerms;
  /** False while it is paused, and from its end on. */
  charged: boolean;
}

/** The periods that began by a day, the oldest first, those that are not charged included. */
export function ownPeriods(own: OwnCharge, today: CalendarDate): OwnPeriod[] {
  const periods: OwnPeriod[] = [];
  const count = own.everyMonths === null ? 1 : ownPeriodsMax;
  for (let index = 0; index < count; index += 1) {
    // Counted from the first day each time: month after month, the 31st would become the 28th for good.
    const start = addMonths(own.from, index * (own.everyMonths ?? 0));
    if (start > today) break;
    const end =
      own.everyMonths === null ? null : addMonths(own.from, (index + 1) * own.everyMonths);
    periods.push({ start, end, terms: termsAt(own, start), charged: isCharged(own, start) });
  }
  return periods;
}

/** The words and price of a period that begins on a day. */
export function termsAt({ terms }: Pick<OwnCharge, 'terms'>, day: CalendarDate): OwnTerms {
  const found = terms.findLast(({ from }) => from <= day) ?? terms[0];
  if (found === undefined) throw new RangeError('an own charge without terms');
  return found;
}

const isCharged = ({ until, pauses }: OwnCharge, start: CalendarDate): boolean =>
  (until === null || start < until) &&
  !pauses.some((pause) => pause.from <= start && (pause.until === null || start < pause.until));

/** The first day after `today` on which a period begins and is charged; null where none comes. */
export function nextPeriodAfter(own: OwnCharge, today: CalendarDate): CalendarDate | null {
  const count = own.everyMonths === null ? 1 : ownPeriodsMax;
  for (let index = 0; index < count; index += 1) {
    const start = addMonths(own.from, index * (own.everyMonths ?? 0));
    if (own.until !== null && start >= own.until) return null;
    if (start > today && isCharged(own, start)) return start;
  }
  return null;
}
