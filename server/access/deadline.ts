import type { Clock } from '../domain/ports/machine.ts';

/** A signal that aborts after a time on our clock; `done` ends the wait when the work is over. */
export function deadline(clock: Clock, limitMs: number): { signal: AbortSignal; done(): void } {
  const late = new AbortController();
  const over = new AbortController();
  void clock.waitUntil(clock.nowMs() + limitMs, over.signal).then(() => {
    if (!over.signal.aborted) late.abort();
  });
  return { signal: late.signal, done: () => over.abort() };
}
