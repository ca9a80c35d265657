import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openDisk } from '../../server/store/disk.ts';
import { thisProcess } from '../../server/store/this-process.ts';
import { startCommitting } from './committing.ts';
import { SimulatedDisk } from './simulated-disk.ts';
import { folder, note, openOn, tenantA, testProcess } from './world.ts';

/** A store that has written, with a note of why it asked for the end of its process. */
async function started() {
  const disk = new SimulatedDisk();
  const fatal: string[] = [];
  const store = await openOn(disk, { onFatal: ({ reason }) => fatal.push(reason) });
  await store.transact(tenantA, (tx) => tx.put('note', note('n', 'before')));
  return { disk, store, fatal };
}

describe('C10: a second writer', () => {
  test('is refused while the first lives, and takes over at once when it is dead', async () => {
    const disk = new SimulatedDisk();
    const first = testProcess();
    await openOn(disk, { process: first });
    await expect(openOn(disk, { process: testProcess([first]) })).rejects.toThrow(
      /another process.*one folder takes one process/,
    );
    const after = await openOn(disk, { process: testProcess() });
    await after.close();
    expect(disk.paths()).toEqual([`${folder}/manifest.json`]);
  });

  test('an owner from another start of the machine is dead, whatever its number', async () => {
    const disk = new SimulatedDisk();
    const first = testProcess();
    await openOn(disk, { process: first });
    const rebooted = { ...testProcess([first]), bootId: 'boot-2' };
    await openOn(disk, { process: rebooted });
  });

  test('with the lock taken away by hand the first stops at its next commit', async () => {
    const { disk, store, fatal } = await started();
    await disk.remove(`${folder}/writer.lock`);
    await openOn(disk);
    await expect(store.transact(tenantA, (tx) => tx.put('note', note('m')))).rejects.toThrow(
      'lock of this process was taken away',
    );
    expect(fatal).toEqual(['other-writer']);
  });

  test('a document that another writer replaced is never overwritten', async () => {
    const { disk, store, fatal } = await started();
    const path = disk.paths().find((name) => name.endsWith('hot.json')) ?? '';
    await disk.rename(path, `${path}.mine`);
    const file = await disk.open(path, 'create');
    await file.write(new TextEncoder().encode('theirs'));
    await expect(store.transact(tenantA, (tx) => tx.put('note', note('m')))).rejects.toThrow(
      'changed by another process',
    );
    expect(fatal).toEqual(['other-writer']);
    expect(new TextDecoder().decode(disk.peek(path) ?? undefined)).toBe('theirs');
  });

  test('on another host is refused, alive or not, and told what to do', async () => {
    const disk = new SimulatedDisk();
    const first = { ...testProcess(), host: 'host-2' };
    await openOn(disk, { process: first });
    const here = openOn(disk, { process: { ...testProcess(), bootId: 'boot-2' } });
    await expect(here).rejects.toMatchObject({ reason: 'locked' });
    await expect(here).rejects.toThrow(
      `process ${first.pid} of another host or container (host-2) holds this folder. Make sure that it has ended, then delete this file`,
    );
    await disk.remove(`${folder}/writer.lock`);
    await openOn(disk);
  });

  test('the lock names host, process, start of the machine and start of the process', async () => {
    const disk = new SimulatedDisk();
    const { isAlive: _, ...own } = testProcess();
    await openOn(disk, { process: { ...own, isAlive: () => true } });
    const lock = new TextDecoder().decode(disk.peek(`${folder}/writer.lock`) ?? undefined);
    expect(JSON.parse(lock)).toEqual(own);
  });

  test('in a process of its own is refused while the first commits, and takes over within a second of its kill', async () => {
    const root = await mkdtemp(join(tmpdir(), 'ledgerport-writers-'));
    const child = startCommitting(root);
    const open = () => openOn(openDisk(), { folder: root, process: thisProcess() });
    try {
      await child.told(1);
      for (let attempt = 1; attempt <= 20; attempt += 1)
        await expect(open()).rejects.toThrow(`another process (number ${child.pid})`);
      await child.told(30);
      const acknowledged = await child.kill();
      const startedMs = performance.now();
      const store = await open();
      expect(performance.now() - startedMs).toBeLessThan(1_000);
      const count = Number((await store.read(tenantA)).get('note', 'count')?.text);
      expect(count).toBeGreaterThanOrEqual(acknowledged);
      await store.close();
    } finally {
      await child.kill();
      await rm(root, { recursive: true });
    }
  });
});
