import { expect, test } from 'vitest';
import { type Kill, liveAndDie } from './life.ts';

const kills = 20;
const terms = 4;

test('killed twenty times in the middle of a sync, and asked to end four times: the bookkeeper agrees each time', async () => {
  const seed = Date.now() % 1_000_000;
  const times = (signal: Kill['signal'], count: number) =>
    Array.from({ length: count }, () => signal);
  const ends = await liveAndDie({
    seed,
    signals: [...times('SIGKILL', kills), ...times('SIGTERM', terms)],
  });
  const again = `npm run kill -- --kills ${kills} --terms ${terms} --seed ${seed}`;
  expect(
    ends.filter(({ faults }) => faults.length > 0),
    again,
  ).toEqual([]);
  expect(ends, again).toHaveLength(kills + terms);
  // Some of them must hurt: a write was under way and its answer was lost.
  expect(ends.filter(({ hitWrite }) => hitWrite).length, again).toBeGreaterThan(0);
}, 300_000);
