import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../server/domain/ports/machine.ts';
import type { SandboxClock } from '../sandbox/clock.ts';

/** The step in which the app waits for its own lease (`server/sync/lease.ts`). */
const workStepMs = 250;
const workSlackMs = 20;
/** So many turns without a call under way: an answer is being taken in before. */
const quietTurns = 5;

/**
 * A clock on which a wait for a place in a budget takes no time: the world's clock jumps there, once
 * nothing is on its way. Waits that can be ended (the scheduler's, deadlines) stay real, and so do
 * those for other work of the app.
 */
export function jumpingClock(
  world: SandboxClock,
  options: { real: Clock; isBusy: () => boolean },
): Clock {
  return {
    nowMs: world.nowMs,
    waitUntil: async (ms, signal) => {
      const isForWork = Math.abs(ms - world.nowMs() - workStepMs) < workSlackMs;
      if (signal !== undefined || isForWork) return options.real.waitUntil(ms, signal);
      for (let quiet = 0; quiet < quietTurns; quiet += 1) {
        await nextTurn();
        if (options.isBusy()) quiet = -1;
      }
      const missingMs = ms - world.nowMs();
      if (missingMs > 0) world.advance({ ms: missingMs });
    },
  };
}
