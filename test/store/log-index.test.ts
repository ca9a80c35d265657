import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogEntry, NewLogEntry } from '../../server/domain/log-entry.ts';
import type { LogQuery, Store } from '../../server/domain/ports/store.ts';
import { logEntriesPerSegment, logIndexesInMemoryMax } from '../../server/store/lowdb/limits.ts';
import { openDictionaries } from '../../server/store/lowdb/log/dictionary.ts';
import { IndexShelf } from '../../server/store/lowdb/log/index-shelf.ts';
import { SegmentIndex } from '../../server/store/lowdb/log/segment-index.ts';
import { SimulatedDisk } from './simulated-disk.ts';
import { logEntry, openOn, tenantA, testClock, wholeLog } from './world.ts';

const hourMs = 3_600_000;
const customers = ['cu1', 'cu2', 'rare'];

/** Of each thing that can be asked, values that are frequent, rare, and in some segments only. */
const variety = (number: number): Partial<NewLogEntry> => ({
  result: number % 50 === 0 ? 'failed' : number % 977 === 0 ? 'asks' : 'ok',
  action: number % 4_999 === 3 ? 'undone' : 'written',
  actor: number % 1_201 === 5 ? { kind: 'user', id: 'u1', name: 'Ann' } : { kind: 'app' },
  customerId: number % 3_001 === 9 ? 'rare' : number % 3 === 0 ? null : `cu${number % 3}`,
});

/** Two full segments, the beginning of a third, and entries over several days. */
async function filled() {
  const disk = new SimulatedDisk();
  const clock = testClock();
  const store = await openOn(disk, { clock });
  const count = logEntriesPerSegment * 2 + 300;
  for (let from = 1; from <= count; from += 1_000) {
    await store.transact(tenantA, (tx) => {
      for (let number = from; number < Math.min(from + 1_000, count + 1); number += 1)
        tx.log(logEntry(String(number), variety(number)));
    });
    clock.advance(9 * hourMs);
  }
  await store.close();
  return { disk, count };
}
const pathOf = (disk: SimulatedDisk, end: string): string =>
  disk.paths().find((path) => path.endsWith(end)) ?? '';
const readsOf = (disk: SimulatedDisk): string[] =>
  (disk.calls ?? []).flatMap((call) =>
    call.operation === 'read' && call.range === undefined ? call.path : [],
  );

