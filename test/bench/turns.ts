import { setImmediate as nextTurn } from 'node:timers/promises';

const microsecondsPerMs = 1_000;

/**
 * The longest that this thread worked without giving anybody else a turn while the work went on. It is
 * counted in the time of the processor, so that other programs of the machine do not count.
 */
export async function longestTurnOf(work: () => Promise<unknown>): Promise<number> {
  let isOver = false;
  let longestMs = 0;
  const watch = async () => {
    for (let beforeMs = workedMs(); !isOver; ) {
      await nextTurn();
      const nowMs = workedMs();
      longestMs = Math.max(longestMs, nowMs - beforeMs);
      beforeMs = nowMs;
    }
  };
  const watching = watch();
  await work();
  isOver = true;
  await watching;
  return longestMs;
}

function workedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / microsecondsPerMs;
}
