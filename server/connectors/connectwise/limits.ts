import type { Limiter } from '../../domain/ports/limiter.ts';
import type { Clock } from '../../domain/ports/machine.ts';
import { createLimiter, type Learned } from '../kit/limiter.ts';

/** No number is published (guide: API requests, 429); these are our own bounds for one connection. */
export const inFlightMax = 4;
export const callsPerMinute = 240;
const callsPerDay = 150_000;
const dayReserve = 1_000;
const waitMaxMs = 65_000;
const queueMax = 200;

/** Guide: Pagination, "page size: 25 by default, 1000 at most". */
export const recordsPerPage = 1_000;
export const pagesMax = 200;
/** Ids of one `in (...)`, so that an address stays below 2,000 characters. */
export const idsPerQuery = 150;
/** Reads that are asked for at once; the limiter lets four through. */
export const readsAtOnce = 8;

export const readTimeoutMs = 60_000;
export const writeTimeoutMs = 100_000;
/** The codebase changes with an upgrade of the region: discovered again after this, or after a 404. */
export const codebaseLifeMs = 12 * 60 * 60_000;
/** How long additions that were read may stand for a first write of their agreement. */
export const readBeforeWriteMaxMs = 30_000;
/** Additions carry no time of change on their agreement: those of all agreements are read this often. */
export const wholeReadEveryMs = 55 * 60_000;
/** How far their clock may be behind ours: what changed is asked for again from so long before. */
export const changesOverlapMs = 2 * 60_000;
export const linesPerDocument = 500;

const noWaitToldMs = 30_000;
export const maintenanceWaitMs = 5 * 60_000;
const retryAfterMaxMs = 60 * 60_000;

export const connectWiseLimiter = (clock: Clock): Limiter =>
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

export function learnedFrom({ status, headers }: Pick<Response, 'status' | 'headers'>): Learned {
  return {
    minuteRemaining: null,
    dayRemaining: null,
    refused: status === 429 ? { limit: 'minute', waitMs: waitTold(headers) } : null,
  };
}

/** "429: a Retry-After header with the number of seconds to wait" (guide: API requests). */
export function waitTold(headers: Headers): number {
  const told = headers.get('retry-after')?.trim() ?? '';
  return /^\d{1,6}$/.test(told)
    ? Math.min(Math.max(Number(told) * 1000, 1_000), retryAfterMaxMs)
    : noWaitToldMs;
}
