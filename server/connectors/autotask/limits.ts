import type { Limiter } from '../../domain/ports/limiter.ts';
import type { Clock } from '../../domain/ports/machine.ts';
import { createLimiter, type Learned } from '../kit/limiter.ts';

/**
 * Three calls at once for a tracking identifier and an entity are allowed (help: API thread limiting);
 * two for the whole connection keep every entity below that, also beside a call that was cut off.
 */
export const inFlightMax = 2;
/** Our own bound: a loop of ours must not use up the hour of every vendor at this reseller. */
export const callsPerMinute = 300;
const callsPerDay = 200_000;
const dayReserve = 1_000;
const waitMaxMs = 65_000;
const queueMax = 200;
/** Of the hour's calls of all vendors together; from here on this app stops. */
export const hourShareMax = 0.8;
/** How old a reading of the hour's calls may be. */
export const thresholdEveryMs = 60_000;
/** When the rolling hour is looked at again after this app stopped. */
export const thresholdWaitMs = 10 * 60_000;

/** Help: REST, basic query calls. */
export const recordsPerPage = 500;
export const pagesMax = 200;
/** Values of one `in`; they count against the 500 OR conditions of a query. */
export const valuesPerQuery = 400;

export const readTimeoutMs = 60_000;
export const writeTimeoutMs = 100_000;
/** A tenant may be moved to another zone: discovered again after this, or after a refused login. */
export const zoneLifeMs = 12 * 60 * 60_000;
/** A contract without an end is not possible: ours last three years, and are extended when needed. */
export const contractMonths = 36;
/** "Duplicate data into contract_service_period": one change a day; a second one takes the next day. */
export const dayShiftsMax = 3;
/** Contracts that are written in one go: read in the same queries before and after it. */
export const contractsPerWrite = 8;
/** How old a reading of a contract may be when its first line is sent. */
export const readBeforeWriteMaxMs = 30_000;

const noWaitToldMs = 60_000;
export const threadWaitMs = 2_000;
export const maintenanceWaitMs = 5 * 60_000;
const retryAfterMaxMs = 60 * 60_000;

/** One connection's limiter. The hour itself is read from the system (`threshold.ts`). */
export const autotaskLimiter = (clock: Clock): Limiter =>
  createLimiter({
    clock,
    rules: {
      inFlightMax,
      callsPerMinute,
      callsPerDay,
      dayReserve,
      waitMaxMs,
      queueMax,
      learn: (response) => learnedFrom(response, clock.nowMs()),
    },
  });

export function learnedFrom(
  { status, headers }: Pick<Response, 'status' | 'headers'>,
  nowMs: number,
): Learned {
  return {
    minuteRemaining: null,
    dayRemaining: null,
    refused: status === 429 ? { limit: 'minute', waitMs: waitTold(headers, nowMs) } : null,
  };
}

/** `Retry-After` comes in seconds or as an HTTP date (RFC 9110, 10.2.3); none means too many at once. */
export function waitTold(headers: Headers, nowMs: number): number {
  const told = headers.get('retry-after')?.trim() ?? '';
  if (told === '') return threadWaitMs;
  const ms = /^\d{1,6}$/.test(told) ? Number(told) * 1000 : Date.parse(told) - nowMs;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 1_000), retryAfterMaxMs) : noWaitToldMs;
}
