/**
 * Limits of the help pages "API thread limiting" and "API calls: thresholds": three calls at once for a tracking
 * identifier and an entity (integrations made since 2023.1); 10,000 calls in a rolling hour for a customer's database, all
 * vendors together, slower from half of it on.
 */
export const THREADS_MAX = 3;
export const HOUR_MAX = 10_000;
export const TIMEFRAME_MINUTES = 60;
const HOUR_MS = 3_600_000;
/** "0.5 second latency at 50 %, 1 second at 75 %": the second step is told by others only. */
const SLOW_STEPS: readonly { fromShare: number; delayMs: number }[] = [
  { fromShare: 0.75, delayMs: 1_000 },
  { fromShare: 0.5, delayMs: 500 },
];

export interface Limits {
  /** Counts one call in the rolling hour. `others` is what other vendors used of it. */
  count(nowMs: number, others: number): { isOver: boolean; delayMs: number; retryAfterS: number };
  used(nowMs: number, others: number): number;
  /** Takes a place among the calls at once, or says that there is none. */
  enter(thread: string, threadsMax: number): boolean;
  leave(thread: string): void;
}

export function createLimits(): Limits {
  const calls: number[] = [];
  const running = new Map<string, number>();
  const forget = (nowMs: number) => {
    let old = 0;
    while (old < calls.length && (calls[old] ?? 0) <= nowMs - HOUR_MS) old += 1;
    calls.splice(0, old);
  };
  const used = (nowMs: number, others: number) => {
    forget(nowMs);
    return calls.length + others;
  };
  return {
    used,
    count: (nowMs, others) => {
      const before = used(nowMs, others);
      const oldestMs = calls[0] ?? nowMs;
      const retryAfterS = Math.max(1, Math.ceil((oldestMs + HOUR_MS - nowMs) / 1000));
      if (before >= HOUR_MAX) return { isOver: true, delayMs: 0, retryAfterS };
      calls.push(nowMs);
      const share = (before + 1) / HOUR_MAX;
      const delayMs = SLOW_STEPS.find(({ fromShare }) => share >= fromShare)?.delayMs ?? 0;
      return { isOver: false, delayMs, retryAfterS };
    },
    enter: (thread, threadsMax) => {
      const atOnce = running.get(thread) ?? 0;
      if (atOnce >= threadsMax) return false;
      running.set(thread, atOnce + 1);
      return true;
    },
    leave: (thread) => {
      running.set(thread, Math.max(0, (running.get(thread) ?? 0) - 1));
    },
  };
}
