import { expect } from 'vitest';
import { parseCsv } from '../../server/domain/csv.ts';
import { openDisk } from '../../server/store/disk.ts';
import { logEntriesPerSegment } from '../../server/store/lowdb/limits.ts';
import { thisProcess } from '../../server/store/this-process.ts';
import { must } from '../sandbox/must.ts';
import { logEntry, openOn } from '../store/world.ts';
import { journey } from './journey.ts';

journey('an entry opens to the plan, with how each amount came about', {}, async (ready) => {
  const { road } = ready;
  await ready.syncAll();
  const { rows } = await road.call('GET /v1/log', { query: { action: 'written' } });
  const entry = must(rows[0], 'an entry');
  const seq = String(entry.seq);
  const { plan, changes } = await road.call('GET /v1/log/:seq', { params: { seq } });
  expect(changes).toEqual([]);
  const lines = plan?.lines ?? [];
  expect(lines.length).toBeGreaterThan(0);
  for (const { explanation } of lines) expect(explanation.length).toBeGreaterThan(1);
  const cents = (amount = '') => Math.round(Number(amount) * 100);
  const sum = lines.reduce((total, { amount }) => total + cents(amount.amount), 0);
  expect(cents(plan?.after.amount)).toBe(cents(plan?.before.amount) + sum);
});

journey('a change of settings opens to what it was and is', {}, async (ready) => {
  const { road } = ready;
  await ready.settings({ refunds: 'credit-note' });
  const { rows } = await road.call('GET /v1/log', { query: { action: 'settings-changed' } });
  const seq = String(must(rows[0], 'an entry').seq);
  const { changes, plan, other } = await road.call('GET /v1/log/:seq', { params: { seq } });
  expect(changes).toEqual([{ field: 'refunds', before: 'with', after: 'credit-note' }]);
  expect([plan, other]).toEqual([null, null]);
});

journey(
  'errors and my action fill their pages; an entry that is not there is not found',
  {},
  async (ready) => {
    const { road } = ready;
    await ready.syncAll();
    const level = 'errors-and-action' as const;
    const first = await road.call('GET /v1/log', { query: { level } });
    expect(first.rows.length).toBeGreaterThan(0);
    expect(first.rows.every(({ result }) => result !== 'ok')).toBe(true);
    const seen = new Set<number>();
    let before: string | null = '';
    for (let pages = 0; before !== null && pages < 50; pages += 1) {
      const page: typeof first = await road.call('GET /v1/log', {
        query: { level, ...(before === '' ? {} : { before }) },
      });
      for (const { seq } of page.rows) {
        expect(seen.has(seq)).toBe(false);
        seen.add(seq);
      }
      // No page is short while more of it lies behind.
      if (page.next !== null) expect(page.rows).toHaveLength(50);
      before = page.next;
    }
    expect(before).toBeNull();
    for (const seq of ['0', '99999999', 'nonsense'])
      expect((await road.ask('GET /v1/log/:seq', { params: { seq } })).status).toBe(404);
  },
);

journey(
  'entries older than three years leave the pages and are saved from the archive',
  {},
  async ({ road }) => {
    const { rows: before } = await road.call('GET /v1/log', { query: {} });
    const newest = must(before[0], 'an entry').seq;
    expect(await road.call('GET /v1/log-parts', {})).toEqual([]);
    await road.restart(async () => {
      const store = await openOn(openDisk(), {
        folder: road.folder,
        clock: { nowMs: road.world.clock.nowMs, waitUntil: async () => undefined },
        process: thisProcess(),
      });
      const [tenant] = await store.tenants();
      await store.transact(must(tenant, 'a tenant'), (tx) => {
        for (let seq = newest + 1; seq <= logEntriesPerSegment + 10; seq += 1)
          tx.log(logEntry(`INV-${seq}`));
      });
      await store.close();
      road.world.clock.advance({ ms: 37 * 31 * 86_400_000 });
    });
    const parts = await road.call('GET /v1/log-parts', {});
    expect(parts).toMatchObject([{ number: 1, entries: logEntriesPerSegment }]);
    const text = await road.call('GET /v1/log-parts/:number', { params: { number: '1' } });
    const [head, ...rows] = parseCsv(text);
    expect(head?.slice(0, 3)).toEqual(['Number', 'Time', 'Who']);
    expect(rows.map(([seq]) => Number(seq))).toEqual(
      Array.from({ length: logEntriesPerSegment }, (_, back) => logEntriesPerSegment - back),
    );
    expect(rows.at(-1)?.[6]).toBe('Installed the app');
    const page = await road.call('GET /v1/log', {
      query: { before: String(logEntriesPerSegment + 2) },
    });
    expect(page).toMatchObject({ rows: [{ seq: logEntriesPerSegment + 1 }], next: null });
    const params = { number: '2' };
    expect((await road.ask('GET /v1/log-parts/:number', { params })).status).toBe(404);
  },
);
