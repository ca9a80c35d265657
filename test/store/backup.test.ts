import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instant } from '../../server/domain/dates.ts';
import type { Disk } from '../../server/domain/ports/disk.ts';
import type { Store } from '../../server/domain/ports/store.ts';
import { openDisk } from '../../server/store/disk.ts';
import { restoreBackup } from '../../server/store/lowdb/backup/restore-backup.ts';
import { takeBackup } from '../../server/store/lowdb/backup/take-backup.ts';
import { logEntriesPerSegment } from '../../server/store/lowdb/limits.ts';
import { thisProcess } from '../../server/store/this-process.ts';
import { type Refusing, refusingDisk } from '../kit/refusing-disk.ts';
import { SimulatedDisk } from './simulated-disk.ts';
import { commitWhole, wholeCommits } from './whole-commits.ts';
import {
  folder,
  logEntry,
  note,
  openOn,
  startMs,
  tenantA,
  tenantB,
  testClock,
  testCrypto,
  wholeLog,
} from './world.ts';

const takenAt = instant(startMs);

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ledgerport-backup-'));
});
afterAll(() => rm(root, { recursive: true }));
let count = 0;
const newFolder = (): string => {
  count += 1;
  return join(root, String(count));
};

async function storeWith(commits: number): Promise<string> {
  const data = newFolder();
  const store = await openOn(openDisk(), { folder: data, process: thisProcess() });
  for (let number = 1; number <= commits; number += 1) await commitWhole(store, number);
  await store.close();
  return data;
}
const restore = (options: {
  data: string;
  from: string;
  disk?: Disk;
  setAside?: string | null;
  prepare?: (store: Store) => Promise<void>;
}) =>
  restoreBackup({
    disk: openDisk(),
    clock: testClock(),
    crypto: testCrypto(),
    process: thisProcess(),
    folder: options.data,
    setAside: null,
    prepare: async () => undefined,
    ...options,
  });
const commitsAt = async (data: string): Promise<number> => {
  const store = await openOn(openDisk(), { folder: data, process: thisProcess() });
  try {
    return await wholeCommits(store);
  } finally {
    await store.close();
  }
};

describe('a backup', () => {
  test('taken at any moment of a writing store is one commit of it, whole', async () => {
    const disk = new SimulatedDisk();
    const store = await openOn(disk);
    const found = new Set<number>();
    let number = 0;
    for (let round = 1; round <= 40; round += 1) {
      const to = `/backup-${round}`;
      const taking = takeBackup({ disk, folder, to, takenAt }).catch((error) => error);
      for (let more = round % 4; more >= 0; more -= 1) {
        number += 1;
        await commitWhole(store, number);
      }
      const record = await taking;
      expect(record).toMatchObject({ kind: 'ledgerport-backup' });
      const copy = await openOn(disk, { folder: to });
      const commits = await wholeCommits(copy);
      found.add(number - commits);
      await copy.close();
    }
    // The measure can see it: some were overtaken by commits while they were taken.
    expect(found.size).toBeGreaterThan(1);
  });

  test('leaves out a tenant that is deleted meanwhile, whenever that is', async () => {
    for (let after = 1; after <= 60; after += 3) {
      const disk = new SimulatedDisk();
      const store = await openOn(disk);
      await commitWhole(store, 1);
      await store.transact(tenantB, (tx) => tx.put('note', note('n')));
      await new Promise((resolve) => setImmediate(resolve));
      const from = disk.callCount;
      let redacted: Promise<void> | null = null;
      disk.onCall = (_call, calls) => {
        if (calls === from + after) redacted ??= store.redact(tenantA);
        return null;
      };
      await takeBackup({ disk, folder, to: '/backup', takenAt });
      await redacted;
      const tenants = await (await openOn(disk, { folder: '/backup' })).tenants();
      expect(tenants).toContain(tenantB);
      if (tenants.includes(tenantA))
        expect(await wholeCommits(await openOn(disk.crash(), { folder: '/backup' }))).toBe(1);
    }
  });

  test('is 0600 in folders 0700, and its record names each file with its hash', async () => {
    const data = await storeWith(3);
    const to = newFolder();
    const record = await takeBackup({ disk: openDisk(), folder: data, to, takenAt });
    const names = await readdir(to, { recursive: true });
    for (const name of [...names, '.']) {
      const { mode, size } = await stat(join(to, name));
      expect([name, mode & 0o077]).toEqual([name, 0]);
      const copied = record.files.find(({ path }) => path === name);
      if (copied !== undefined) expect(copied.bytes).toBe(size);
    }
    expect(names.filter((name) => name.endsWith('.json') || name.endsWith('.jsonl'))).toHaveLength(
      record.files.length + 1,
    );
  });

  test.each([
    [
      'into a folder that is not empty',
      async (data: string) => [data, await storeWith(1)],
      'is not empty',
    ],
    [
      'into the store itself',
      async (data: string) => [data, join(data, 'backup')],
      'lies in the store',
    ],
    ['of no store', async () => [newFolder(), newFolder()], 'holds no store'],
  ])('%s is refused', async (_name, folders, said) => {
    const [from = '', to = ''] = await folders(await storeWith(1));
    await expect(takeBackup({ disk: openDisk(), folder: from, to, takenAt })).rejects.toThrow(said);
  });

  test('onto a full disk is refused with what to do, and so is a restore; both go on when there is room', async () => {
    const data = await storeWith(3);
    const refusing: Refusing = { code: 'ENOSPC' };
    const disk = refusingDisk(openDisk(), refusing);
    const [to, restored] = [newFolder(), newFolder()];
    const said =
      'there is no room left on the disk. Make room, then run this again; the store is as it was';
    await expect(takeBackup({ disk, folder: data, to, takenAt })).rejects.toThrow(`${to}: ${said}`);
    await rm(to, { recursive: true });
    refusing.code = null;
    await takeBackup({ disk, folder: data, to, takenAt });
    refusing.code = 'ENOSPC';
    const restoring = () => restore({ data: restored, from: to, disk });
    await expect(restoring()).rejects.toThrow(`${restored}: ${said}`);
    refusing.code = null;
    await restoring();
    expect(await commitsAt(restored)).toBe(3);
  });

  test('of a damaged store is refused', async () => {
    const data = await storeWith(2);
    const [tenant = ''] = await readdir(join(data, 'tenants'));
    const hot = join(data, 'tenants', tenant, 'hot.json');
    await writeFile(hot, (await readFile(hot, 'utf8')).replace('count', 'coumt'));
    const taken = takeBackup({ disk: openDisk(), folder: data, to: newFolder(), takenAt });
    await expect(taken).rejects.toMatchObject({ reason: 'damaged' });
  });
});

