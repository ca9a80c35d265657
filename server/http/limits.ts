import { AppError } from '../domain/errors.ts';
import type { Clock } from '../domain/ports.ts';

/** Starting values of R15; each is a count in a window. */
export const limits = {
  /** Calls without a bearer from one address: session exchange, popup, lifecycle. */
  unauthenticatedPerAddress: { count: 60, windowMs: 60_000 },
  /** Signed calls that were refused; more close the address for 15 minutes. */
  refusedPerAddress: { count: 10, windowMs: 60_000, closedMs: 15 * 60_000 },
  lifecyclePerMarketplace: { count: 120, windowMs: 60_000 },
  apiPerTenant: { count: 600, windowMs: 60_000 },
  sessionsPerUser: { count: 20, windowMs: 60_000 },
} as const;
export type LimitName = keyof typeof limits;
export interface Limit {
  count: number;
  windowMs: number;
  /** How long it stays closed once reached; the rest of the window where absent. */
  closedMs?: number;
}

export const bodyMaxBytes = 512 * 1024;
export const urlMaxLength = 4_096;
const keysMax = 50_000;

export interface RateLimits {
  /** Counts one; throws `request.too-many` with the seconds to wait when the limit is reached. */
  spend(name: LimitName, key: string): void;
  /** Throws like `spend` when the limit is reached, and counts nothing. */
  check(name: LimitName, key: string): void;
}

/** Fixed windows in memory. At `keysMax` keys the oldest are forgotten: the memory stays flat. */
export function createRateLimits({
  clock,
  of = limits,
}: {
  clock: Clock;
  of?: Readonly<Record<LimitName, Limit>>;
}): RateLimits {
  const windows = new Map<string, { used: number; untilMs: number }>();

  const current = (name: LimitName, key: string) => {
    const id = `${name} ${key}`;
    const known = windows.get(id);
    if (known && known.untilMs > clock.nowMs()) return { id, window: known };
    const [oldest] = windows.keys();
    if (windows.size >= keysMax && oldest !== undefined) windows.delete(oldest);
    windows.delete(id);
    return { id, window: { used: 0, untilMs: clock.nowMs() + of[name].windowMs } };
  };
  const refuse = (untilMs: number): never => {
    const afterSeconds = Math.max(1, Math.ceil((untilMs - clock.nowMs()) / 1000));
    throw new AppError('request.too-many', { facts: { afterSeconds: String(afterSeconds) } });
  };

  return {
    check: (name, key) => {
      const { window } = current(name, key);
      if (window.used >= of[name].count) refuse(window.untilMs);
    },
    spend: (name, key) => {
      const { id, window } = current(name, key);
      const { count, closedMs } = of[name];
      if (window.used >= count) refuse(window.untilMs);
      window.used += 1;
      if (window.used === count && closedMs !== undefined)
        window.untilMs = clock.nowMs() + closedMs;
      windows.set(id, window);
    },
  };
}
