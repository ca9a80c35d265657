import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openRoad, type Road } from '../kit/road.ts';
import { must } from '../sandbox/must.ts';

async function onRoad(walk: (road: Road) => Promise<void>): Promise<void> {
  const road = await openRoad();
  try {
    await road.install();
    await walk(road);
  } finally {
    await road.close();
  }
}
const trailFile = async ({ folder }: Road): Promise<string> => {
  const names = await readdir(join(folder, 'audit'));
  const own = must(
    names.find((name) => name.startsWith('t-')),
    'a chain',
  );
  return join(folder, 'audit', own, '2026-11.jsonl');
};

test('T40: an administrator reads the trail in pages and takes it away as a file, which it records', () =>
  onRoad(async (road) => {
    for (let turn = 0; turn < 19; turn += 1) await road.signIn();
    for (let turn = 0; turn < 4; turn += 1) {
      await road.world.clock.advance({ ms: 60_000 });
      for (let each = 0; each < 19; each += 1) await road.signIn();
    }
    const first = await road.call('GET /v1/audit', { query: {} });
    expect(first.rows).toHaveLength(50);
    expect(first.rows[0]).toMatchObject({ action: 'session', outcome: 'ok' });
    const before = must(first.next, 'an older page');
    const second = await road.call('GET /v1/audit', { query: { before } });
    expect(second.rows[0]?.position).toBe(must(first.rows.at(-1), 'a row').position - 1);

    const file = String(await road.call('GET /v1/audit.csv', { query: {} }));
    const [head = '', newest = ''] = file.split('\r\n');
    expect(head).toMatch(/^Number,Time,Action.*,Previous hash,Hash,In words$/);
    expect(Number(newest.split(',')[0])).toBeGreaterThan(80);
    const after = await road.call('GET /v1/audit', { query: {} });
    expect(after.rows[0]).toMatchObject({
      action: 'export',
      sentence: 'Saved as a file: the access trail',
    });
    const { entries, fault } = await road.call('GET /v1/audit/check');
    expect([fault, entries]).toEqual([null, after.rows[0]?.position]);
  }));

test('T40: an entry that was changed or taken out is found and told, with its number', () =>
  onRoad(async (road) => {
    for (let turn = 0; turn < 5; turn += 1) await road.signIn();
    expect((await road.call('GET /v1/audit/check')).fault).toBeNull();
    const path = await trailFile(road);
    const lines = (await readFile(path, 'utf8')).split('\n');
    await writeFile(path, lines.toSpliced(2, 1).join('\n'));
    await road.world.clock.advance({ ms: 61_000 });
    await road.signIn();
    const { fault } = await road.call('GET /v1/audit/check');
    expect(fault).toEqual({ kind: 'entry-changed', position: 3 });
    expect((await road.call('GET /v1/audit', { query: {} })).rows.length).toBeGreaterThan(3);
  }));

test('V16.3.2: nobody below an administrator reads the trail, and that they tried stands in it', () =>
  onRoad(async (road) => {
    await road.signIn('bluegum-billing');
    for (const key of ['GET /v1/audit', 'GET /v1/audit/check', 'GET /v1/audit.csv'])
      expect((await road.ask(key)).status).toBe(403);
    await road.signIn();
    const { rows } = await road.call('GET /v1/audit', { query: {} });
    const refused = rows.filter(({ outcome }) => outcome === 'refused');
    expect(refused).toContainEqual(
      expect.objectContaining({
        sentence: 'Asked for without the right: the access trail',
        reason: 'may work, not administrate',
      }),
    );
  }));
