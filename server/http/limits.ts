import { AppError } from '../domain/errors.ts';
import type { Clock } from '../domain/ports/machine.ts';

/** Starting values of R15; each is a count in a window. */
export const limits = {
  /** Calls without a bearer from one caller: popup, unknown bearers. */
  unauthenticatedPerAddress: { count: 60, windowMs: 60_000 },
  /** Signed calls that were refused; more close the caller's address for 15 minutes. */
  refusedPerAddress: { count: 10, windowMs: 60_000, closedMs: 15 * 60_000 },
  lifecyclePerMarketplace: { count: 120, windowMs: 60_000 },
  /** Calls of a system that tell of changes, once they are proven. */
  hintsPerSystem: { count: 600, windowMs: 60_000 },
  apiPerTenant: { count: 600, windowMs: 60_000 },
  /** One person in one sign-in, however often its bearer is renewed: colleagues keep their share. */
  apiPerSession: { count: 480, windowMs: 60_000 },
  sessionsPerUser: { count: 20, windowMs: 60_000 },
  /** A route that calls a marketplace or system while we answer, for a tenant. */
  callingOutPerRoute: { count: 30, windowMs: 60_000 },
  /** A route that answers with a file, for a tenant: it reads everything of its kind. */
  filePerRoute: { count: 12, windowMs: 60_000 },
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
export const headersMax = 64;
/** Windows remembered for each limit. */
export const keysMax = 50_000;

export interface RateLimits {
  /** Counts one; throws `request.too-many` with the seconds to wait when the limit is reached. */
  spend(name: LimitName, key: string): void;
  /** Throws like `spend` when the limit is reached, and counts nothing. */
  check(name: LimitName, key: string): void;
  /** How many windows are remembered. */
  size(): number;
}

interface Window {
  used: number;
  untilMs: number;
}

/**
 * Fixed windows in memory. At `keysMax` keys of one limit its oldest are forgotten: the memory stays
 * flat, and a flood that meets one limit makes no other forget.
 */
export function createRateLimits({
  clock,
  of = limits,
}: {
  clock: Clock;
  of?: Readonly<Record<LimitName, Limit>> | undefined;
}): RateLimits {
  const windowsOf = new Map<LimitName, Map<string, Window>>();

  const current = (name: LimitName, key: string) => {
    const windows = windowsOf.get(name) ?? new Map<string, Window>();
    windowsOf.set(name, windows);
    const known = windows.get(key);
    const isOpen = known !== undefined && known.untilMs > clock.nowMs();
    return {
      windows,
      window: isOpen ? known : { used: 0, untilMs: clock.nowMs() + of[name].windowMs },
    };
  };
  const remember = (windows: Map<string, Window>, key: string, window: Window) => {
    if (windows.get(key) === window) return;
    // Anew at the end: the map stands in the order of the windows' beginnings.
    windows.delete(key);
    const [oldest] = windows.keys();
    if (windows.size >= keysMax && oldest !== undefined) windows.delete(oldest);
    windows.set(key, window);
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
      const { windows, window } = current(name, key);
      const { count, closedMs } = of[name];
      if (window.used >= count) refuse(window.untilMs);
      window.used += 1;
      if (window.used === count && closedMs !== undefined)
        window.untilMs = clock.nowMs() + closedMs;
      remember(windows, key, window);
    },
    size: () => [...windowsOf.values()].reduce((sum, { size }) => sum + size, 0),
  };
}
