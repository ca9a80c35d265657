import { describe, expect, test } from 'vitest';
import { instant } from '../../server/domain/dates.ts';
import type { Disk } from '../../server/domain/ports/disk.ts';
import type { Store } from '../../server/domain/ports/store.ts';
import { takeBackup } from '../../server/store/lowdb/backup/take-backup.ts';
import { logEntriesPerSegment } from '../../server/store/lowdb/limits.ts';
import { SimulatedDisk } from './simulated-disk.ts';
import { folder, logEntry, openOn, startMs, tenantA, testClock, wholeLog } from './world.ts';

const logMonths = 36;
const monthMs = 31 * 86_400_000;
const full = 2;
const filled = logEntriesPerSegment * full;

async function add(store: Store, from: number, to: number): Promise<void> {
  for (let number = from; number <= to; number += 1_000)
    await store.transact(tenantA, (tx) => {
      for (let at = number; at < Math.min(number + 1_000, to + 1); at += 1)
        tx.log(logEntry(String(at)));
    });
}

/** Two full segments and ten entries of a third, all of which became old while the app was stopped. */
async function old() {
  const disk = new SimulatedDisk();
  const clock = testClock();
  const store = await openOn(disk, { clock });
  await add(store, 1, filled + 10);
  await store.close();
  clock.advance(40 * monthMs);
  return { disk, clock, open: (on = disk) => openOn(on, { clock, logMonths }) };
}

async function partOf(store: Store, number: number): Promise<number[]> {
  const entries = await store.readLogPart(tenantA, number);
  const seqs: number[] = [];
  for await (const { seq, subject } of entries ?? []) {
    expect(subject).toBe(String(seq));
    seqs.push(seq);
  }
  return seqs;
}
const run = (first: number, count: number) => Array.from({ length: count }, (_, at) => first + at);
const pathOf = (disk: SimulatedDisk, end: string): string =>
  disk.paths().find((path) => path.endsWith(end)) ?? '';
const partPath = (disk: SimulatedDisk, number: number): string =>
  pathOf(disk, `log-00000${number}.2026-11-23.2026-11-23.jsonl.gz`);

