import { createHmac, timingSafeEqual } from 'node:crypto';
import * as v from 'valibot';
import { AppError } from '../domain/errors.ts';
import { stringifyOwn } from '../domain/json.ts';
import type { Disk } from '../domain/ports/disk.ts';
import type { Crypto } from '../domain/ports/machine.ts';
import type { Store } from '../domain/ports/store.ts';
import { jsonOf } from './compact-token.ts';
import type { MasterKey } from './master-keys.ts';
import { replaceText } from './replace-file.ts';
import { unwrap } from './tenant-keys.ts';

/** The versions of the master key that this data has known. */
export interface Keyring {
  /** Versions given that are not the newest and still seal something. */
  older(): string[];
  /** From now on the data does without these; the operator may take them away. */
  retire(ids: readonly string[]): Promise<void>;
}

const fileName = 'keyring.json';
const recordSchema = v.strictObject({
  keys: v.array(
    v.strictObject({
      id: v.string(),
      /** HMAC under the key itself, bound to its number: proves the key, tells nothing of it. */
      check: v.string(),
      retired: v.boolean(),
    }),
  ),
});
type Known = v.InferOutput<typeof recordSchema>['keys'][number];

/**
 * Compares the operator's keys with what was sealed under them, before anything is sealed anew. Throws
 * AppError `keys.missing` or `keys.wrong`, with the version as a fact. Where `keyring.json` is gone, as
 * after a restore, the tenants' own keys tell; the file is then written again.
 */
export async function openKeyring(options: {
  folder: string;
  disk: Disk;
  store: Store;
  crypto: Crypto;
  masterKeys: readonly MasterKey[];
}): Promise<Keyring> {
  const { folder, disk, masterKeys } = options;
  const before = await readKnown(disk, folder);
  const given = new Map(masterKeys.map((key) => [key.id, key]));
  for (const { id, check, retired } of before) {
    const key = given.get(id);
    if (key === undefined && !retired) throw missing(id);
    if (key !== undefined && !isCheckOf(check, key)) throw wrong(id);
  }
  const proven = new Set(before.map(({ id }) => id));
  const wrapping = await checkTenantKeys({ ...options, given, proven });
  let known: Known[] = [
    ...before.map((each) => (wrapping.has(each.id) ? { ...each, retired: false } : each)),
    ...masterKeys
      .filter(({ id }) => !proven.has(id))
      .map((key) => ({ id: key.id, check: checkOf(key).toString('base64url'), retired: false })),
  ];
  const write = (): Promise<void> =>
    replaceText(disk, folder, { name: fileName, text: stringifyOwn({ keys: known }) });
  if (stringifyOwn(known) !== stringifyOwn(before)) await write();
  return {
    older: () =>
      known.filter(({ id, retired }) => !retired && id !== masterKeys[0]?.id).map(({ id }) => id),
    retire: async (ids) => {
      known = known.map((each) => (ids.includes(each.id) ? { ...each, retired: true } : each));
      await write();
    },
  };
}

/** The versions that wrap a tenant's key. One that is proven already is not tried on each of them. */
async function checkTenantKeys(options: {
  store: Store;
  crypto: Crypto;
  masterKeys: readonly MasterKey[];
  given: ReadonlyMap<string, MasterKey>;
  proven: ReadonlySet<string>;
}): Promise<Set<string>> {
  const { store, crypto, masterKeys, given, proven } = options;
  const wrapping = new Set<string>();
  for (const tenantId of await store.tenants())
    for (const { masterKeyId, wrapped } of (await store.read(tenantId)).list('tenantKey')) {
      if (!given.has(masterKeyId)) throw missing(masterKeyId);
      if (!proven.has(masterKeyId))
        await unwrap({ wrapped, masterKeys, context: crypto.hash(tenantId) }).catch((cause) => {
          throw wrong(masterKeyId, cause);
        });
      wrapping.add(masterKeyId);
    }
  return wrapping;
}

/** Empty where there is no file, or none that can be read: nothing but the look above depends on it. */
async function readKnown(disk: Disk, folder: string): Promise<Known[]> {
  const bytes = await disk.read(`${folder}/${fileName}`);
  const record = v.safeParse(recordSchema, bytes === null ? null : jsonOf(bytes));
  return record.success ? record.output.keys : [];
}

const checkOf = ({ id, key }: MasterKey): Buffer =>
  createHmac('sha256', key).update(`master key ${id}`).digest();

function isCheckOf(check: string, key: MasterKey): boolean {
  const [expected, stored] = [checkOf(key), Buffer.from(check, 'base64url')];
  return expected.length === stored.length && timingSafeEqual(expected, stored);
}

const missing = (version: string) => new AppError('keys.missing', { facts: { version } });
const wrong = (version: string, cause?: unknown) =>
  new AppError('keys.wrong', { facts: { version }, cause });
