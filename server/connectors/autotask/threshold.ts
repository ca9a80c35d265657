import * as v from 'valibot';
import { instant } from '../../domain/dates.ts';
import { AppError, retryLater } from '../../domain/errors.ts';
import type { Limiter } from '../../domain/ports/limiter.ts';
import type { Clock } from '../../domain/ports/machine.ts';
import { hourShareMax, thresholdEveryMs, thresholdWaitMs } from './limits.ts';
import { thresholdSchema } from './schema.ts';

interface Reading {
  atMs: number;
  used: number;
  of: number;
}
/** One a connection, as its limiter is: sessions come and go. */
const readings = new WeakMap<Limiter, Reading>();

/**
 * All vendors share 10,000 calls a rolling hour of one database, and at the end of it Autotask shuts
 * its API for the reseller (help: REST, thresholds). Throws `system.quota` at 80 %, with the figures.
 */
export async function requireBelowThreshold(options: {
  limiter: Limiter;
  clock: Clock;
  read(): Promise<unknown>;
}): Promise<void> {
  const { limiter, clock, read } = options;
  const nowMs = clock.nowMs();
  let last = readings.get(limiter);
  const isOld = last === undefined || nowMs - last.atMs >= thresholdEveryMs || nowMs < last.atMs;
  if (isOld) {
    const told = v.safeParse(thresholdSchema, await read());
    if (!told.success) throw new AppError('system.answer', { retry: retryLater() });
    const { currentTimeframeRequestCount: used, externalRequestThreshold: of } = told.output;
    last = { atMs: nowMs, used, of };
    readings.set(limiter, last);
  }
  if (last === undefined || last.used < last.of * hourShareMax) return;
  throw new AppError('system.quota', {
    said: `All integrations together used ${last.used} of ${last.of} calls of this hour. This app stops at 80 %, so that none of them is shut out.`,
    retry: retryLater(instant(nowMs + thresholdWaitMs)),
  });
}
