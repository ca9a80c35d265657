import type { Clock } from '../../server/domain/ports/machine.ts';

export interface TestClock extends Clock {
  /** Moves time on and wakes who waited for it, in the order of their times. */
  advance(ms: number): Promise<void>;
  /** The clock is set back; who waits goes on waiting as long as before. */
  setBack(ms: number): void;
  /** The number of waits that have not ended. */
  waiting(): number;
}

interface Wait {
  atMs: number;
  wake: () => void;
}

/** A clock that stands still until it is moved. `jumps` lets a wait move it by itself. */
export function createTestClock(
  start: string,
  { jumps = false }: { jumps?: boolean } = {},
): TestClock {
  let nowMs = Date.parse(start);
  let waits: Wait[] = [];
  return {
    nowMs: () => nowMs,
    waitUntil: (atMs, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true || atMs <= nowMs) return resolve();
        if (jumps && signal === undefined) {
          nowMs = atMs;
          return resolve();
        }
        const wait: Wait = { atMs, wake: resolve };
        waits.push(wait);
        signal?.addEventListener('abort', () => {
          waits = waits.filter((other) => other !== wait);
          resolve();
        });
      }),
    advance: async (ms) => {
      const untilMs = nowMs + ms;
      for (;;) {
        const [next] = waits.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs);
        if (next === undefined) break;
        waits = waits.filter((other) => other !== next);
        nowMs = Math.max(nowMs, next.atMs);
        next.wake();
        await settled();
      }
      nowMs = untilMs;
      await settled();
    },
    setBack: (ms) => {
      nowMs -= ms;
      for (const wait of waits) wait.atMs -= ms;
    },
    waiting: () => waits.length,
  };
}

/** Lets everything that is ready run. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
