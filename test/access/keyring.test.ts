import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, expect, test } from 'vitest';
import type { AuditTrail } from '../../server/access/audit.ts';
import { checkAudit } from '../../server/access/audit-check.ts';
import { createAuditTrail } from '../../server/access/audit-trail.ts';
import { openKeyring } from '../../server/access/keyring.ts';
import type { MasterKey } from '../../server/access/master-keys.ts';
import { rotateMasterKeys } from '../../server/access/rotation.ts';
import { createVault, Secret } from '../../server/access/vault.ts';
import { installationIdSchema, marketplaceIdSchema, tenantKey } from '../../server/domain/ids.ts';
import { openDisk } from '../../server/store/disk.ts';
import { realCrypto } from '../kit/access-world.ts';
import { createMemoryStore } from '../kit/memory-store.ts';
import { createTestClock } from '../kit/test-clock.ts';
import { silentLogger } from '../kit/test-crypto.ts';

const folders: string[] = [];
const trails: AuditTrail[] = [];
afterEach(async () => {
  for (const trail of trails.splice(0)) await trail.flush();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});
const masterKey = (id: string): MasterKey => ({ id, key: new Uint8Array(randomBytes(32)) });
const ownerOf = (at: number) => ({
  marketplaceId: v.parse(marketplaceIdSchema, 'market'),
  tenantId: tenantKey('market', `reseller-${at}`),
  installationId: v.parse(installationIdSchema, 'inst-1'),
});
const nameOf = (at: number) => ({ provider: 'ledger', record: `c${at}`, field: 'tokens' });

/** A store and a data folder that outlive the app; `start` is a start of it with these keys. */
async function world() {
  const folder = await mkdtemp(join(tmpdir(), 'keyring-'));
  folders.push(folder);
  const clock = createTestClock('2026-11-23T10:00:00.000Z');
  const store = createMemoryStore(clock);
  const shared = { disk: openDisk(), store, clock, crypto: realCrypto, logger: silentLogger };
  const start = async (...masterKeys: MasterKey[]) => {
    const keyring = await openKeyring({ ...shared, folder, masterKeys });
    const vault = createVault({ ...shared, masterKeys });
    const audit = createAuditTrail({ ...shared, folder: join(folder, 'audit'), masterKeys });
    trails.push(audit);
    const keep = async (tenant: number, at: number, text: string) => {
      const sealed = await vault.seal(ownerOf(tenant), nameOf(at), new Secret(text));
      await store.transact(ownerOf(tenant).tenantId, (tx) => vault.put(tx, sealed));
      audit.record({
        action: 'connect',
        outcome: 'ok',
        marketplaceId: 'market',
        tenantId: ownerOf(tenant).tenantId,
      });
    };
    return {
      keyring,
      audit,
      vault,
      keep,
      got: async (tenant: number, at: number) =>
        (await vault.get(ownerOf(tenant), nameOf(at)))?.reveal(),
      rotate: (signal = new AbortController().signal) =>
        rotateMasterKeys({ ...shared, keyring, vault, audit, signal }),
    };
  };
  const broken = async (...masterKeys: MasterKey[]) =>
    (await checkAudit({ ...shared, folder: join(folder, 'audit'), masterKeys })).flatMap(
      ({ fault }) => fault ?? [],
    );
  return { folder, clock, store, start, broken };
}

test('T37: a start without a key in use, or with another under its number, is refused by its number', async () => {
  const { start } = await world();
  const [first, second] = [masterKey('1'), masterKey('2')];
  await start(first);
  await expect(start(second)).rejects.toMatchObject({
    code: 'keys.missing',
    facts: { version: '1' },
  });
  await expect(start(masterKey('1'))).rejects.toMatchObject({
    code: 'keys.wrong',
    facts: { version: '1' },
  });
  await start(second, first);
  await expect(start(first)).rejects.toMatchObject({ facts: { version: '2' } });
});

