import type { Limiter } from '../../domain/ports/limiter.ts';
import type { Clock } from '../../domain/ports/machine.ts';
import { createLimiter, type Learned } from '../kit/limiter.ts';

// https://developer.xero.com/documentation/guides/oauth2/limits
export const inFlightMax = 5;
export const callsPerMinute = 60;
/** 1,000 on the Starter tier, which the first answer's header tells. */
export const callsPerDay = 5000;
/** Kept for people: a page that somebody looks at still loads when the schedule used up the day. */
export const dayReserve = 50;
/** Longer than the minute's window; a day's wait is never slept through. */
export const waitMaxMs = 65_000;
export const queueMax = 200;

export const documentsPerCall = 50;
export const companiesPerCall = 50;
export const itemsPerCall = 100;
/** The length of the query string gives out at 53. https://github.com/XeroAPI/xero-node/issues/404 */
export const idsPerCall = 40;
export const pageSize = 1000;
/** More than this is refused by Xero itself as too large a list (100,000 records). */
export const pagesMax = 100;
/** Up to here credit notes are read one by one; beyond, a page of the whole list is fewer calls. */
export const creditNotesOneByOneMax = 4;

/**
 * Nothing is ever added to a credit note, and before a write all are read: what a person does to one
 * may be seen this much later, which saves every other call of a check.
 */
export const creditNotesEveryMs = 60 * 60_000;

export const readTimeoutMs = 30_000;
export const writeTimeoutMs = 100_000;
/** https://developer.xero.com/documentation/guides/idempotent-requests/idempotency */
export const idempotencyWindowMs = 6 * 60_000;
/** How far our clock and Xero's may be apart before recovery draws conclusions from a time. */
export const clockSkewMs = 60_000;
/** How far before its intent a created record is looked for, by Xero's own time of change. */
export const recoveryMarginMs = 24 * 60 * 60_000;

const noWaitToldMs = 60_000;
const noDayToldMs = 60 * 60_000;
const concurrentWaitMs = 1_000;
export const maintenanceWaitMs = 5 * 60_000;

/** One connection's limiter: its counts are per organisation and app. */
export const xeroLimiter = (clock: Clock): Limiter =>
  createLimiter({
    clock,
    rules: {
      inFlightMax,
      callsPerMinute,
      callsPerDay,
      dayReserve,
      waitMaxMs,
      queueMax,
      learn: learnedFrom,
    },
  });

/** What the headers of any answer tell. The names of a limit differ in case and wording. */
export function learnedFrom({ status, headers }: Pick<Response, 'status' | 'headers'>): Learned {
  return {
    minuteRemaining: count(headers.get('x-minlimit-remaining')),
    dayRemaining: count(headers.get('x-daylimit-remaining')),
    refused: status === 429 ? refusedBy(headers) : null,
  };
}

function refusedBy(headers: Headers): { limit: 'minute' | 'day'; waitMs: number } {
  const problem = headers.get('x-rate-limit-problem') ?? '';
  const told = count(headers.get('retry-after'));
  const limit = /day/i.test(problem) ? 'day' : 'minute';
  const fallbackMs = /concurrent/i.test(problem)
    ? concurrentWaitMs
    : limit === 'day'
      ? noDayToldMs
      : noWaitToldMs;
  return { limit, waitMs: told === null ? fallbackMs : told * 1000 };
}

const count = (text: string | null): number | null =>
  text !== null && /^\d{1,9}$/.test(text.trim()) ? Number(text.trim()) : null;
