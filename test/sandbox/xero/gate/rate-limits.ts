/**
 * Limits of developer.xero.com/faq/limits: 5 calls at once, 60 a minute and 5,000 a day for an app and an organisation,
 * 10,000 a minute for an app. Windows are fixed, not rolling, and begin at another moment for each organisation.
 */
export const CONCURRENT_MAX = 5;
export const MINUTE_MAX = 60;
export const DAY_MAX = 5_000;
export const APP_MINUTE_MAX = 10_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export interface RateLimits {
  /** Counts the call, or says which limit it met and, where Xero does, after how many seconds to come back. */
  enter(call: { clientId: string; tenantId: string; nowMs: number }): RateVerdict;
  leave(call: { clientId: string; tenantId: string }): void;
}

export interface RateVerdict {
  problem: 'concurrent' | 'minute' | 'day' | 'appminute' | undefined;
  retryAfterS: number | undefined;
  headers: Record<string, string>;
}

interface Window {
  index: number;
  used: number;
}

export function createRateLimits(): RateLimits {
  const windows = new Map<string, Window>();
  const running = new Map<string, number>();
  const window = (key: string, lengthMs: number, nowMs: number): Window => {
    const index = Math.floor((nowMs + offsetOf(key, lengthMs)) / lengthMs);
    const known = windows.get(key);
    if (known?.index === index) return known;
    const fresh = { index, used: 0 };
    windows.set(key, fresh);
    return fresh;
  };
  return {
    enter: ({ clientId, tenantId, nowMs }) => {
      const pair = `${clientId} ${tenantId}`;
      const minute = window(`minute ${pair}`, MINUTE_MS, nowMs);
      const day = window(`day ${pair}`, DAY_MS, nowMs);
      const app = window(`app ${clientId}`, MINUTE_MS, nowMs);
      const atOnce = running.get(pair) ?? 0;
      running.set(pair, atOnce + 1);
      const problem =
        day.used >= DAY_MAX
          ? 'day'
          : minute.used >= MINUTE_MAX
            ? 'minute'
            : app.used >= APP_MINUTE_MAX
              ? 'appminute'
              : atOnce >= CONCURRENT_MAX
                ? 'concurrent'
                : undefined;
      if (problem === undefined) for (const part of [minute, day, app]) part.used += 1;
      const lengthMs = problem === 'day' ? DAY_MS : MINUTE_MS;
      const named = `${problem === 'day' ? 'day' : 'minute'} ${pair}`;
      return {
        problem,
        // Retry-After is documented for the minute and the day only.
        retryAfterS:
          problem === 'day' || problem === 'minute'
            ? secondsLeft(named, lengthMs, nowMs)
            : undefined,
        headers: {
          'X-MinLimit-Remaining': String(MINUTE_MAX - minute.used),
          'X-DayLimit-Remaining': String(DAY_MAX - day.used),
          'X-AppMinLimit-Remaining': String(APP_MINUTE_MAX - app.used),
        },
      };
    },
    leave: ({ clientId, tenantId }) => {
      const pair = `${clientId} ${tenantId}`;
      running.set(pair, Math.max(0, (running.get(pair) ?? 0) - 1));
    },
  };
}

function secondsLeft(key: string, lengthMs: number, nowMs: number): number {
  return Math.ceil((lengthMs - ((nowMs + offsetOf(key, lengthMs)) % lengthMs)) / 1000);
}

/** A stable offset from the key's text, so that windows of different organisations do not begin together. */
function offsetOf(key: string, lengthMs: number): number {
  let hash = 7;
  for (const letter of key.slice(key.indexOf(' ') + 1))
    hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0;
  return hash % lengthMs;
}