describe('a restore', () => {
  async function backedUp(commits: number): Promise<string> {
    const to = newFolder();
    const data = await storeWith(commits);
    await takeBackup({ disk: openDisk(), folder: data, to, takenAt });
    return to;
  }

  test('puts everything back, after telling who will read it', async () => {
    const from = await backedUp(5);
    const data = newFolder();
    await restore({
      data,
      from,
      prepare: (store) => store.transact(tenantA, (tx) => tx.put('note', note('told'))),
    });
    expect(await commitsAt(data)).toBe(5);
    expect((await readdir(data)).sort()).toEqual(['manifest.json', 'tenants']);
  });

  test('puts back a long Action log too: its full segments, their indexes and its archive', async () => {
    const data = newFolder();
    const clock = testClock();
    const store = await openOn(openDisk(), { folder: data, clock });
    const fill = async (from: number, to: number) => {
      for (let number = from; number <= to; number += 1_000)
        await store.transact(tenantA, (tx) => {
          for (let at = number; at < Math.min(number + 1_000, to + 1); at += 1)
            tx.log(logEntry(String(at)));
        });
    };
    await fill(1, logEntriesPerSegment);
    clock.advance(2 * 366 * 86_400_000);
    await fill(logEntriesPerSegment + 1, logEntriesPerSegment * 2 + 10);
    await store.close();
    await (await openOn(openDisk(), { folder: data, clock, logMonths: 12 })).close();
    const from = newFolder();
    const record = await takeBackup({ disk: openDisk(), folder: data, to: from, takenAt });
    const names = record.files.map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
    expect(names.filter((name) => name.endsWith('.jsonl.gz'))).toHaveLength(1);
    expect(names.filter((name) => name.endsWith('.index.json'))).toHaveLength(1);

    const restored = newFolder();
    await restore({ data: restored, from });
    const again = await openOn(openDisk(), { folder: restored, clock });
    expect((await wholeLog(again, tenantA)).map(({ seq }) => seq)).toEqual(
      Array.from({ length: logEntriesPerSegment + 10 }, (_, at) => logEntriesPerSegment + 1 + at),
    );
    const archived: number[] = [];
    for await (const { seq } of (await again.readLogPart(tenantA, 1)) ?? []) archived.push(seq);
    expect(archived).toEqual(Array.from({ length: logEntriesPerSegment }, (_, at) => at + 1));
    await again.close();
  });

  test('never overwrites a store: refused, or set aside when told', async () => {
    const from = await backedUp(5);
    const data = await storeWith(2);
    await expect(restore({ data, from })).rejects.toThrow('holds a store already. Say --replace');
    expect(await commitsAt(data)).toBe(2);
    await restore({ data, from, setAside: 'replaced-1' });
    expect(await commitsAt(data)).toBe(5);
    expect(await commitsAt(join(data, 'replaced-1'))).toBe(2);
  });

  test('is refused while the app runs, even when told to replace', async () => {
    const from = await backedUp(5);
    const data = await storeWith(2);
    const running = await openOn(openDisk(), { folder: data, process: thisProcess() });
    await expect(restore({ data, from, setAside: 'replaced-1' })).rejects.toThrow(
      `another process (number ${process.pid})`,
    );
    expect(await wholeCommits(running)).toBe(2);
    await running.close();
  });

  const fileOf = async (from: string, end: string): Promise<string> =>
    join(from, (await readdir(from, { recursive: true })).find((name) => name.endsWith(end)) ?? '');
  test.each([
    [
      'a changed file',
      'link.jsonl',
      (text: string) => text.replace('l1', 'l7'),
      'its hash is another one',
    ],
    [
      'a cut file',
      'log-000001.jsonl',
      (text: string) => text.slice(0, -9),
      'its hash is another one',
    ],
    ['a missing file', 'hot.json', null, 'is missing'],
    ['no record', 'backup.json', null, 'this is no whole backup'],
    [
      'a record that points elsewhere',
      'backup.json',
      (text: string) => text.replace('"manifest.json"', '"../manifest.json"'),
      'is damaged',
    ],
  ])('of a backup with %s is refused, and nothing is changed', async (_name, end, change, said) => {
    const from = await backedUp(3);
    const file = await fileOf(from, end);
    if (change === null) await rm(file);
    else await writeFile(file, change(await readFile(file, 'utf8')));
    const data = await storeWith(2);
    await expect(restore({ data, from, setAside: 'replaced-1' })).rejects.toThrow(said);
    expect(await commitsAt(data)).toBe(2);
    expect(await readdir(data)).not.toContain('restoring');
  });

  test('that is killed at any call leaves the old store, the new one, or a start that says what to do', async () => {
    const from = await backedUp(2);
    const outcomes = new Set<string>();
    for (let calls = 1; ; calls += 3) {
      const data = await storeWith(1);
      const { disk, isDead } = dyingDisk(calls);
      await restore({ data, from, disk, setAside: 'replaced-1' }).catch(() => undefined);
      if (!isDead()) break;
      // The lock names this very process, as that of a killed one does not.
      await rm(join(data, 'writer.lock'), { force: true });
      await rm(join(data, 'restoring', 'writer.lock'), { force: true });
      const state = await commitsAt(data).catch((error: unknown) => String(error));
      outcomes.add(String(state).replace(/^.*restoring: /, ''));
      if (typeof state === 'number') continue;
      expect(state).toContain('a restore did not come to its end. Run the restore again');
      await restore({ data, from, setAside: 'replaced-2' });
      expect(await commitsAt(data)).toBe(2);
    }
    expect([...outcomes].filter((outcome) => outcome.length === 1).sort()).toEqual(['1', '2']);
    expect(outcomes.size).toBe(3);
  });
});

/** A disk whose process is killed at a call: from then on nothing happens any more. */
function dyingDisk(callsMax: number): { disk: Disk; isDead(): boolean } {
  const real = openDisk();
  let calls = 0;
  const live = <A extends unknown[], T>(work: (...given: A) => Promise<T>) => {
    return async (...given: A): Promise<T> => {
      calls += 1;
      if (calls > callsMax) throw new Error('killed');
      return work(...given);
    };
  };
  const disk: Disk = {
    mkdir: live(real.mkdir),
    list: live(real.list),
    read: live(real.read),
    open: live(async (...given: Parameters<Disk['open']>) => {
      const file = await real.open(...given);
      return {
        write: live(file.write),
        sync: live(file.sync),
        size: live(file.size),
        identity: live(file.identity),
        close: file.close,
      };
    }),
    link: live(real.link),
    rename: live(real.rename),
    remove: live(real.remove),
    truncate: live(real.truncate),
    syncFolder: live(real.syncFolder),
    identity: live(real.identity),
  };
  return { disk, isDead: () => calls > callsMax };
}
