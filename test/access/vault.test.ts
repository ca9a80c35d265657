import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { createVault, Secret, type SecretOwner } from '../../server/access/vault.ts';
import { installationIdSchema, marketplaceIdSchema, tenantKey } from '../../server/domain/ids.ts';
import { realCrypto } from '../kit/access-world.ts';
import { createMemoryStore } from '../kit/memory-store.ts';

const masterKey = (id: string) => ({ id, key: new Uint8Array(randomBytes(32)) });
const ownerOf = (tid: string): SecretOwner => ({
  marketplaceId: v.parse(marketplaceIdSchema, 'market'),
  tenantId: tenantKey('market', tid),
  installationId: v.parse(installationIdSchema, 'inst-1'),
});
const owner = ownerOf('t1');
const name = { provider: 'xero', record: 'c1', field: 'tokens' };

function world(masterKeys = [masterKey('1')]) {
  const store = createMemoryStore({ nowMs: () => 0 });
  const vault = createVault({ store, crypto: realCrypto, masterKeys });
  const keep = async (of: SecretOwner, as: typeof name, text: string) => {
    const sealed = await vault.seal(of, as, new Secret(text));
    await store.transact(of.tenantId, (tx) => vault.put(tx, sealed));
    return sealed;
  };
  return { store, vault, keep };
}

test('what is put is got, until it is removed', async () => {
  const { vault, store, keep } = world();
  await keep(owner, name, 'text ü');
  expect((await vault.get(owner, name))?.reveal()).toBe('text ü');
  await store.transact(owner.tenantId, (tx) => vault.removeAll(tx, { record: 'other' }));
  expect(await vault.get(owner, name)).not.toBeNull();
  await store.transact(owner.tenantId, (tx) => vault.removeAll(tx, { record: 'c1' }));
  expect(await vault.get(owner, name)).toBeNull();
});

describe('a ciphertext opens only where it belongs', () => {
  test('T36, V13.3.2: not under another name, installation or tenant', async () => {
    const { vault, store, keep } = world();
    const sealed = await keep(owner, name, 'text');
    const moved = { ...name, record: 'c2' };
    await store.transact(owner.tenantId, (tx) =>
      vault.put(tx, { ...sealed, id: 'xero|c2|tokens' }),
    );
    await expect(vault.get(owner, moved)).rejects.toThrow('store.failed');
    const other = { ...owner, installationId: v.parse(installationIdSchema, 'inst-2') };
    await expect(vault.get(other, name)).rejects.toThrow('store.failed');
    const stranger = ownerOf('t2');
    const key = (await store.read(owner.tenantId)).list('tenantKey');
    await store.transact(stranger.tenantId, (tx) => {
      for (const each of key) tx.put('tenantKey', each);
      vault.put(tx, sealed);
    });
    await expect(vault.get(stranger, name)).rejects.toThrow('store.failed');
  });

  test('T36, V11.3.3: not when a byte of it changed, and no two ciphertexts share a nonce', async () => {
    const { vault, store, keep } = world();
    const { id, jwe } = await keep(owner, name, 'text');
    const nonces = new Set([jwe.split('.')[2]]);
    for (let turn = 0; turn < 200; turn += 1)
      nonces.add((await vault.seal(owner, name, new Secret('text'))).jwe.split('.')[2]);
    expect(nonces.size).toBe(201);
    const at = jwe.lastIndexOf('.') - 2;
    const broken = jwe.slice(0, at) + (jwe[at] === 'A' ? 'B' : 'A') + jwe.slice(at + 1);
    await store.transact(owner.tenantId, (tx) => tx.put('secret', { id, jwe: broken }));
    await expect(vault.get(owner, name)).rejects.toThrow('store.failed');
  });
});

test('T37: a newer master key opens what an older one wrapped, and a missing one opens nothing', async () => {
  const [first, second] = [masterKey('1'), masterKey('2')];
  const { store, keep } = world([first]);
  await keep(owner, name, 'text');
  const rotated = createVault({ store, crypto: realCrypto, masterKeys: [second, first] });
  expect((await rotated.get(owner, name))?.reveal()).toBe('text');
  const lost = createVault({ store, crypto: realCrypto, masterKeys: [second] });
  await expect(lost.get(owner, name)).rejects.toThrow('store.failed');
});

test('two first secrets at once share one tenant key', async () => {
  const { store, vault, keep } = world();
  const other = { ...name, record: 'c2' };
  await Promise.all([keep(owner, name, 'one'), keep(owner, other, 'two')]);
  expect((await store.read(owner.tenantId)).list('tenantKey')).toHaveLength(1);
  expect((await vault.get(owner, other))?.reveal()).toBe('two');
});

test('T39: a secret prints as a placeholder', () => {
  const secret = new Secret('canary');
  const printed = [`${secret}`, JSON.stringify({ secret }), inspect({ secret }), String(secret)];
  expect(printed.join()).not.toContain('canary');
});
