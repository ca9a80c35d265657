import { CompactEncrypt, compactDecrypt } from 'jose';
import { AppError } from '../domain/errors.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Crypto } from '../domain/ports/machine.ts';
import type { Reader, Store } from '../domain/ports/store.ts';
import type { MasterKey } from './master-keys.ts';

interface TenantKey {
  id: string;
  key: Uint8Array;
}
export interface TenantKeys {
  /** The tenant's key that encrypts now; made and stored when there is none. */
  current(tenantId: TenantId): Promise<TenantKey>;
  /** An older or current key of the tenant, to open with. Throws `store.failed` when it is gone. */
  byId(reader: Reader, tenantId: TenantId, id: string): Promise<Uint8Array>;
  /** Wraps the tenant's keys by the newest master key; how many were still under an older one. */
  rewrap(tenantId: TenantId): Promise<number>;
}

const keyBytes = 32;
const unwrappedMax = 1_000;
const wrapType = 'tenant-key+jwe';

/** One random 256-bit key a tenant, wrapped A256GCMKW (RFC 7518 4.7) by the newest master key. */
export function createTenantKeys(options: {
  store: Store;
  crypto: Crypto;
  masterKeys: readonly MasterKey[];
}): TenantKeys {
  const { store, crypto, masterKeys } = options;
  const unwrapped = new Map<string, Uint8Array>();

  const open = async (tenantId: TenantId, wrapped: string): Promise<Uint8Array> => {
    const known = unwrapped.get(`${tenantId} ${wrapped}`);
    if (known) return known;
    const key = await unwrap({ wrapped, masterKeys, context: crypto.hash(tenantId) });
    const [oldest] = unwrapped.keys();
    if (unwrapped.size >= unwrappedMax && oldest !== undefined) unwrapped.delete(oldest);
    unwrapped.set(`${tenantId} ${wrapped}`, key);
    return key;
  };
  const newest = (reader: Reader) => reader.list('tenantKey').at(-1) ?? null;

  return {
    current: async (tenantId) => {
      const stored = newest(await store.read(tenantId));
      if (stored) return { id: stored.id, key: await open(tenantId, stored.wrapped) };
      const [master] = masterKeys;
      if (!master) throw new AppError('internal');
      const made = {
        id: Buffer.from(crypto.randomBytes(12)).toString('base64url'),
        masterKeyId: master.id,
        wrapped: await wrap({
          key: crypto.randomBytes(keyBytes),
          master,
          context: crypto.hash(tenantId),
        }),
      };
      // Two callers may make one at the same time: the first to commit wins, both use it.
      const kept = await store.transact(tenantId, (tx) => {
        const first = newest(tx);
        if (!first) tx.put('tenantKey', made);
        return first ?? made;
      });
      return { id: kept.id, key: await open(tenantId, kept.wrapped) };
    },
    byId: async (reader, tenantId, id) => {
      const record = reader.get('tenantKey', id);
      if (!record) throw new AppError('store.failed');
      return open(tenantId, record.wrapped);
    },
    rewrap: async (tenantId) => {
      const [master] = masterKeys;
      if (!master) throw new AppError('internal');
      const stale = (await store.read(tenantId))
        .list('tenantKey')
        .filter(({ masterKeyId }) => masterKeyId !== master.id);
      const context = crypto.hash(tenantId);
      const wrappedAnew = await Promise.all(
        stale.map(async (record) => {
          const key = await unwrap({ wrapped: record.wrapped, masterKeys, context });
          const wrapped = await wrap({ key, master, context });
          return { record, wrapped };
        }),
      );
      if (wrappedAnew.length > 0)
        await store.transact(tenantId, (tx) => {
          // One that was shredded meanwhile must not come back.
          for (const { record, wrapped } of wrappedAnew)
            if (tx.get('tenantKey', record.id)?.wrapped === record.wrapped)
              tx.put('tenantKey', { ...record, masterKeyId: master.id, wrapped });
        });
      return wrappedAnew.length;
    },
  };
}

const wrap = (options: { key: Uint8Array; master: MasterKey; context: string }): Promise<string> =>
  new CompactEncrypt(options.key)
    .setProtectedHeader({
      alg: 'A256GCMKW',
      enc: 'A256GCM',
      kid: options.master.id,
      typ: wrapType,
      ctx: options.context,
    })
    .encrypt(options.master.key);

/** Throws `store.failed` where the key is not there or does not fit. */
export async function unwrap(options: {
  wrapped: string;
  masterKeys: readonly MasterKey[];
  context: string;
}): Promise<Uint8Array> {
  try {
    const { plaintext, protectedHeader } = await compactDecrypt(
      options.wrapped,
      ({ kid }) => {
        const master = options.masterKeys.find(({ id }) => id === kid);
        if (!master) throw new AppError('store.failed');
        return master.key;
      },
      { keyManagementAlgorithms: ['A256GCMKW'], contentEncryptionAlgorithms: ['A256GCM'] },
    );
    if (protectedHeader.typ !== wrapType || protectedHeader.ctx !== options.context)
      throw new AppError('store.failed');
    return plaintext;
  } catch (cause) {
    throw new AppError('store.failed', { cause });
  }
}
