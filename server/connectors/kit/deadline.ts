import { AppError, retryLater } from '../../domain/errors.ts';
import type { Clock } from '../../domain/ports/machine.ts';

/** Nobody reads it; made once, because a reason of its own would take down where it was made. */
const noLonger = new Error('the work is done');

/**
 * Runs work that must end within `timeoutMs` of the given clock. At the deadline its signal aborts and
 * `system.timeout` is thrown, whether or not the work listens.
 */
export function withDeadline<T>(options: {
  clock: Clock;
  timeoutMs: number;
  work: (signal: AbortSignal) => Promise<T>;
}): Promise<T> {
  const { clock, timeoutMs, work } = options;
  const cut = new AbortController();
  const done = new AbortController();
  return new Promise<T>((resolve, reject) => {
    let open = true;
    const settle = (finish: () => void) => {
      if (!open) return;
      open = false;
      done.abort(noLonger);
      finish();
    };
    work(cut.signal).then(
      (value) => settle(() => resolve(value)),
      (error: unknown) => settle(() => reject(error)),
    );
    clock.waitUntil(clock.nowMs() + timeoutMs, done.signal).then(
      () =>
        settle(() => {
          cut.abort();
          reject(new AppError('system.timeout', { retry: retryLater() }));
        }),
      (error: unknown) => settle(() => reject(error)),
    );
  });
}
