import { describe, expect, test } from 'vitest';
import type { LogPage } from '../../server/domain/ports/store.ts';
import {
  logEntriesPerSegment,
  textSearchBytesMax,
  transactionsPerFlushMax,
} from '../../server/store/lowdb/limits.ts';
import { sealedBytes } from '../../server/store/lowdb/sealed-bytes.ts';
import { sealed } from '../../server/store/lowdb/versions.ts';
import { SimulatedDisk } from './simulated-disk.ts';
import { charge, customer, logEntry, note, openOn, tenantA, testClock, wholeLog } from './world.ts';

const idle = () => new Promise((resolve) => setImmediate(resolve));

describe('C17: many commits at once', () => {
  test('share few flushes, and each is durable when it is acknowledged', async () => {
    const disk = new SimulatedDisk();
    const store = await openOn(disk);
    await store.transact(tenantA, (tx) => tx.put('note', note('first')));
    disk.calls = [];
    await Promise.all(
      Array.from({ length: 200 }, (_, number) =>
        store.transact(tenantA, (tx) => tx.put('note', note(`n${number}`))),
      ),
    );
    const renames = disk.calls.filter(({ operation }) => operation === 'rename').length;
    expect(renames).toBeLessThanOrEqual(2);
    const again = await openOn(disk.crash());
    expect((await again.read(tenantA)).list('note')).toHaveLength(201);
  });

  test('no acknowledgement waits for more than the flush under way and its own', async () => {
    const disk = new SimulatedDisk();
    const store = await openOn(disk);
    let flushes = 0;
    disk.onCall = (call) => {
      if (call.operation === 'rename' && call.path.endsWith('hot.json.tmp')) flushes += 1;
      return null;
    };
    const waits: number[] = [];
    const callers: Promise<void>[] = [];
    for (let number = 0; number < 300; number += 1) {
      const startedAt = flushes;
      const put = store.transact(tenantA, (tx) => tx.put('note', note('n', String(number))));
      callers.push(put.then(() => void waits.push(flushes - startedAt)));
      await Promise.resolve();
    }
    await Promise.all(callers);
    // The first commit also writes the empty document of the new tenant.
    expect(Math.max(...waits)).toBeLessThanOrEqual(3);
  });

  test('those that come first are acknowledged first, also where one flush cannot take all', async () => {
    const store = await openOn(new SimulatedDisk());
    const told: number[] = [];
    const many = transactionsPerFlushMax * 2 + 10;
    await Promise.all(
      Array.from({ length: many }, (_, number) =>
        store
          .transact(tenantA, (tx) => tx.put('note', note('last', String(number))))
          .then(() => told.push(number)),
      ),
    );
    expect(told).toEqual(Array.from({ length: many }, (_, number) => number));
    expect((await store.read(tenantA)).get('note', 'last')?.text).toBe(String(many - 1));
  });

  test('a large file is made bytes in pieces, with a turn for others in between', async () => {
    const pieces = ['{"a":"', 'ü😀'.repeat(40_000), '","b":[', ...['x'.repeat(600_000), ']}']];
    let turns = 0;
    let isOver = false;
    const others = (async () => {
      for (; !isOver; turns += 1) await idle();
    })();
    const bytes = await sealedBytes(pieces);
    isOver = true;
    await others;
    expect(turns).toBeGreaterThan(1);
    expect(new TextDecoder().decode(bytes)).toBe(sealed(pieces.join('')));
  });

  test('what is put while a large document is being made bytes is in the next one, whole', async () => {
    const disk = new SimulatedDisk();
    const store = await openOn(disk);
    const name = 'x'.repeat(1_000);
    const put = (from: number, text: string) =>
      store.transact(tenantA, (tx) => {
        for (let id = from; id < 2_000; id += 1) tx.put('customer', customer(`cu${id}`, text));
        tx.put('note', note('n', text));
      });
    await put(0, name);
    await put(1_990, 'second');
    await put(1_995, 'third');
    for (const of of [store, await openOn(disk.fork().crash())]) {
      const names = (await of.read(tenantA)).list('customer').map((one) => one.name);
      expect(names.filter((one) => one === name)).toHaveLength(1_990);
      expect(names.slice(-10)).toEqual([...Array(5).fill('second'), ...Array(5).fill('third')]);
    }
  });

  test('putting what is already there writes nothing', async () => {
    const disk = new SimulatedDisk();
    const store = await openOn(disk);
    const put = () => store.transact(tenantA, (tx) => tx.put('customer', customer('cu1')));
    await put();
    await idle();
    disk.calls = [];
    await put();
    expect(disk.calls).toEqual([]);
  });

  test('a document past its limit refuses to grow with a clear error, and may shrink', async () => {
    const store = await openOn(new SimulatedDisk());
    const big = 'x'.repeat(4_000_000);
    const put = (id: string) => store.transact(tenantA, (tx) => tx.put('note', note(id, big)));
    for (const id of ['a', 'b', 'c']) await put(id);
    await expect(put('d')).rejects.toMatchObject({ code: 'store.full' });
    await store.transact(tenantA, (tx) => tx.remove('note', 'a'));
    await put('d');
    expect((await store.read(tenantA)).list('note').map(({ id }) => id)).toEqual(['b', 'c', 'd']);
  });
});