test('T37: where the record of the keys is gone or damaged, what they wrapped tells the same', async () => {
  for (const spoil of [
    (file: string) => rm(file),
    (file: string) => writeFile(file, '{"keys":[{}'),
  ]) {
    const { folder, start } = await world();
    const [first, second] = [masterKey('1'), masterKey('2')];
    const before = await start(first);
    await before.keep(1, 1, 'text');
    await before.audit.flush();
    await spoil(join(folder, 'keyring.json'));
    await expect(start(second)).rejects.toMatchObject({ code: 'keys.missing' });
    await expect(start(masterKey('1'))).rejects.toMatchObject({ code: 'keys.wrong' });
    expect(await (await start(first)).got(1, 1)).toBe('text');
  }
});

test('T37, V11.2.2: a rotation under load loses nothing, and the old key may go after it', async () => {
  const { start, broken } = await world();
  const [first, second] = [masterKey('1'), masterKey('2')];
  const tenants = Array.from({ length: 20 }, (_, at) => at);
  const before = await start(first);
  for (const tenant of tenants) await before.keep(tenant, 0, `old ${tenant}`);
  await before.audit.flush();

  const during = await start(second, first);
  const turns = Array.from({ length: 10 }, (_, at) => at + 1);
  const work = tenants.flatMap((tenant) =>
    turns.map(async (turn) => {
      await during.keep(tenant + turn, turn, `new ${tenant + turn} ${turn}`);
      if (turn % 3 === 0) expect(await during.got(tenant, 0)).toBe(`old ${tenant}`);
    }),
  );
  await Promise.all([during.rotate(), ...work]);
  await during.audit.flush();
  expect(during.keyring.older()).toEqual([]);

  const after = await start(second);
  for (const tenant of tenants) {
    expect(await after.got(tenant, 0)).toBe(`old ${tenant}`);
    for (const turn of turns) expect(await after.got(tenant + turn, turn)).toContain('new ');
  }
  expect(await broken(second)).toEqual([]);
});

test('T37: a rotation that a stop or a full disk cut off goes on, and keeps the old key until then', async () => {
  const { start, store, clock } = await world();
  const [first, second] = [masterKey('1'), masterKey('2')];
  const before = await start(first);
  for (let tenant = 0; tenant < 6; tenant += 1) await before.keep(tenant, 0, `old ${tenant}`);
  await before.audit.flush();

  const cut = new AbortController();
  const during = await start(second, first);
  let commits = 0;
  store.onStep((step) => {
    if (step !== 'commit') return;
    commits += 1;
    if (commits === 3) throw new Error('full');
    if (commits === 5) cut.abort();
  });
  const rotation = during.rotate(cut.signal);
  await expect.poll(() => clock.waiting()).toBe(1);
  await clock.advance(60_000);
  await rotation;
  store.onStep(() => {});
  await during.audit.flush();
  await expect(start(second)).rejects.toMatchObject({ code: 'keys.missing' });

  await (await start(second, first)).rotate();
  const after = await start(second);
  for (let tenant = 0; tenant < 6; tenant += 1)
    expect(await after.got(tenant, 0)).toBe(`old ${tenant}`);
});

test('T17: what is shredded while keys rotate stays gone', async () => {
  const { start, store } = await world();
  const [first, second] = [masterKey('1'), masterKey('2')];
  const before = await start(first);
  await before.keep(1, 0, 'text');
  await before.audit.flush();
  const during = await start(second, first);
  const { tenantId } = ownerOf(1);
  const shredding = store.transact(tenantId, (tx) => during.vault.shred(tx));
  await Promise.all([shredding, during.rotate()]);
  expect((await store.read(tenantId)).list('tenantKey')).toEqual([]);
});

test('the record proves the keys and holds none of them', async () => {
  const { folder, start } = await world();
  const first = masterKey('1');
  await start(first);
  const text = await readFile(join(folder, 'keyring.json'), 'utf8');
  expect(JSON.parse(text)).toMatchObject({ keys: [{ id: '1', retired: false }] });
  for (const encoding of ['base64url', 'base64', 'hex'] as const)
    expect(text).not.toContain(Buffer.from(first.key).toString(encoding));
});
