import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openDisk } from '../../server/store/disk.ts';
import { thisProcess } from '../../server/store/this-process.ts';
import { type DiskCall, type DiskFault, SimulatedDisk } from './simulated-disk.ts';
import { customer, link, logEntry, note, openOn, tenantA, tenantB, wholeLog } from './world.ts';

/** Refuses calls that fit until told to stop. */
function breaking(disk: SimulatedDisk, fault: DiskFault, fits: (call: DiskCall) => boolean) {
  disk.onCall = (call) => (fits(call) ? fault : null);
  return () => {
    disk.onCall = () => null;
  };
}
const on =
  (operation: DiskCall['operation'], end: string) =>
  (call: DiskCall): boolean =>
    call.operation === operation && call.path.endsWith(end);

async function started() {
  const disk = new SimulatedDisk();
  const fatal: string[] = [];
  const store = await openOn(disk, { onFatal: ({ reason }) => fatal.push(reason) });
  await store.transact(tenantA, (tx) => {
    tx.put('note', note('n', 'before'));
    tx.log(logEntry('before'));
  });
  return { disk, store, fatal };
}

describe('C9: a write that fails', () => {
  test.each([
    ['full disk while opening', 'ENOSPC', on('open', 'hot.json.tmp'), 'store.full'],
    ['full disk while writing', 'ENOSPC', on('write', 'hot.json.tmp'), 'store.full'],
    ['full disk while syncing', 'ENOSPC', on('sync', 'hot.json.tmp'), 'store.full'],
    ['read-only disk', 'EROFS', on('open', 'hot.json.tmp'), 'store.read-only'],
    ['broken write', 'EIO', on('write', 'hot.json.tmp'), 'store.failed'],
    ['failed link', 'EIO', on('link', 'hot.json'), 'store.failed'],
    ['failed rename', 'EIO', on('rename', 'hot.json.tmp'), 'store.failed'],
  ] as const)(
    '%s: the caller gets the error, memory equals disk, later commits succeed',
    async (_, fault, fits, code) => {
      const { disk, store, fatal } = await started();
      const mend = breaking(disk, fault, fits);
      const failed = [1, 2].map((number) =>
        store.transact(tenantA, (tx) => {
          tx.put('note', note('n', `lost ${number}`));
          tx.put('customer', customer('lost'));
          tx.log(logEntry('lost'));
        }),
      );
      for (const one of failed) await expect(one).rejects.toMatchObject({ code });
      const reader = await store.read(tenantA);
      expect(reader.get('note', 'n')?.text).toBe('before');
      expect(reader.list('customer')).toEqual([]);
      mend();
      await store.transact(tenantA, (tx) => {
        expect(tx.get('note', 'n')?.text).toBe('before');
        tx.put('note', note('m', 'after'));
        tx.log(logEntry('after'));
      });
      expect(fatal).toEqual([]);
      const again = await openOn(disk.crash());
      expect((await again.read(tenantA)).list('note').map(({ text }) => text)).toEqual([
        'before',
        'after',
      ]);
      expect((await wholeLog(again, tenantA)).map(({ seq, subject }) => [seq, subject])).toEqual([
        [1, 'before'],
        [2, 'after'],
      ]);
    },
  );

  test('a short write is finished by the next one', async () => {
    const { disk, store } = await started();
    let writes = 0;
    disk.onCall = (call) => {
      if (call.operation === 'write') writes += 1;
      return call.operation === 'write' && writes % 2 === 1 ? 'short' : null;
    };
    await store.transact(tenantA, (tx) => {
      tx.put('note', note('n', 'long '.repeat(100)));
      tx.log(logEntry('long '.repeat(100)));
    });
    await store.close();
    const again = await openOn(disk.crash());
    expect((await again.read(tenantA)).get('note', 'n')?.text).toHaveLength(500);
    expect(await wholeLog(again, tenantA)).toHaveLength(2);
  });

  test('only the failing callers see the error: the ones before and after are acknowledged', async () => {
    const { disk, store } = await started();
    let renames = 0;
    disk.onCall = (call) => {
      if (!on('rename', 'hot.json.tmp')(call)) return null;
      renames += 1;
      return renames === 2 ? 'EIO' : null;
    };
    const put = (id: string) => store.transact(tenantA, (tx) => tx.put('note', note(id)));
    const first = put('first');
    // Past the start of the first flush, so that the others share a later one.
    while (renames === 0) await Promise.resolve();
    const outcomes = await Promise.allSettled([first, put('second')]);
    await put('third');
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    const ids = (await (await openOn(disk.crash())).read(tenantA)).list('note').map(({ id }) => id);
    expect(ids).toEqual(['n', 'first', 'third']);
  });

  test('another tenant is not touched by it', async () => {
    const { disk, store } = await started();
    await store.transact(tenantB, (tx) => tx.put('note', note('n')));
    const folderOfA = disk.paths().find((path) => path.includes('t-market-tenant-20a'));
    expect(folderOfA).toBeDefined();
    disk.onCall = (call) =>
      call.operation === 'write' && call.path.includes('t-market-tenant-20a') ? 'ENOSPC' : null;
    await expect(store.transact(tenantA, (tx) => tx.put('note', note('m')))).rejects.toMatchObject({
      code: 'store.full',
    });
    await store.transact(tenantB, (tx) => tx.put('note', note('m')));
  });

  test.each(['log-000001.jsonl', 'link.jsonl', 'customer.json.tmp'])(
    'a commit whose %s cannot be written yet is whole for readers and after a restart',
    async (end) => {
      const { disk, store } = await started();
      const mend = breaking(disk, 'ENOSPC', on('write', end));
      for (const number of [1, 2])
        await store.transact(tenantA, (tx) => {
          tx.put('link', link(`l${number}`));
          tx.put('customer', customer(`cu${number}`));
          tx.log(logEntry(`late ${number}`));
        });
      const subjects = ['before', 'late 1', 'late 2'];
      expect((await wholeLog(store, tenantA)).map(({ subject }) => subject)).toEqual(subjects);
      const crashed = await openOn(disk.fork().crash());
      expect((await wholeLog(crashed, tenantA)).map(({ subject }) => subject)).toEqual(subjects);
      expect((await crashed.read(tenantA)).list('link')).toHaveLength(2);
      expect((await crashed.read(tenantA)).list('customer')).toHaveLength(2);
      mend();
      await store.transact(tenantA, (tx) => tx.log(logEntry('last')));
      await store.close();
      const again = await openOn(disk.crash());
      expect((await wholeLog(again, tenantA)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    },
  );
});

describe('C9: a disk that refuses', () => {
  test('is told by the store and to the operator, once, until it takes something again', async () => {
    const disk = new SimulatedDisk();
    const events: string[] = [];
    const tell = (event: string, facts: object = {}) =>
      events.push(`${event} ${JSON.stringify(facts)}`);
    const logger = { info: tell, warn: tell, error: tell };
    const store = await openOn(disk, { logger });
    const put = (id: string) => store.transact(tenantA, (tx) => tx.put('note', note(id)));
    await put('before');
    expect(store.health().refuses).toBeNull();
    const mend = breaking(disk, 'ENOSPC', on('write', 'hot.json.tmp'));
    for (const id of ['a', 'b'])
      await expect(put(id)).rejects.toMatchObject({ code: 'store.full' });
    expect(store.health().refuses).toBe('store.full');
    mend();
    await put('after');
    expect(store.health().refuses).toBeNull();
    expect(events).toEqual(['store.refuses {"code":"store.full"}', 'store.takes-again {}']);
  });

  test.each([
    ['ENOSPC', 'full', 'there is no room left on the disk. Make room'],
    ['EROFS', 'read-only', 'takes no changes. Let the user of this process write there'],
  ] as const)(
    '%s at the start stops it with a next step, and the next start has everything',
    async (fault, reason, said) => {
      const { disk, store } = await started();
      await store.close();
      const mend = breaking(disk, fault, ({ operation }) => operation === 'open');
      const opened = openOn(disk);
      await expect(opened).rejects.toMatchObject({ reason });
      await expect(opened).rejects.toThrow(said);
      mend();
      expect((await (await openOn(disk)).read(tenantA)).get('note', 'n')?.text).toBe('before');
    },
  );
});

describe('C9: a disk that does not confirm', () => {
  test.each([
    ['sync', 'hot.json.tmp'],
    ['syncFolder', ''],
  ] as const)(
    'EIO on %s stops the process, and nothing more is acknowledged',
    async (operation, end) => {
      const { disk, store, fatal } = await started();
      const mend = breaking(disk, 'EIO', on(operation, end));
      await expect(
        store.transact(tenantA, (tx) => tx.put('note', note('m'))),
      ).rejects.toMatchObject({ code: 'store.failed' });
      mend();
      expect(fatal).toEqual(['sync-failed']);
      await expect(
        store.transact(tenantA, (tx) => tx.put('note', note('k'))),
      ).rejects.toMatchObject({ code: 'store.failed' });
      const again = await openOn(disk.crash());
      expect((await again.read(tenantA)).get('note', 'n')?.text).toBe('before');
    },
  );

  test('EIO while syncing the log stops the process after the acknowledgement, and loses nothing', async () => {
    const { disk, store, fatal } = await started();
    await new Promise((resolve) => setImmediate(resolve));
    breaking(disk, 'EIO', on('sync', 'log-000001.jsonl'));
    await store.transact(tenantA, (tx) => tx.log(logEntry('acknowledged')));
    await new Promise((resolve) => setImmediate(resolve));
    expect(fatal).toEqual(['sync-failed']);
    const again = await openOn(disk.crash());
    expect((await wholeLog(again, tenantA)).map(({ subject }) => subject)).toEqual([
      'before',
      'acknowledged',
    ]);
  });

  test('EIO on fsync ends the process itself, and what it acknowledged is there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ledgerport-fsync-'));
    try {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [join(import.meta.dirname, 'failing-disk-child.ts'), folder],
        { encoding: 'utf8' },
      );
      expect([status, stdout]).toEqual([1, 'kept\n']);
      expect(stderr).toContain('hot.json.tmp: the disk did not confirm a write. Check the disk');
      const store = await openOn(openDisk(), { folder, process: thisProcess() });
      expect((await store.read(tenantA)).get('note', 'n')?.text).toBe('kept');
      await store.close();
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
