import { describe, expect, test } from 'vitest';
import { SimulatedDisk } from './simulated-disk.ts';
import { commitWhole, wholeCommits } from './whole-commits.ts';
import { openOn } from './world.ts';

const commits = 8;

/** Runs the commits on a recording disk; tells after which call each was acknowledged. */
async function record() {
  const disk = new SimulatedDisk();
  disk.calls = [];
  const { calls } = disk;
  const store = await openOn(disk);
  const acknowledgedAt: number[] = [];
  for (let number = 1; number <= commits; number += 1) {
    await commitWhole(store, number);
    acknowledgedAt.push(calls.length);
  }
  await store.close();
  return { calls, acknowledgedAt };
}

/** Small, seeded: the same shares on every run. */
function shares(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('C1, C12: a power cut at every call', () => {
  test.each([
    ['all that was not synced is gone', null],
    ['some of what was not synced survives', 1],
    ['another part of it survives', 2],
  ])('loses nothing acknowledged and halves nothing when %s', async (_, seed) => {
    const { calls, acknowledgedAt } = await record();
    const replayed = new SimulatedDisk();
    for (const [position, call] of calls.entries()) {
      replayed.replay(call);
      const survived = replayed.fork().crash(seed === null ? undefined : shares(seed + position));
      const store = await openOn(survived);
      const count = await wholeCommits(store);
      const acknowledged = acknowledgedAt.filter((at) => at <= position + 1).length;
      expect(count, `after call ${position + 1}`).toBeGreaterThanOrEqual(acknowledged);
      expect(count, `after call ${position + 1}`).toBeLessThanOrEqual(acknowledged + 1);
    }
  });

  test('the store goes on after it, and a second cut during recovery is no worse', async () => {
    const { calls } = await record();
    const replayed = new SimulatedDisk();
    for (const [position, call] of calls.entries()) {
      replayed.replay(call);
      if (position % 5 !== 0) continue;
      const once = replayed.fork().crash(shares(position));
      once.onCall = (_call, count) => (count === 12 + (position % 23) ? 'hang' : null);
      void openOn(once).catch(() => undefined);
      await new Promise((resolve) => setImmediate(resolve));
      const store = await openOn(once.crash(shares(position + 1)));
      const count = await wholeCommits(store);
      if (count >= 9) continue;
      await commitWhole(store, count + 1);
      expect(await wholeCommits(store)).toBe(count + 1);
    }
  });

  test('C12: data is synced before its rename, the folder before the acknowledgement, the log after', async () => {
    const { calls, acknowledgedAt } = await record();
    const from = acknowledgedAt[3] ?? 0;
    const one = calls.slice(from, acknowledgedAt[4]);
    const at = (operation: string, end: string) =>
      one.findIndex((call) => call.operation === operation && call.path.endsWith(end));
    const order = [
      at('write', 'hot.json.tmp'),
      at('sync', 'hot.json.tmp'),
      at('link', 'hot.json'),
      at('rename', 'hot.json.tmp'),
    ];
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order).not.toContain(-1);
    const folder = one.findLastIndex((call) => call.operation === 'syncFolder');
    expect(folder).toBeGreaterThan(order.at(-1) ?? 0);
    const entry = calls.findIndex(
      (call, position) =>
        position > from + (order.at(-1) ?? 0) &&
        call.operation === 'write' &&
        call.path.endsWith('log-000001.jsonl'),
    );
    expect(entry).toBeGreaterThan(from + (order.at(-1) ?? 0));
  });

  test('C11: many kills leave a tenant with its files, their backups and no temporary one', async () => {
    let disk = new SimulatedDisk();
    const first = await openOn(disk);
    await commitWhole(first, 1);
    await first.close();
    let leftovers = 0;
    for (let kill = 1; kill <= 60; kill += 1) {
      const store = await openOn(disk);
      const last = disk.callCount + (kill % 37);
      disk.onCall = (_call, count) => (count > last ? 'hang' : null);
      void commitWhole(store, 1 + (kill % 8)).catch(() => undefined);
      await new Promise((resolve) => setImmediate(resolve));
      // What a killed process had written is there, synced or not.
      disk = disk.crash(() => 1);
      const temporary = disk.paths().filter((path) => /\/t-.*\.tmp$/.test(path));
      expect(temporary.length).toBeLessThanOrEqual(1);
      leftovers += temporary.length;
    }
    const store = await openOn(disk);
    await store.close();
    const names = disk
      .paths()
      .filter((path) => path.includes('/t-'))
      .map((path) => path.slice(path.lastIndexOf('/') + 1));
    const expected =
      /^(hot\.json|customer\.json|link\.jsonl|charge-2026-\d\d\.jsonl|log-000001\.jsonl)(\.backup)?$/;
    expect(names.filter((name) => !expected.test(name))).toEqual([]);
    // The kills can be seen to hurt: some came while a file was being replaced.
    expect(names).toContain('hot.json');
    expect(leftovers).toBeGreaterThan(5);
  });
});
