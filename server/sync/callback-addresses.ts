import type { ConnectionId, TenantId } from '../domain/ids.ts';
import type { Crypto } from '../domain/ports/machine.ts';
import type { Store } from '../domain/ports/store.ts';

export interface CallbackOwner {
  tenantId: TenantId;
  connectionId: ConnectionId;
}

/** Whose callback address ends in which token. Only hashes of the tokens are held. */
export interface CallbackAddresses {
  /** Reads nothing: a call to an address that is nobody's costs one hash. */
  ownerOf(token: string): CallbackOwner | null;
  /** The address of a connection from now on; one that it had before is nobody's. */
  add(owner: CallbackOwner, token: string): void;
}

/** Reads the addresses of all tenants once; later ones are told by who stores them. */
export async function readCallbackAddresses({
  store,
  crypto,
}: {
  store: Store;
  crypto: Pick<Crypto, 'hash'>;
}): Promise<CallbackAddresses> {
  const owners = new Map<string, CallbackOwner>();
  const hashes = new Map<ConnectionId, string>();
  const put = (owner: CallbackOwner, hash: string) => {
    owners.delete(hashes.get(owner.connectionId) ?? '');
    hashes.set(owner.connectionId, hash);
    owners.set(hash, owner);
  };
  for (const tenantId of await store.tenants())
    for (const { id, hash } of (await store.read(tenantId)).list('callbackAddress'))
      put({ tenantId, connectionId: id }, hash);
  return {
    ownerOf: (token) => owners.get(crypto.hash(token)) ?? null,
    add: (owner, token) => put(owner, crypto.hash(token)),
  };
}