describe('the archive of the Action log', () => {
  test('takes whole segments that are old, and each entry is in it or in the pages', async () => {
    const { disk, open } = await old();
    const store = await open();
    const days = { from: '2026-11-23', to: '2026-11-23' };
    expect(await store.logParts(tenantA)).toEqual([
      { number: 2, first: 5_001, last: 10_000, ...days },
      { number: 1, first: 1, last: 5_000, ...days },
    ]);
    expect(await partOf(store, 1)).toEqual(run(1, 5_000));
    expect(await partOf(store, 2)).toEqual(run(5_001, 5_000));
    expect(await store.readLogPart(tenantA, 3)).toBeNull();
    expect((await wholeLog(store, tenantA)).map(({ seq }) => seq)).toEqual(run(filled + 1, 10));
    const kept = disk.paths().filter((path) => /log-00000[12]/.test(path));
    expect(kept).toEqual([partPath(disk, 1), partPath(disk, 2)]);
  });

  test('lets the numbers go on, after a restart too', async () => {
    const { disk, open } = await old();
    const store = await open();
    await add(store, filled + 11, filled + 20);
    await store.close();
    const again = await open(disk);
    expect((await wholeLog(again, tenantA)).map(({ seq }) => seq)).toEqual(run(filled + 1, 20));
    expect(await again.logParts(tenantA)).toHaveLength(full);
  });

  test('takes nothing that is not old, and nothing at all where no retention is set', async () => {
    const { disk, clock } = await old();
    expect(await (await openOn(disk, { clock })).logParts(tenantA)).toEqual([]);
    const longer = await openOn(disk.fork().crash(), { clock, logMonths: 48 });
    expect(await longer.logParts(tenantA)).toEqual([]);
    expect(await wholeLog(longer, tenantA)).toHaveLength(filled + 10);
  });

  test('holds each entry once after a crash at any call', async () => {
    const { disk, clock } = await old();
    disk.calls = [];
    const replayed = disk.fork();
    await (await openOn(disk, { clock, logMonths })).close();
    const counts = new Set<number>();
    for (const call of disk.calls) {
      replayed.replay(call);
      if (!['rename', 'remove', 'syncFolder', 'sync'].includes(call.operation)) continue;
      // Opened with a longer retention, so that only the crash decided what is where.
      const store = await openOn(replayed.fork().crash(), { clock, logMonths: 48 });
      const parts = await store.logParts(tenantA);
      counts.add(parts.length);
      expect(parts.map(({ number }) => number)).toEqual(run(1, parts.length).reverse());
      const next = parts.length * logEntriesPerSegment + 1;
      const oldest = await store.log(tenantA, { before: next + 1, limit: 5 });
      expect(oldest).toMatchObject({ entries: [{ seq: next }], next: null });
      for (const { number, first } of parts)
        expect(await partOf(store, number)).toEqual(run(first, logEntriesPerSegment));
    }
    expect([...counts]).toEqual([0, 1, 2]);
  });

  test('waits for pages that still read the segment', async () => {
    const disk = new SimulatedDisk();
    const clock = testClock();
    const store = await openOn(disk, { clock, logMonths });
    await add(store, 1, filled);
    clock.advance(40 * monthMs);
    const pages = run(0, 30).map(async (round) => {
      for (let turn = 0; turn < round * 5; turn += 1) await Promise.resolve();
      return store.log(tenantA, { before: 5_000 - round, limit: 300 });
    });
    await Promise.all([add(store, filled + 1, filled + 1), ...pages]);
    for (const page of pages) expect([0, 300]).toContain((await page).entries.length);
    await store.close();
    expect(partPath(disk, 2)).not.toBe('');
  });

  test('is made later when the disk refuses: the segment stays in the pages', async () => {
    const { disk, clock, open } = await old();
    disk.onCall = ({ operation, path }) =>
      operation === 'write' && path.includes('.gz') ? 'ENOSPC' : null;
    const store = await open();
    expect(await store.logParts(tenantA)).toEqual([]);
    expect((await store.log(tenantA, { before: 3, limit: 5 })).entries).toHaveLength(2);
    await store.close();
    disk.onCall = () => null;
    const later = await openOn(disk, { clock, logMonths });
    expect(await later.logParts(tenantA)).toHaveLength(full);
  });

  test('tells damage to who reads the part, and a missing part stops the start', async () => {
    const { disk, open } = await old();
    await (await open()).close();
    const path = partPath(disk, 2);
    const bytes = disk.peek(path)?.slice() ?? new Uint8Array();
    bytes[2_000] = (bytes[2_000] ?? 0) ^ 1;
    disk.poke(path, bytes);
    const store = await open();
    await expect(partOf(store, 2)).rejects.toThrow(path);
    expect(await partOf(store, 1)).toHaveLength(logEntriesPerSegment);
    await store.close();
    await disk.remove(path);
    await expect(open()).rejects.toThrow('log-000002.jsonl: is missing');
  });

  test('may lose its oldest parts to an operator', async () => {
    const { disk, open } = await old();
    await (await open()).close();
    await disk.remove(partPath(disk, 1));
    expect((await (await open()).logParts(tenantA)).map(({ number }) => number)).toEqual([2]);
  });

  test('is in a backup, even of segments that became parts while it was taken', async () => {
    const { disk, clock, open } = await old();
    let isArchived = false;
    const during = new Proxy<Disk>(disk, {
      get: (target, name) =>
        name !== 'read'
          ? Reflect.get(target, name).bind(target)
          : async (path: string, range?: { start: number; end: number }) => {
              if (!isArchived && path.endsWith('log-000001.jsonl')) {
                isArchived = true;
                await (await open()).close();
              }
              return target.read(path, range);
            },
    });
    await takeBackup({ disk: during, folder, to: '/backup', takenAt: instant(startMs) });
    expect(isArchived).toBe(true);
    const copy = await openOn(disk, { clock, folder: '/backup' });
    expect(await partOf(copy, 1)).toEqual(run(1, 5_000));
    expect(await partOf(copy, 2)).toEqual(run(5_001, 5_000));
    expect((await wholeLog(copy, tenantA)).map(({ seq }) => seq)).toEqual(run(filled + 1, 10));
  });
});
