import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Store } from '../../server/domain/ports/store.ts';
import { openDisk } from '../../server/store/disk.ts';
import { thisProcess } from '../../server/store/this-process.ts';
import { runStoreBattery } from '../batteries/store.ts';
import { SimulatedDisk } from './simulated-disk.ts';
import { customer, link, logEntry, note, openOn, tenantA, testClock } from './world.ts';

const folders: string[] = [];
const stores: Store[] = [];
afterAll(async () => {
  // What a store still carries out has files open, which nobody would close after the last test.
  for (const store of stores) await store.close();
  for (const folder of folders) await rm(folder, { recursive: true });
});
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ledgerport-store-'));
  folders.push(folder);
  return join(folder, 'data');
}

runStoreBattery({
  name: 'lowdb on a simulated disk',
  async open() {
    const clock = testClock();
    let disk = new SimulatedDisk();
    let store = await openOn(disk, { clock });
    return {
      store,
      clock,
      async reopen() {
        disk = disk.crash();
        store = await openOn(disk, { clock });
        return store;
      },
    };
  },
});

runStoreBattery({
  name: 'lowdb on the real disk',
  async open() {
    const clock = testClock();
    const options = { clock, folder: await newFolder() };
    const openOne = async () => {
      const opened = await openOn(openDisk(), options);
      stores.push(opened);
      return opened;
    };
    const store = await openOne();
    return {
      store,
      clock,
      async reopen() {
        await store.close();
        return openOne();
      },
    };
  },
});

describe('lowdb on the real disk: what others can see', () => {
  test('C14: files are 0600 and folders 0700, and a clean close leaves no lock and no temporary file', async () => {
    const folder = await newFolder();
    const store = await openOn(openDisk(), { folder });
    for (const number of [1, 2])
      await store.transact(tenantA, (tx) => {
        tx.put('note', note('n', String(number)));
        tx.put('customer', customer('cu1', String(number)));
        tx.put('link', link(`l${number}`));
        tx.log(logEntry(String(number)));
      });
    await store.close();
    const names = await readdir(folder, { recursive: true });
    expect(names.some((name) => name.includes('lock') || name.endsWith('.tmp'))).toBe(false);
    for (const name of [...names, '.']) {
      const found = await stat(join(folder, name));
      expect([name, found.mode & 0o777]).toEqual([name, found.isDirectory() ? 0o700 : 0o600]);
    }
    expect(names.filter((name) => name.includes('t-market')).sort()).toHaveLength(7);
  });

  test('C10: a second process is refused while the first lives', async () => {
    const folder = await newFolder();
    const first = await openOn(openDisk(), { folder, process: thisProcess() });
    const second = openOn(openDisk(), { folder, process: thisProcess() });
    await expect(second).rejects.toThrow(`another process (number ${process.pid})`);
    await first.close();
    const third = await openOn(openDisk(), { folder, process: thisProcess() });
    await third.close();
  });

  test('this process is alive, and another start of its number is not', () => {
    const own = thisProcess();
    expect(own.isAlive(own.pid, own.startedAt)).toBe(true);
    expect(own.isAlive(own.pid, `${own.startedAt}0`)).toBe(false);
    expect(own.isAlive(2 ** 22 + 1, own.startedAt)).toBe(false);
  });

  test('a folder that this user may not write stops the start and says so', async () => {
    if (process.getuid?.() === 0) return;
    const folder = await newFolder();
    await openOn(openDisk(), { folder }).then((store) => store.close());
    await chmod(folder, 0o500);
    await expect(openOn(openDisk(), { folder })).rejects.toThrow(
      'the disk or the folder takes no changes',
    );
    await chmod(folder, 0o700);
  });
});
