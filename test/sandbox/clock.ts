import { addMonths, dateOf, dayNumberOf } from './calendar.ts';

export interface SandboxClock {
  nowMs(): number;
  /** Moves forward (never back). Months keep the time of day and clamp to the month's last day. */
  advance(step: { days?: number; ms?: number; months?: number }): void;
  /** Moves to a moment, which may lie in the past. */
  set(ms: number): void;
  /** Calls back after each jump; the answer ends the subscription. */
  onJump(callback: () => void): () => void;
  /** Sandbox time minus real time: what a child process adds to its own clock. */
  offsetMs(): number;
}

const DAY_MS = 86_400_000;

/**
 * A clock that the world shares. Real time flows on top of an offset; with `frozen` only `advance` and `set` move it, so
 * that a test is the same on every run.
 */
export function createSandboxClock(
  options: { startMs?: number; frozen?: boolean; realNowMs?: () => number } = {},
): SandboxClock {
  const realNowMs = options.realNowMs ?? Date.now;
  const callbacks = new Set<() => void>();
  let frozenMs = options.startMs ?? realNowMs();
  let offsetMs = options.startMs === undefined ? 0 : options.startMs - realNowMs();
  const nowMs = () => (options.frozen ? frozenMs : realNowMs() + offsetMs);
  const set = (ms: number) => {
    if (!Number.isFinite(ms))
      throw new RangeError('the sandbox clock needs a moment in milliseconds');
    frozenMs = ms;
    offsetMs = ms - realNowMs();
    for (const callback of [...callbacks]) callback();
  };
  return {
    nowMs,
    set,
    advance: ({ days = 0, ms = 0, months = 0 }) => {
      if (days < 0 || ms < 0 || months < 0) throw new RangeError('the sandbox clock only advances');
      set(monthsLater(nowMs(), months) + days * DAY_MS + ms);
    },
    onJump: (callback) => {
      callbacks.add(callback);
      return () => callbacks.delete(callback);
    },
    offsetMs: () => nowMs() - realNowMs(),
  };
}

function monthsLater(ms: number, months: number): number {
  if (months === 0) return ms;
  const date = dateOf(ms);
  return ms + (dayNumberOf(addMonths(date, months)) - dayNumberOf(date)) * DAY_MS;
}