describe('an Action log of several segments', () => {
  const count = logEntriesPerSegment * 2 + 100;
  const fill = async (disk: SimulatedDisk) => {
    const store = await openOn(disk);
    for (let from = 1; from <= count; from += 1_000)
      await store.transact(tenantA, (tx) => {
        for (let number = from; number < Math.min(from + 1_000, count + 1); number += 1)
          tx.log(logEntry(String(number), { customerId: number % 1_000 === 0 ? 'rare' : null }));
      });
    await idle();
    return store;
  };

  test('pages over their borders and finds rare entries, before and after a restart', async () => {
    const disk = new SimulatedDisk();
    const store = await fill(disk);
    for (const of of [store, await openOn(disk.fork().crash())]) {
      const border = logEntriesPerSegment + 3;
      const page = await of.log(tenantA, { before: border, limit: 5 });
      expect(page.entries.map(({ subject }) => Number(subject))).toEqual(
        [1, 2, 3, 4, 5].map((back) => border - back),
      );
      const rare = await of.log(tenantA, { before: null, limit: 20, customerId: 'rare' });
      expect(rare.entries).toHaveLength(10);
      expect(rare.next).toBeNull();
    }
  });

  test('bounds a text search, says so, and goes on where it stopped', async () => {
    const disk = new SimulatedDisk();
    const store = await fill(disk);
    const bytesRead = () =>
      (disk.calls ?? [])
        .flatMap((call) => (call.operation === 'read' ? (call.range ?? []) : []))
        .reduce((sum, { start, end }) => sum + end - start, 0);
    const day = { from: '2026-11-01', to: '2026-12-31' };
    const asked = { limit: 5, text: 'no such words' };
    const pages: LogPage[] = [];
    for (let before: number | null = null; pages.length < 20; ) {
      disk.calls = [];
      const page: LogPage = await Reflect.apply(store.log, store, [
        tenantA,
        { ...asked, before, day },
      ]);
      pages.push(page);
      expect(bytesRead()).toBeLessThanOrEqual(textSearchBytesMax);
      before = page.next;
      if (before === null) break;
    }
    expect(pages.reduce((sum, { scanned }) => sum + scanned, 0)).toBe(count);
    expect(pages.map(({ complete }) => complete)).toEqual(
      pages.map((page) => page === pages.at(-1)),
    );
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.length).toBeLessThan(10);
  });

  test('makes a missing or damaged index again, and stops on a missing segment', async () => {
    const disk = new SimulatedDisk();
    await (await fill(disk)).close();
    const path = (end: string) => disk.paths().find((name) => name.endsWith(end)) ?? '';
    await disk.remove(path('log-000001.index.json'));
    disk.poke(path('log-000002.index.json'), new TextEncoder().encode('{"version":1}'));
    const store = await openOn(disk);
    expect((await wholeLog(store, tenantA)).map(({ seq }) => seq).slice(4_998, 5_002)).toEqual([
      4_999, 5_000, 5_001, 5_002,
    ]);
    await store.close();
    expect(path('log-000001.index.json')).not.toBe('');
    await disk.remove(path('log-000002.jsonl'));
    await expect(openOn(disk)).rejects.toMatchObject({ code: 'store.failed' });
  });
});

describe('a redact that a crash interrupts', () => {
  test('is finished by the next start, at whatever call it was', async () => {
    const disk = new SimulatedDisk();
    const store = await openOn(disk);
    await store.transact(tenantA, (tx) => {
      tx.put('customer', customer('cu1'));
      tx.log(logEntry('entry'));
    });
    await idle();
    disk.calls = [];
    const replayed = disk.fork();
    await store.redact(tenantA);
    let gone = false;
    for (const call of disk.calls ?? []) {
      replayed.replay(call);
      const survived = replayed.fork().crash();
      const again = await openOn(survived);
      const tenants = await again.tenants();
      if (tenants.length === 0) {
        gone = true;
        expect(survived.paths().filter((path) => path.includes('/t-'))).toEqual([]);
      } else {
        expect(gone).toBe(false);
        expect((await again.read(tenantA)).list('customer')).toHaveLength(1);
      }
    }
    expect(gone).toBe(true);
  });
});

describe('orders and charges', () => {
  test('older than 24 months stay in their file and are not loaded', async () => {
    const disk = new SimulatedDisk();
    const clock = testClock();
    const store = await openOn(disk, { clock });
    await store.transact(tenantA, (tx) => {
      tx.put('charge', charge('old', { placedOn: '2024-10-31' }));
      tx.put('charge', charge('kept', { placedOn: '2024-11-01' }));
    });
    await store.close();
    const again = await openOn(disk, { clock });
    expect((await again.read(tenantA)).list('charge').map(({ id }) => id)).toEqual(['kept']);
    await again.transact(tenantA, (tx) =>
      tx.put('charge', charge('old', { placedOn: '2024-10-30' })),
    );
    await again.close();
    expect(disk.paths().filter((path) => path.includes('charge-2024-10'))).toHaveLength(1);
    await openOn(disk, { clock });
  });
});
