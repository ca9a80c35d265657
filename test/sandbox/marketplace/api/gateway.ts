import { dateOf } from '../../calendar.ts';
import type { SandboxClock } from '../../clock.ts';
import { GATEWAY } from '../config.ts';
import { refusal } from './reply.ts';

const MINUTE_MS = 60_000;

export interface Gateway {
  /** Counts a call with this key; the refusal if it is one too many. */
  admit(subscriptionKey: string): Response | undefined;
  /** Calls of the present minute and day. */
  used(subscriptionKey: string): { minute: number; day: number };
  clear(): void;
}

/**
 * The API gateway in front of SimpleAPI. Vendor's recommended product: 60 calls a minute, 5,000 a day for each
 * subscription; it answers 429 with Retry-After for the rate and 403 for the quota.
 */
export function createGateway(clock: SandboxClock): Gateway {
  const calls = new Map<string, { times: number[]; date: string; day: number }>();
  const usage = (key: string) => {
    const now = clock.nowMs();
    const found = calls.get(key) ?? { times: [], date: dateOf(now), day: 0 };
    found.times = found.times.filter((at) => at > now - MINUTE_MS && at <= now);
    if (found.date !== dateOf(now)) Object.assign(found, { date: dateOf(now), day: 0 });
    calls.set(key, found);
    return found;
  };
  return {
    admit: (key) => {
      const now = clock.nowMs();
      const found = usage(key);
      if (found.day >= GATEWAY.callsPerDay)
        return refusal(403, 'QuotaExceeded', 'Out of call volume quota for today.');
      const oldest = found.times[0];
      if (found.times.length >= GATEWAY.callsPerMinute && oldest !== undefined) {
        const seconds = Math.max(1, Math.ceil((oldest + MINUTE_MS - now) / 1000));
        return refusal(429, 'RateLimited', 'Rate limit is exceeded.', {
          'Retry-After': String(seconds),
        });
      }
      found.times.push(now);
      found.day += 1;
      return undefined;
    },
    used: (key) => {
      const found = usage(key);
      return { minute: found.times.length, day: found.day };
    },
    clear: () => calls.clear(),
  };
}
