/** Calendar dates are `YYYY-MM-DD`; moments are milliseconds of the sandbox clock. */
const PLAIN = /^(\d{4})-(\d{2})-(\d{2})(?:T00:00:00(?:\.0+)?)?$/;
const MS_DATE = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/;

/** `/Date(1552262400000+0000)/`, a calendar date written as midnight UTC (examples of xero_accounting.yaml). */
export const msDate = (date: string): string => `/Date(${Date.parse(`${date}T00:00:00Z`)}+0000)/`;
export const msMoment = (ms: number): string => `/Date(${Math.floor(ms)}+0000)/`;
/** The second form beside it: `2019-03-11T00:00:00`. */
export const dateString = (date: string): string => `${date}T00:00:00`;
/** Since 16 July 2026: `2019-03-11 17:58:46+00:00` (UpdatedDateUTCString, example of xero_accounting.yaml). */
export const momentString = (ms: number): string =>
  `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')}+00:00`;

/**
 * What Xero makes of a date sent to it: plain text is that day; a time stamp with an offset is turned into UTC and
 * may land on another day (calcinai/xero-php #177). `undefined` when it is no date.
 */
export function readDate(text: string): string | undefined {
  const plain = PLAIN.exec(text);
  if (plain) return realDate(text.slice(0, 10));
  const ms = MS_DATE.exec(text);
  const moment = ms?.[1] === undefined ? Date.parse(text) : Number(ms[1]);
  return Number.isNaN(moment) ? undefined : dayOf(moment);
}

function realDate(date: string): string | undefined {
  const moment = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(moment) && dayOf(moment) === date ? date : undefined;
}

function dayOf(moment: number): string | undefined {
  return Math.abs(moment) > 8.64e15 ? undefined : new Date(moment).toISOString().slice(0, 10);
}

/** Names of the TimeZone enum in xero_accounting.yaml that the sandbox uses, as IANA zones. */
const ZONES: Record<string, string> = {
  AUSEASTERNSTANDARDTIME: 'Australia/Sydney',
  EASTERNSTANDARDTIME: 'America/New_York',
  UTC: 'UTC',
};

/** Today in the organisation's zone: the default of an invoice's Date. */
export function todayIn(timezone: string, nowMs: number): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone: ZONES[timezone] ?? 'UTC',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(new Date(nowMs));
}

/** `31 October 2026`, as lock date messages write it. */
export function longDate(date: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
    Date.parse(`${date}T00:00:00Z`),
  );
}

/**
 * If-Modified-Since is UTC to the second in the form `yyyy-mm-ddThh:mm:ss`, not the RFC 9110 date; a zone and
 * milliseconds are accepted and the milliseconds ignored (official text through pyxero #261, xero_gateway 145).
 */
export function readSince(text: string): number | undefined {
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:\d{2})?$/.exec(text);
  if (!match) return undefined;
  const moment = Date.parse(`${match[1]}${match[2] ?? 'Z'}`);
  return Number.isNaN(moment) ? undefined : moment;
}
