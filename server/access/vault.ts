import { CompactEncrypt, compactDecrypt } from 'jose';
import { AppError } from '../domain/errors.ts';
import type { InstallationId, MarketplaceId, TenantId } from '../domain/ids.ts';
import type { Crypto } from '../domain/ports/machine.ts';
import type { Reader, Store, Transaction } from '../domain/ports/store.ts';
import type { MasterKey } from './master-keys.ts';
import { Secret } from './secret.ts';
import { createTenantKeys } from './tenant-keys.ts';

export { Secret };

/** Whose secret it is. An `Installation` fits with `installationId` set to its id. */
export interface SecretOwner {
  marketplaceId: MarketplaceId;
  tenantId: TenantId;
  installationId: InstallationId;
}
/** Which secret it is: `{provider: 'xero', record: connectionId, field: 'tokens'}`. */
export interface SecretName {
  provider: string;
  record: string;
  field: string;
}
/** Ciphertext ready to be stored; useless under another owner or name. */
export interface Sealed {
  id: string;
  keyId: string;
  jwe: string;
}

export interface Vault {
  /** Encrypts, before the transaction that stores it. Makes the tenant's key when there is none. */
  seal(owner: SecretOwner, name: SecretName, secret: Secret): Promise<Sealed>;
  /** Stores inside a transaction. Throws `work.busy` when the tenant's key changed since `seal`. */
  put(tx: Transaction, sealed: Sealed): void;
  /** Null where there is none. Throws `store.failed` when a record does not open under its name. */
  get(owner: SecretOwner, name: SecretName): Promise<Secret | null>;
  remove(tx: Transaction, name: SecretName): void;
  /** Every secret, or every one of a record (a connection). */
  removeAll(tx: Transaction, of?: { record: string }): void;
  /** All secrets and the tenant's key: what was copied before can never be opened again. */
  shred(tx: Transaction): void;
  /** Wraps the tenant's keys by the newest master key; how many were still under an older one. */
  rewrap(tenantId: TenantId): Promise<number>;
}

const vaultType = 'vault+jwe';
const headerMembers = 'alg,ctx,enc,kid,typ';

/**
 * Secrets at rest (R13): compact JWE (RFC 7516), `dir` with A256GCM under the tenant's own key, bound
 * by a `ctx` header to the place it belongs, so that a row copied elsewhere does not open.
 */
export function createVault(options: {
  store: Store;
  crypto: Crypto;
  masterKeys: readonly MasterKey[];
}): Vault {
  const { store, crypto } = options;
  const tenantKeys = createTenantKeys(options);
  const contextOf = (owner: SecretOwner, name: SecretName): string =>
    crypto.hash(
      [
        owner.marketplaceId,
        owner.tenantId,
        owner.installationId,
        name.provider,
        name.record,
        name.field,
      ]
        .map(encodeURIComponent)
        .join('|'),
    );

  return {
    seal: async (owner, name, secret) => {
      const { id: keyId, key } = await tenantKeys.current(owner.tenantId);
      const jwe = await new CompactEncrypt(new TextEncoder().encode(secret.reveal()))
        .setProtectedHeader({
          alg: 'dir',
          enc: 'A256GCM',
          kid: keyId,
          typ: vaultType,
          ctx: contextOf(owner, name),
        })
        .encrypt(key);
      return { id: secretId(name), keyId, jwe };
    },
    put: (tx, { id, keyId, jwe }) => {
      if (!tx.get('tenantKey', keyId)) throw new AppError('work.busy');
      tx.put('secret', { id, jwe });
    },
    get: async (owner, name) => {
      const reader = await store.read(owner.tenantId);
      const record = reader.get('secret', secretId(name));
      if (!record) return null;
      return open({
        jwe: record.jwe,
        reader,
        tenantId: owner.tenantId,
        context: contextOf(owner, name),
      });
    },
    remove: (tx, name) => tx.remove('secret', secretId(name)),
    removeAll: (tx, of) => removeSecrets(tx, of),
    shred: (tx) => {
      removeSecrets(tx);
      for (const { id } of tx.list('tenantKey')) tx.remove('tenantKey', id);
    },
    rewrap: tenantKeys.rewrap,
  };

  async function open(sealed: {
    jwe: string;
    reader: Reader;
    tenantId: TenantId;
    context: string;
  }): Promise<Secret> {
    try {
      const { plaintext, protectedHeader } = await compactDecrypt(
        sealed.jwe,
        ({ kid }) => tenantKeys.byId(sealed.reader, sealed.tenantId, kid ?? ''),
        { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] },
      );
      const expected =
        Object.keys(protectedHeader).sort().join() === headerMembers &&
        protectedHeader.typ === vaultType &&
        protectedHeader.ctx === sealed.context;
      if (!expected) throw new AppError('store.failed');
      return new Secret(new TextDecoder().decode(plaintext));
    } catch (cause) {
      throw new AppError('store.failed', { cause });
    }
  }
}

function removeSecrets(tx: Transaction, of?: { record: string }): void {
  const record = of && encodeURIComponent(of.record);
  for (const { id } of tx.list('secret'))
    if (record === undefined || id.split('|')[1] === record) tx.remove('secret', id);
}

const secretId = ({ provider, record, field }: SecretName): string =>
  [provider, record, field].map(encodeURIComponent).join('|');
