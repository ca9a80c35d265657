import type { Clock, Logger } from '../domain/ports/machine.ts';
import type { Wake } from '../domain/ports/wake.ts';

/** Pieces of work that have a place each; the others wait their turn. */
const placesMax = 8;
/** Who works for longer lends the place to others: most of a long reading is waiting for answers. */
const placeMs = 1_000;
/** Pieces of work under way, those that lent their place included: what they hold must fit in memory. */
const atOnceMax = 64;
/** Time left to work under way when the app stops. */
const stopWaitMaxMs = 5_000;

interface Underway {
  owner: string;
  startedMs: number;
  ended: Promise<void>;
}

/**
 * The scheduler: one heap of times in this process. Of what is due, an owner with the least under way
 * comes first, then the longest due: however much one tenant has to do, another's work begins within a
 * second.
 */
export function createWake(options: {
  clock: Clock;
  logger: Logger;
  /** Whose work a key is. */
  ownerOf: (key: string) => string;
}): Wake {
  const { clock, logger, ownerOf } = options;
  const times = new Map<string, number>();
  const underway = new Map<string, Underway>();
  let work: ((key: string) => Promise<void>) | null = null;
  let poke = new AbortController();
  let stopped = false;
  let seenMs = clock.nowMs();

  /** A clock that was set back by hours must not keep the work waiting for hours. */
  function followClock(): void {
    const nowMs = clock.nowMs();
    const backMs = seenMs - nowMs;
    if (backMs > 0) for (const [key, ms] of times) times.set(key, ms - backMs);
    seenMs = nowMs;
  }

  /** When a place is free: now, when somebody lends one, or null until something ends. */
  function placeFreeMs(): number | null {
    if (underway.size >= atOnceMax) return null;
    const lentMs = [...underway.values()]
      .map(({ startedMs }) => startedMs + placeMs)
      .filter((ms) => ms > clock.nowMs())
      .sort((a, b) => a - b);
    return lentMs.length < placesMax ? clock.nowMs() : (lentMs[lentMs.length - placesMax] ?? null);
  }

  function soonestMs(): number | null {
    const waiting = [...times].filter(([key]) => !underway.has(key)).map(([, ms]) => ms);
    const placeMs = placeFreeMs();
    if (waiting.length === 0 || placeMs === null) return null;
    return Math.max(placeMs, Math.min(...waiting));
  }

  function nextDue(): string | null {
    const busy = Map.groupBy(underway.values(), ({ owner }) => owner);
    const countOf = (key: string): number => busy.get(ownerOf(key))?.length ?? 0;
    const due = [...times].filter(([key, ms]) => ms <= clock.nowMs() && !underway.has(key));
    due.sort(([a, aMs], [b, bMs]) => countOf(a) - countOf(b) || aMs - bMs);
    return due[0]?.[0] ?? null;
  }

  function begin(key: string, run: (key: string) => Promise<void>): void {
    times.delete(key);
    const ended = run(key)
      .catch((error: unknown) => logger.error('scheduled work threw', { key, error }))
      .finally(() => {
        underway.delete(key);
        poke.abort();
      });
    underway.set(key, { owner: ownerOf(key), startedMs: clock.nowMs(), ended });
  }

  function startDue(): void {
    for (let started = 0; started < atOnceMax; started += 1) {
      const freeMs = placeFreeMs();
      const key = nextDue();
      if (work === null || key === null || freeMs === null || freeMs > clock.nowMs()) return;
      begin(key, work);
    }
  }

  async function loop(): Promise<void> {
    while (!stopped) {
      followClock();
      startDue();
      poke = new AbortController();
      await clock.waitUntil(soonestMs() ?? Number.MAX_SAFE_INTEGER, poke.signal);
    }
  }

  return {
    // A piece of work that ends names its next time; that must not undo a call for it meanwhile.
    at: (key, ms) => {
      followClock();
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
      const all = [...underway.values()].map(({ ended }) => ended);
      await Promise.race([Promise.allSettled(all), deadline]);
    },
  };
}
