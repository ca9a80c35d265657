import * as v from 'valibot';
import { type CalendarDate, date, dateSchema, type Instant, instant } from '../../domain/dates.ts';
import { type Decimal, decimalSchema, normalized, round } from '../../domain/decimal.ts';
import { currencySchema } from '../../domain/money.ts';
import type { BillingPeriod } from '../../domain/product.ts';

// The small values of SimpleAPI. Numbers arrive as the text they were written with (`parseForeign`),
// money and some quantities are text already; both pass through here and nothing else.

const fractionMax = 18;
const numberPattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** A number's text as exact decimal: `+2.0`, `.5` and `1.5E-3` (how Java writes doubles) included. */
function decimalOf(text: string): Decimal | null {
  const match = numberPattern.exec(text.trim());
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') return null;
  const shift = Number(exponent);
  const digits = whole + fraction;
  const point = whole.length + shift;
  const left = point <= 0 ? '0' : digits.slice(0, point).padEnd(point, '0');
  const right = point <= 0 ? '0'.repeat(-point) + digits : digits.slice(point);
  const plain = `${left.replace(/^0+(?=\d)/, '')}.${(right || '0').slice(0, fractionMax)}`;
  const signed = `${sign === '-' ? '-' : ''}${plain}`;
  return v.is(decimalSchema, signed) ? normalized(round(signed, fractionMax)) : null;
}

/** A decimal number, as JSON number or as text. */
export const decimalText = v.pipe(
  v.string('not a number'),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const decimal = decimalOf(dataset.value);
    if (decimal !== null) return decimal;
    addIssue({ message: 'not a number' });
    return NEVER;
  }),
);

/** An amount as the marketplace wrote it, unrounded. */
export const amountSchema = v.object({
  currency: v.pipe(v.string(), v.trim(), v.toUpperCase(), currencySchema),
  amount: decimalText,
});
export type Amount = v.InferOutput<typeof amountSchema>;

/** Longer than anything a person or a catalogue writes; a record with more is kept as unreadable. */
const textMax = 4_000;
export const someText = v.pipe(v.string(), v.maxLength(textMax));

/** Absent, null and empty text are the same: not told. */
export const told = v.pipe(
  v.nullish(someText, ''),
  v.trim(),
  v.transform((text) => (text === '' ? null : text)),
);

export const idText = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200));

export interface Moment {
  at: Instant;
  /** The calendar date as written, before any change of time zone. */
  on: CalendarDate;
}
const momentPattern =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** A date with or without time. A time without zone is taken as UTC, which the samples use. */
export const momentSchema = v.pipe(
  v.string('not a date'),
  v.rawTransform(({ dataset, addIssue, NEVER }): Moment => {
    const moment = momentOf(dataset.value);
    if (moment !== null) return moment;
    addIssue({ message: 'not a date' });
    return NEVER;
  }),
);
/** Beside these, as `9999-12-31` for never, a date says nothing, and periods from it have no calendar. */
const [yearMin, yearMax] = ['1900', '2900'];

function momentOf(text: string): Moment | null {
  const match = momentPattern.exec(text.trim());
  const [, day = '', time = '00:00', zone = 'Z'] = match ?? [];
  const offset = /^[+-]\d{4}$/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const ms = Date.parse(`${day}T${time}${offset.toUpperCase()}`);
  if (!v.is(dateSchema, day) || !Number.isFinite(ms)) return null;
  if (day < yearMin || day > yearMax) return null;
  return { at: instant(ms), on: date(day) };
}

/** A date that only helps: one that cannot be read counts as not told. */
export const lenientDate = v.optional(
  v.pipe(
    v.unknown(),
    v.transform((value): CalendarDate | null =>
      typeof value === 'string' ? (momentOf(value)?.on ?? null) : null,
    ),
  ),
  null,
);

/** Schemas `Period`, `BillingPeriod`: a cadence. A unit we do not know becomes `unknown`. */
export const periodSchema = v.nullish(
  v.pipe(
    v.object({ type: v.nullish(v.string(), 'unknown'), duration: v.nullish(decimalText, '1') }),
    v.transform(
      ({ type, duration }): BillingPeriod => ({ unit: unitOf(type), count: Number(duration) }),
    ),
  ),
  null,
);
function unitOf(type: string): BillingPeriod['unit'] {
  switch (type) {
    case 'day':
    case 'month':
    case 'year':
    case 'statement_day':
      return type;
    default:
      return 'unknown';
  }
}
