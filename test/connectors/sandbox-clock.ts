import type { Clock } from '../../server/domain/ports/machine.ts';
import type { SandboxClock } from '../sandbox/clock.ts';

/** A player's clock as the app's: who waits goes on when it is moved. */
export function clockOf(clock: SandboxClock): Clock {
  return {
    nowMs: () => clock.nowMs(),
    waitUntil: (ms, signal) =>
      new Promise((resolve) => {
        const look = () => {
          if (clock.nowMs() < ms && signal?.aborted !== true) return;
          end();
          resolve();
        };
        const end = clock.onJump(look);
        signal?.addEventListener('abort', look, { once: true });
        look();
      }),
  };
}
