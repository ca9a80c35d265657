import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { checkAudit, faultText } from '../../server/access/audit-check.ts';
import { createAuditTrail } from '../../server/access/audit-trail.ts';
import { openDisk } from '../../server/store/disk.ts';
import { tenantOf } from '../kit/access-world.ts';
import { createTestClock } from '../kit/test-clock.ts';
import { silentLogger, testCrypto } from '../kit/test-crypto.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});
const masterKeys = [{ id: '1', key: Uint8Array.from({ length: 32 }, (_, at) => at * 7) }];
const tenant = tenantOf('reseller-1');

async function world() {
  const folder = await mkdtemp(join(tmpdir(), 'audit-'));
  folders.push(folder);
  const clock = createTestClock('2026-11-23T10:00:00.000Z');
  const options = { folder, disk: openDisk(), clock, crypto: testCrypto, masterKeys };
  const open = () => createAuditTrail({ ...options, logger: silentLogger });
  const record = async (count: number, trail = open()) => {
    for (let turn = 0; turn < count; turn += 1)
      trail.record({
        action: 'session',
        outcome: 'ok',
        marketplaceId: 'market',
        tenantId: tenant,
        actor: `user-${turn}`,
      });
    await trail.flush();
    return trail;
  };
  const own = async () => (await readdir(folder)).find((name) => name.startsWith('t-')) ?? '';
  return {
    folder,
    clock,
    open,
    record,
    path: async (name = '2026-11.jsonl') => join(folder, await own(), name),
    faults: async (keys = masterKeys) =>
      (await checkAudit({ ...options, masterKeys: keys })).flatMap(({ fault }) =>
        fault === null ? [] : faultText(fault),
      ),
  };
}
const lines = async (path: string) => (await readFile(path, 'utf8')).trim().split('\n');
const put = (path: string, all: readonly string[]) => writeFile(path, `${all.join('\n')}\n`);

test('T40, V16.4.2: an entry that was changed, left out, put in or cut off the end is found', async () => {
  const spoils: ((all: string[]) => string[])[] = [
    (all) => all.with(4, (all[4] ?? '').replace('user-4', 'eve')),
    (all) => all.toSpliced(4, 1),
    (all) => all.toSpliced(4, 0, all[3] ?? ''),
    (all) => all.toSpliced(0, 1),
    (all) => all.slice(0, -1),
    (all) => [all[1] ?? '', all[0] ?? '', ...all.slice(2)],
    (all) => all.with(4, '{}'),
    () => [''],
  ];
  for (const spoil of spoils) {
    const { record, faults, path } = await world();
    await record(10);
    expect(await faults()).toEqual([]);
    await put(await path(), spoil(await lines(await path())));
    expect(await faults()).toHaveLength(1);
  }
});

test('T40: a chain that somebody computed anew without the master key is found', async () => {
  const { record, faults, path } = await world();
  await record(10);
  const forger = await world();
  await forger.record(9);
  await put(await path(), await lines(await forger.path()));
  expect(await faults()).toHaveLength(1);
  const end = JSON.parse(await readFile(await forger.path('end.json'), 'utf8'));
  await writeFile(await path('end.json'), JSON.stringify({ ...end, seal: 'A'.repeat(43) }));
  expect(await faults()).toEqual(['has a seal that is not ours']);
});

test('T40: a trail that is gone whole is missed, and the operator’s own too', async () => {
  const { folder, record, faults, path } = await world();
  await record(3);
  await rm(join(await path(), '..'), { recursive: true });
  expect(await faults()).toEqual(['is missing']);
  const other = await world();
  await other.record(3);
  await rm(join(other.folder, 'operator'), { recursive: true });
  expect((await other.faults()).length).toBeGreaterThan(0);
  expect(folder).not.toBe(other.folder);
});

test('T40: a trail that was taken away while the app was down does not begin anew unseen', async () => {
  const { record, open, faults, path } = await world();
  await record(5);
  await rm(join(await path(), '..'), { recursive: true });
  const trail = await record(2, open());
  expect(await faults()).toEqual(['was there before: what it held then is gone']);
  expect((await trail.check(tenant)).fault?.kind).toBe('began-again');
});

