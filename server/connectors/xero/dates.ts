import * as v from 'valibot';
import { type CalendarDate, dateSchema, instant } from '../../domain/dates.ts';

// Xero writes an absent date as the first day of year one.
const yearOneMs = -62_135_596_800_000;
const yearTenThousandMs = 253_402_300_800_000;
const vendorForm = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/;

/**
 * A calendar date out of Xero's two forms: `2019-03-11T00:00:00` (or with a space) and
 * `/Date(1552262400000+0000)/`, which is midnight UTC whatever its offset says. Never through a zone.
 * https://developer.xero.com/documentation/api/accounting/requests-and-responses#json-responses-and-date-formats
 */
export const calendarDate = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const text = dayOf(dataset.value);
    const known = v.safeParse(dateSchema, text);
    if (known.success) return known.output;
    addIssue({ message: 'not a calendar date' });
    return NEVER;
  }),
);

/** An instant out of `/Date(1541176290160+0000)/`. */
export const vendorInstant = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const ms = millisecondsOf(dataset.value);
    if (ms !== null) return instant(ms);
    addIssue({ message: 'not an instant' });
    return NEVER;
  }),
);

/** The form of `If-Modified-Since`: UTC, to the second. */
export const sinceText = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** The later of the dates that are there. */
export const latest = (dates: readonly (CalendarDate | undefined)[]): CalendarDate | null =>
  dates.reduce<CalendarDate | null>(
    (last, next) => (next !== undefined && (last === null || next > last) ? next : last),
    null,
  );

function dayOf(text: string): string {
  const ms = vendorForm.test(text) ? millisecondsOf(text) : null;
  return (ms === null ? text : new Date(ms).toISOString()).slice(0, 10);
}

function millisecondsOf(text: string): number | null {
  const inner = vendorForm.exec(text)?.[1];
  const ms = inner === undefined ? Date.parse(isoOf(text)) : Number(inner);
  return ms >= yearOneMs && ms < yearTenThousandMs ? ms : null;
}

// `UpdatedDateUTCString` has a space for the T; a form without a zone is UTC.
function isoOf(text: string): string {
  const iso = text.replace(' ', 'T');
  return /[zZ]$|[+-]\d{2}:\d{2}$/.test(iso) ? iso : `${iso}Z`;
}