describe('the index of the Action log', () => {
  test('finds for any filter what looking at every entry finds, page by page', async () => {
    const { disk } = await filled();
    const store = await openOn(disk);
    const all = (await wholeLog(store, tenantA)).reverse();
    const days = [...new Set(all.map(({ at }) => at.slice(0, 10)))];
    const query = fc.record(
      {
        actor: fc.constantFrom('app', 'user:u1', 'user:u2'),
        action: fc.constantFrom('written', 'undone', 'paused'),
        result: fc.constantFrom('ok', 'failed', 'asks', 'waits'),
        level: fc.constantFrom('errors-and-action', 'all'),
        customerId: fc.constantFrom(...customers, 'unknown'),
        day: fc.tuple(fc.constantFrom(...days), fc.constantFrom(...days)),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(
        query,
        fc.integer({ min: 1, max: 11_000 }),
        fc.integer({ min: 1, max: 500 }),
        async ({ day, ...filter }, before, limit) => {
          const days = day === undefined ? {} : { day: { from: day[0], to: day[1] } };
          const asked = { ...filter, ...days, limit };
          const fits = all.filter((entry) => entry.seq < before && isAsked(entry, asked));
          const page = await Reflect.apply(store.log, store, [tenantA, { ...asked, before }]);
          expect(page.entries.map(({ seq }: LogEntry) => seq)).toEqual(
            fits.slice(0, limit).map(({ seq }) => seq),
          );
          expect(page.next).toBe(fits.length > limit ? fits[limit - 1]?.seq : null);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('is not read by a start, however many segments there are', async () => {
    const { disk } = await filled();
    disk.calls = [];
    const store = await openOn(disk);
    const full = readsOf(disk).filter((path) => /log-00000[12]/.test(path));
    expect(full).toEqual([]);
    disk.calls = [];
    await store.log(tenantA, { before: null, limit: 20 });
    expect(readsOf(disk)).toEqual([]);
    await store.log(tenantA, { before: logEntriesPerSegment, limit: 20 });
    expect(readsOf(disk)).toEqual([pathOf(disk, 'log-000001.index.json')]);
  });

  test('of the form before is used as it is: its segment is not read again', async () => {
    const { disk, count } = await filled();
    const path = pathOf(disk, 'log-000001.index.json');
    disk.poke(path, inSecondForm(disk));
    const store = await openOn(disk);
    disk.calls = [];
    const entries = await wholeLog(store, tenantA);
    expect(entries.map(({ subject }) => Number(subject))).toEqual(
      Array.from({ length: count }, (_, before) => before + 1),
    );
    const rare = await store.log(tenantA, { before: 5_000, limit: 20, customerId: 'rare' });
    expect(rare.entries.map(({ seq }) => seq)).toEqual([3_010, 9]);
    expect(readsOf(disk)).not.toContain(pathOf(disk, 'log-000001.jsonl'));
  });

  test('never hides that its segment became shorter: who asks for it is refused', async () => {
    const { disk } = await filled();
    const path = pathOf(disk, 'log-000001.jsonl');
    disk.poke(path, disk.peek(path)?.slice(0, -10) ?? new Uint8Array());
    const store = await openOn(disk);
    const asked = store.log(tenantA, { before: logEntriesPerSegment, limit: 20 });
    await expect(asked).rejects.toThrow(path);
    expect((await store.log(tenantA, { before: null, limit: 20 })).entries).toHaveLength(20);
  });

  test('gives each entry once while others are filed under a reader who waits', async () => {
    const { disk, count } = await filled();
    const store = await openOn(disk);
    const [page] = await Promise.all([
      store.log(tenantA, { before: null, limit: 500, result: 'failed' }),
      addEach(store, 20),
    ]);
    const seqs = page.entries.map(({ seq }) => seq).filter((seq) => seq <= count);
    expect(seqs).toEqual(Array.from({ length: 206 }, (_, back) => (206 - back) * 50));
  });
});

describe('the shelf of indexes', () => {
  const index = new SegmentIndex(openDictionaries());
  const load = async () => index;

  test('holds so many and lets the one go that was not asked for longest', async () => {
    const shelf = new IndexShelf();
    const segments = Array.from({ length: logIndexesInMemoryMax + 1 }, () => ({}));
    const [first, second] = segments;
    if (first === undefined || second === undefined) throw new Error('no segments');
    for (const segment of segments.slice(0, -1)) await shelf.take(segment, load);
    await shelf.take(first, load);
    await shelf.take(segments.at(-1) ?? {}, load);
    let loads = 0;
    const count = async () => {
      loads += 1;
      return index;
    };
    await shelf.take(first, count);
    expect(loads).toBe(0);
    await shelf.take(second, count);
    expect(loads).toBe(1);
  });

  test('reads again what could not be read', async () => {
    const shelf = new IndexShelf();
    const segment = {};
    await expect(shelf.take(segment, () => Promise.reject(new Error('EIO')))).rejects.toThrow();
    expect(await shelf.take(segment, load)).toBe(index);
  });
});

const addEach = async (store: Store, count: number): Promise<void> => {
  for (let number = 0; number < count; number += 1)
    await store.transact(tenantA, (tx) => tx.log(logEntry('more', { result: 'failed' })));
};

function isAsked(entry: LogEntry, asked: Partial<Record<keyof LogQuery, unknown>>): boolean {
  const { actor, action, result, level, customerId, day } = asked;
  const by = entry.actor.kind === 'user' ? `user:${entry.actor.id}` : entry.actor.kind;
  const on = entry.at.slice(0, 10);
  const days = Object.values(day ?? {});
  return (
    (actor ?? by) === by &&
    (action ?? entry.action) === entry.action &&
    (result ?? entry.result) === entry.result &&
    (level !== 'errors-and-action' || entry.result !== 'ok') &&
    (customerId ?? entry.customerId) === entry.customerId &&
    (days.length === 0 || (on >= String(days[0]) && on <= String(days[1])))
  );
}

/** The index of the first segment as the second version wrote it, made from the segment itself. */
function inSecondForm(disk: SimulatedDisk): Uint8Array {
  const bytes = disk.peek(pathOf(disk, 'log-000001.jsonl')) ?? new Uint8Array();
  const starts: number[] = [];
  const names = ['day', 'actor', 'action', 'result', 'customerId'] as const;
  const columns = Object.fromEntries(
    names.map((name) => [name, { values: [] as string[], numbers: [] as number[] }]),
  );
  let start = 0;
  for (const line of new TextDecoder().decode(bytes).split('\n').slice(0, -1)) {
    const { seq, at, actor, action, result, customerId } = JSON.parse(line);
    if (seq !== undefined) {
      starts.push(start);
      const by = actor.kind === 'user' ? `user:${actor.id}` : actor.kind;
      const facts = {
        day: at.slice(0, 10),
        actor: by,
        action,
        result,
        customerId: customerId ?? '',
      };
      for (const name of names) {
        const { values = [], numbers = [] } = columns[name] ?? {};
        if (!values.includes(facts[name])) values.push(facts[name]);
        numbers.push(values.indexOf(facts[name]));
      }
    }
    start += new TextEncoder().encode(line).length + 1;
  }
  const rest = JSON.stringify({ end: start, starts, columns }).slice(1);
  const crc = crc32(rest).toString(16).padStart(8, '0');
  return new TextEncoder().encode(`{"version":2,"crc":"${crc}",${rest}`);
}