test('T40: one tenant’s chain is looked at alone, with where it is broken', async () => {
  const { record, path } = await world();
  const trail = await record(10);
  expect(await trail.check(tenant)).toMatchObject({ entries: 10, fault: null });
  const all = await lines(await path());
  await put(await path(), all.toSpliced(6, 1));
  const { fault } = await trail.check(tenant);
  expect(fault).toEqual({ kind: 'entry-changed', position: 7 });
});

test('a crash between the first seal of a trail and the operator’s word of it accuses nobody', async () => {
  const { folder, record, open, faults, path } = await world();
  await record(1);
  const [seal, own] = [await path('end.json'), await path()];
  await rm(own);
  const { position: _position, hash: _hash, ...rest } = JSON.parse(await readFile(seal, 'utf8'));
  await writeFile(seal, JSON.stringify({ ...rest, position: 0, hash: '0'.repeat(64) }));
  await record(2, open());
  expect(await faults()).toEqual([]);
  await rm(join(folder, 'operator'), { recursive: true });
  expect((await faults()).length).toBeGreaterThan(0);
});

test('a trail goes on over restarts and months, and is read newest first in pages', async () => {
  const { record, faults, open, clock } = await world();
  await record(3);
  await clock.advance(10 * 24 * 3_600_000);
  const trail = await record(2, open());
  expect(await faults()).toEqual([]);
  const first = await trail.page(tenant, { before: null, limit: 3 });
  expect(first.entries.map(({ position }) => position)).toEqual([5, 4, 3]);
  const rest = await trail.page(tenant, { before: first.next, limit: 3 });
  expect([rest.entries.map(({ position }) => position), rest.next]).toEqual([[2, 1], null]);
});

test('V13.2.2, V16.4.2: the trail is readable and writable by the app’s own user alone', async () => {
  const { record, folder } = await world();
  await record(1);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  expect(entries.filter((entry) => entry.isFile()).length).toBeGreaterThan(2);
  for (const entry of entries) {
    const { mode } = await stat(join(entry.parentPath, entry.name));
    expect([entry.name, mode & 0o777]).toEqual([entry.name, entry.isDirectory() ? 0o700 : 0o600]);
  }
});

test('a line that a crash tore is cut at the next start, and the chain goes on whole', async () => {
  const { record, faults, path, open } = await world();
  await record(3);
  await writeFile(await path(), `${await readFile(await path(), 'utf8')}{"action":"ses`);
  await record(2, open());
  expect(await faults()).toEqual([]);
  expect(await lines(await path())).toHaveLength(5);
});

test('T17: a redaction deletes the tenant’s trail, and the operator’s says how far it went', async () => {
  const { record, faults, folder } = await world();
  const trail = await record(3);
  await trail.forget(tenant);
  await trail.flush();
  expect(await readdir(folder)).toEqual(['operator']);
  expect(await faults()).toEqual([]);
  expect(await readFile(join(folder, 'operator', '2026-11.jsonl'), 'utf8')).toContain('ends at 3 ');
});

test('T38: a flood of refusals of one tenant’s own people does not fill the disk', async () => {
  const { open, clock, path } = await world();
  const trail = open();
  const refused = () =>
    trail.record({ action: 'role', outcome: 'refused', marketplaceId: null, tenantId: tenant });
  for (let turn = 0; turn < 1_000; turn += 1) refused();
  await clock.advance(60_000);
  refused();
  await trail.flush();
  const all = await lines(await path());
  expect(all).toHaveLength(62);
  expect(all.join()).toContain('940 more in a minute');
});

test('T38: a flood of refused strangers does not fill the disk', async () => {
  const { open, folder, clock } = await world();
  const trail = open();
  const refused = () =>
    trail.record({ action: 'session', outcome: 'refused', marketplaceId: null, tenantId: null });
  for (let turn = 0; turn < 1_000; turn += 1) refused();
  await clock.advance(60_000);
  refused();
  await trail.flush();
  const all = await lines(join(folder, 'operator', '2026-11.jsonl'));
  expect(all.length).toBeLessThan(70);
  expect(all.join()).toContain('940 more in a minute');
});
