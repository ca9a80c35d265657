import { describe, expect, test } from 'vitest';
import type { Clock } from '../../server/domain/ports/machine.ts';
import { createWake } from '../../server/sync/wake.ts';
import { createTestClock, settled } from '../kit/test-clock.ts';
import { silentLogger } from '../kit/test-crypto.ts';

/** Keys are `<owner> <what>`; a piece of work takes its time on the clock. */
function queue(tookMs: (key: string) => number = () => 0) {
  const clock = createTestClock('2026-11-23T10:00:00Z');
  const wake = createWake({
    clock,
    logger: silentLogger,
    ownerOf: (key) => key.split(' ')[0] ?? '',
  });
  const startMs = clock.nowMs();
  const begun: { key: string; atMs: number }[] = [];
  const underway = new Set<string>();
  let atOnce = 0;
  wake.start(async (key) => {
    begun.push({ key, atMs: clock.nowMs() - startMs });
    underway.add(key);
    atOnce = Math.max(atOnce, underway.size);
    await clock.waitUntil(clock.nowMs() + tookMs(key));
    underway.delete(key);
  });
  /** What was just asked for begins at this time, not at the end of the step. */
  const advance = async (ms: number) => {
    await settled();
    await clock.advance(ms);
  };
  return {
    clock: { advance },
    wake,
    begun,
    keys: () => begun.map(({ key }) => key),
    atOnce: () => atOnce,
    at: (key: string, afterMs = 0) => wake.at(key, startMs + afterMs),
  };
}
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

describe('the queue of work', () => {
  test('lets nobody wait for more than a second behind readings that take hours', async () => {
    const { clock, at, begun, keys } = queue((key) => (key.startsWith('large') ? hourMs : 0));
    for (let number = 1; number <= 20; number += 1) at(`large-${number} check`);
    await clock.advance(100);
    expect(keys()).toHaveLength(8);
    at('small check', 100);
    await clock.advance(10_000);
    expect(begun.find(({ key }) => key === 'small check')?.atMs).toBeLessThanOrEqual(3_000);
    expect(keys()).toHaveLength(21);
    at('small run', 20_000);
    await clock.advance(20_000);
    expect(begun.at(-1)).toEqual({ key: 'small run', atMs: 20_000 });
  });

  test('takes the work of who has the least under way first', async () => {
    const { clock, at, keys } = queue(() => 500);
    for (let number = 1; number <= 30; number += 1) at(`large ${number}`);
    await clock.advance(10);
    expect(keys()).toHaveLength(8);
    at('small check', 10);
    await clock.advance(500);
    expect(keys()[8]).toBe('small check');
  });

  test('never has more under way than fits, and takes up the rest as work ends', async () => {
    const { clock, at, keys, atOnce } = queue(() => hourMs);
    for (let number = 1; number <= 100; number += 1) at(`tenant-${number} check`);
    await clock.advance(hourMs - 1);
    expect([keys().length, atOnce()]).toEqual([64, 64]);
    await clock.advance(hourMs);
    expect([keys().length, atOnce()]).toEqual([100, 64]);
  });

  test('does missed work once, however long the machine slept', async () => {
    const { clock, at, keys } = queue();
    at('tenant check', hourMs);
    for (let missed = 1; missed <= 5; missed += 1) at('tenant check', missed * hourMs);
    await clock.advance(100 * hourMs);
    expect(keys()).toEqual(['tenant check']);
  });

  test('never does one piece twice at once, and keeps a call for it that comes meanwhile', async () => {
    const { clock, at, begun, atOnce } = queue(() => 5_000);
    at('tenant check');
    await clock.advance(1_000);
    at('tenant check', 1_000);
    await clock.advance(3_000);
    expect(begun).toHaveLength(1);
    await clock.advance(10_000);
    expect([begun.length, atOnce()]).toEqual([2, 1]);
  });

  test('goes on when a piece of work throws', async () => {
    const clock = createTestClock('2026-11-23T10:00:00Z');
    const wake = createWake({ clock, logger: silentLogger, ownerOf: (key) => key });
    const done: string[] = [];
    wake.start(async (key) => {
      if (key === 'bad') throw new Error('bug');
      done.push(key);
    });
    wake.at('bad', clock.nowMs());
    wake.at('good', clock.nowMs());
    await settled();
    expect(done).toEqual(['good']);
  });

  test('begins nothing after it was stopped, and waits for what is under way', async () => {
    const { clock, wake, at, keys } = queue(() => 2_000);
    at('tenant check');
    at('tenant run', 1_000);
    await clock.advance(10);
    let stopped = false;
    void wake.stop().then(() => {
      stopped = true;
    });
    await clock.advance(1_500);
    expect([stopped, keys()]).toEqual([false, ['tenant check']]);
    await clock.advance(1_000);
    expect([stopped, keys()]).toEqual([true, ['tenant check']]);
  });

  test('goes on in its rhythm when the clock of the machine is set back by a day', async () => {
    const test = createTestClock('2026-11-23T10:00:00Z');
    let backMs = 0;
    const clock: Clock = {
      nowMs: () => test.nowMs() - backMs,
      waitUntil: (ms, signal) => test.waitUntil(ms + backMs, signal),
    };
    const wake = createWake({ clock, logger: silentLogger, ownerOf: (key) => key });
    let checks = 0;
    wake.start(async (key) => {
      checks += 1;
      wake.at(key, clock.nowMs() + 5 * minuteMs);
    });
    wake.at('check', clock.nowMs());
    await test.advance(minuteMs);
    backMs = 24 * hourMs;
    await test.advance(30 * minuteMs);
    expect(checks).toBeGreaterThanOrEqual(4);
    await wake.stop();
  });
});
