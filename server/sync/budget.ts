import { dateAt, instant } from '../domain/dates.ts';
import { AppError, retryLater } from '../domain/errors.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Clock } from '../domain/ports/machine.ts';
import type { Store } from '../domain/ports/store.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** The part of every limit that background work leaves to people. */
const reserveShare = 0.1;
/** Calls written down ahead at once: a crash loses none, and a call costs no commit of its own. */
const bookedAtOnce = 20;
/** Longer than this a paced call does not wait for its turn. */
const paceMaxMs = 2 * minuteMs;

export interface BudgetView {
  dayUsed: number;
  dayMax: number;
  minuteUsed: number;
  minuteMax: number;
}

export type Purpose = 'background' | 'person';

export interface Budget {
  /** Takes one call; throws `marketplace.limited` or `marketplace.quota` with when to try again. */
  spend(purpose: Purpose): Promise<void>;
  view(): Promise<BudgetView>;
}

/**
 * The calls an installation may make: a sliding minute, and a day (UTC) whose count is stored under
 * `budget` `id` and so survives a restart. The defaults of CloudBlue are 60 and 5,000
 * (docs.cloudblue.com, Deploying API Service Gateway); 10 % of each is kept for people.
 */
export function createBudget(options: {
  store: Store;
  clock: Clock;
  tenantId: TenantId;
  id: string;
  perMinute: number;
  perDay: number;
}): Budget {
  const { store, clock, tenantId, id, perMinute, perDay } = options;
  const share = (max: number, purpose: Purpose) =>
    purpose === 'person' ? max : Math.floor(max * (1 - reserveShare));
  let calls: number[] = [];
  let day: { date: string; used: number; booked: number } | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  async function today(): Promise<{ date: string; used: number; booked: number }> {
    const date = dateAt(clock.nowMs(), 'UTC');
    if (day !== null && day.date === date) return day;
    const stored = (await store.read(tenantId)).get('budget', id);
    const used = stored !== null && stored.day === date ? stored.used : 0;
    day = { date, used, booked: used };
    return day;
  }

  async function take(purpose: Purpose): Promise<void> {
    const nowMs = clock.nowMs();
    calls = calls.filter((atMs) => atMs > nowMs - minuteMs);
    const count = await today();
    if (count.used >= share(perDay, purpose)) {
      const midnightMs = (Math.floor(nowMs / dayMs) + 1) * dayMs;
      throw new AppError('marketplace.quota', { retry: retryLater(instant(midnightMs)) });
    }
    const [oldest = nowMs] = calls.slice(calls.length - share(perMinute, purpose));
    if (calls.length >= share(perMinute, purpose))
      throw new AppError('marketplace.limited', { retry: retryLater(instant(oldest + minuteMs)) });
    if (count.used >= count.booked) await book(count);
    count.used += 1;
    calls.push(nowMs);
  }

  async function book(count: { used: number; booked: number }): Promise<void> {
    const booked = Math.min(count.used + bookedAtOnce, perDay);
    const record = { id, day: dateAt(clock.nowMs(), 'UTC'), used: booked };
    await store.transact(tenantId, (tx) =>
      tx.put('budget', { ...record, remaining: perDay - booked }),
    );
    count.booked = booked;
  }

  return {
    spend(purpose) {
      const mine = turn.then(() => take(purpose));
      turn = mine.catch(() => {});
      return mine;
    },
    async view() {
      const nowMs = clock.nowMs();
      return {
        dayUsed: (await today()).used,
        dayMax: perDay,
        minuteUsed: calls.filter((atMs) => atMs > nowMs - minuteMs).length,
        minuteMax: perMinute,
      };
    },
  };
}

/**
 * `spend` that waits for the next free place of the minute instead of failing, so that a long first
 * reading goes on at the allowed pace and pages read are not read again. A used-up day still throws.
 */
export function paced(budget: Budget, clock: Clock): Budget['spend'] {
  return async (purpose) => {
    const untilMs = clock.nowMs() + paceMaxMs;
    for (;;) {
      try {
        return await budget.spend(purpose);
      } catch (error) {
        const atMs = waitUntilMs(error);
        if (atMs === null || atMs > untilMs) throw error;
        await clock.waitUntil(Math.max(atMs, clock.nowMs() + 1));
      }
    }
  };
}

function waitUntilMs(error: unknown): number | null {
  if (!(error instanceof AppError) || error.code !== 'marketplace.limited') return null;
  return error.retry.kind === 'later' && error.retry.at !== null
    ? Date.parse(error.retry.at)
    : null;
}
