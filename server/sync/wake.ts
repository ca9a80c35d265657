import type { Clock, Logger, Wake } from '../domain/ports.ts';

/** Pieces of work that run at the same time; the rest waits its turn. */
const atOnceMax = 8;
/** Time left to work under way when the app stops. */
const stopWaitMaxMs = 5000;

/** The embedded scheduler: one heap of times in this process, for which pg-boss stands in past it. */
export function createWake(clock: Clock, logger: Logger): Wake {
  const times = new Map<string, number>();
  const running = new Map<string, Promise<void>>();
  let work: ((key: string) => Promise<void>) | null = null;
  let poke = new AbortController();
  let stopped = false;

  function nextMs(): number | null {
    if (running.size >= atOnceMax) return null;
    let soonest: number | null = null;
    for (const [key, ms] of times)
      if (!running.has(key) && (soonest === null || ms < soonest)) soonest = ms;
    return soonest;
  }

  function startDue(): void {
    for (const [key, ms] of [...times].sort(([, a], [, b]) => a - b)) {
      if (running.size >= atOnceMax || work === null) return;
      if (ms > clock.nowMs() || running.has(key)) continue;
      times.delete(key);
      const one = work(key)
        .catch((error: unknown) => logger.error('scheduled work threw', { key, error }))
        .finally(() => {
          running.delete(key);
          poke.abort();
        });
      running.set(key, one);
    }
  }

  async function loop(): Promise<void> {
    while (!stopped) {
      startDue();
      poke = new AbortController();
      await clock.waitUntil(nextMs() ?? Number.MAX_SAFE_INTEGER, poke.signal);
    }
  }

  return {
    // A piece of work that ends names its next time; that must not undo a call for it meanwhile.
    at: (key, ms) => {
      times.set(key, Math.min(ms, times.get(key) ?? ms));
      poke.abort();
    },
    cancel: (key) => {
      times.delete(key);
    },
    start: (given) => {
      work = given;
      void loop();
    },
    stop: async () => {
      stopped = true;
      poke.abort();
      const deadline = clock.waitUntil(clock.nowMs() + stopWaitMaxMs);
      await Promise.race([Promise.allSettled(running.values()), deadline]);
    },
  };
}
