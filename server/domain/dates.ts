import * as v from 'valibot';

/** A calendar date, `YYYY-MM-DD`, without a time zone. It never becomes a Date on its way through. */
export const dateTextSchema = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}$/, 'not a calendar date'),
  v.check((text) => isRealDate(text), 'not a calendar date'),
);
export const dateSchema = v.pipe(dateTextSchema, v.brand('CalendarDate'));
export type CalendarDate = v.InferOutput<typeof dateSchema>;

/** An instant, ISO 8601 in UTC, such as `2026-11-23T10:00:00.000Z`. */
export const instantSchema = v.pipe(v.string(), v.isoTimestamp(), v.brand('Instant'));
export type Instant = v.InferOutput<typeof instantSchema>;

/** The half-open interval a charge pays for: `start` is charged, `end` is not. */
export const servicePeriodSchema = v.object({ start: dateSchema, end: dateSchema });
export type ServicePeriod = v.InferOutput<typeof servicePeriodSchema>;

const dayMs = 86_400_000;

export const date = (text: string): CalendarDate => v.parse(dateSchema, text);
export const instant = (ms: number): Instant => v.parse(instantSchema, new Date(ms).toISOString());
export const millisecondsOf = (at: Instant): number => Date.parse(at);

/** Today where the books are kept. `timeZone` is an IANA name. */
export function dateAt(ms: number, timeZone: string): CalendarDate {
  if (timeZone === 'UTC') return date(new Date(ms).toISOString().slice(0, 10));
  const format = dayFormats.get(timeZone) ?? dayFormat(timeZone);
  dayFormats.set(timeZone, format);
  return date(format.format(new Date(ms)));
}
/** Making one takes longer than using it a hundred times; there are as many as time zones. */
const dayFormats = new Map<string, Intl.DateTimeFormat>();
const dayFormat = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });

/** Minutes since midnight where the books are kept, for "once a day at a time". */
export function minuteOfDayAt(ms: number, timeZone: string): number {
  const text = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(ms));
  const [hour = '0', minute = '0'] = text.split(':');
  return Number(hour) * 60 + Number(minute);
}

export const addDays = (from: CalendarDate, days: number): CalendarDate =>
  date(new Date(Date.parse(from) + days * dayMs).toISOString().slice(0, 10));

/** The same day of a later month, or the month's last day where it is shorter. */
export function addMonths(from: CalendarDate, months: number): CalendarDate {
  const [year, month, day] = partsOf(from);
  const count = year * 12 + month - 1 + months;
  const [toYear, toMonth] = [Math.floor(count / 12), (((count % 12) + 12) % 12) + 1];
  const toDay = Math.min(day, lastDayOf(toYear, toMonth));
  return date(`${padded(toYear, 4)}-${padded(toMonth, 2)}-${padded(toDay, 2)}`);
}

/** Whole days from start to end; the length of a half-open period. */
export const daysBetween = (start: CalendarDate, end: CalendarDate): number =>
  Math.round((Date.parse(end) - Date.parse(start)) / dayMs);

export const firstOfMonth = (of: CalendarDate): CalendarDate => date(`${of.slice(0, 7)}-01`);
export const firstOfNextMonth = (of: CalendarDate): CalendarDate => addMonths(firstOfMonth(of), 1);

export const earlier = (a: CalendarDate, b: CalendarDate): CalendarDate => (a <= b ? a : b);
export const later = (a: CalendarDate, b: CalendarDate): CalendarDate => (a >= b ? a : b);

function isRealDate(text: string): boolean {
  const [year, month, day] = partsOf(text);
  return month >= 1 && month <= 12 && day >= 1 && day <= lastDayOf(year, month);
}

// Plain arithmetic: dates are looked at more often than anything else when orders are planned.
const partsOf = (text: string): [year: number, month: number, day: number] => [
  Number(text.slice(0, 4)),
  Number(text.slice(5, 7)),
  Number(text.slice(8, 10)),
];
const padded = (value: number, width: number): string => String(value).padStart(width, '0');
const thirtyDays: readonly number[] = [4, 6, 9, 11];
/** Gregorian, also before there was such a calendar (ISO 8601). */
function lastDayOf(year: number, month: number): number {
  if (month !== 2) return thirtyDays.includes(month) ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}
