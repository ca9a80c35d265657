import type { Connection } from '../domain/connection.ts';
import type { ConnectionId, TenantId } from '../domain/ids.ts';
import type { Connector } from '../domain/ports/connector.ts';
import type { Clock, Crypto } from '../domain/ports/machine.ts';
import type { ConnectorSession } from '../domain/ports/session.ts';
import type { Reader, Store } from '../domain/ports/store.ts';
import type { CallbackAddresses } from './callback-addresses.ts';
import { createCallbackKeys } from './callback-keys.ts';
import type { TakeHint } from './hints.ts';

/** Where a system's calls come in: one address a connection, whose last part is secret. */
export const callbackBase = (publicUrl: string, systemId: string): string =>
  `${publicUrl}/callbacks/${systemId}/`;

const tokenBytes = 24;

export interface CallbackDesk {
  crypto: Crypto;
  publicUrl: string;
  addresses: CallbackAddresses;
}

/**
 * Sees to it that a connection's system calls us, once a topic; only where it can: over https. What it may
 * not is left: changes are read by themselves as ever.
 */
export async function ensureCallbacks(
  { store, crypto, publicUrl, addresses }: CallbackDesk & { store: Store },
  tenantId: TenantId,
  connection: Connection,
  session: ConnectorSession,
): Promise<void> {
  const { callbacks } = session;
  if (callbacks === undefined || !publicUrl.startsWith('https:')) return;
  const base = callbackBase(publicUrl, connection.systemId);
  const isOurs = ownAddress(await store.read(tenantId), crypto, connection.id);
  const known = (await callbacks.list(base)).filter(({ url }) => isOurs(url));
  const there = new Set(known.map(({ topic }) => topic));
  const lacking = callbacks.topics.filter((topic) => !there.has(topic));
  if (lacking.length === 0) return;
  let url = known[0]?.url;
  if (url === undefined) {
    const token = Buffer.from(crypto.randomBytes(tokenBytes)).toString('base64url');
    url = `${base}${token}`;
    // Before it is with the system: a call of it is known from the first one on.
    await store.transact(tenantId, (tx) =>
      tx.put('callbackAddress', { id: connection.id, hash: crypto.hash(token) }),
    );
    addresses.add({ tenantId, connectionId: connection.id }, token);
  }
  for (const topic of lacking) await callbacks.register(url, topic);
}

/** Tells the addresses of a connection from those of others with the same system. */
export function ownAddress(
  reader: Reader,
  crypto: Pick<Crypto, 'hash'>,
  connectionId: ConnectionId,
): (url: string) => boolean {
  const hash = reader.get('callbackAddress', connectionId)?.hash ?? null;
  return (url) => hash !== null && crypto.hash(url.slice(url.lastIndexOf('/') + 1)) === hash;
}

export type TakeCallback = (call: {
  systemId: string;
  token: string;
  header(name: string): string | null;
  /** Asked for only where the address is a connection's and something is signed. */
  body(): Promise<Uint8Array>;
}) => Promise<'taken' | 'refused' | 'nobody'>;

/**
 * A call is heard where its address is a connection's and its signature is good under a key that stands
 * on that connection's own host. It brings the next check forward, and nothing of it is read. A call to
 * an address that is nobody's, or without a signature, costs no reading at all.
 */
export function createCallbackDesk(options: {
  store: Store;
  clock: Clock;
  addresses: Pick<CallbackAddresses, 'ownerOf'>;
  connector(systemId: string): Connector | null;
  openSession(tenantId: TenantId, connectionId: ConnectionId): Promise<ConnectorSession>;
  hint: TakeHint;
}): TakeCallback {
  const { store, clock, addresses, connector, openSession, hint } = options;
  const keys = createCallbackKeys(clock);

  return async ({ systemId, token, header, body: read }) => {
    const format = connector(systemId)?.callbacks;
    const signature = format === undefined ? null : header(format.header);
    const owner = addresses.ownerOf(token);
    if (format === undefined || signature === null || owner === null) return 'nobody';
    const { tenantId, connectionId } = owner;
    const connection = (await store.read(tenantId)).get('connection', connectionId);
    const isHeard = connection?.systemId === systemId && connection.state === 'active';
    if (!isHeard) return 'nobody';
    const body = await read();
    const address = format.keyAddress(body);
    if (address === null) return 'refused';
    const isProven = await keys
      .hasSigned(connectionId, {
        isSignedBy: (key) => format.isSigned({ body, signature, key }),
        read: async () =>
          (await openSession(tenantId, connectionId)).callbacks?.key(address) ?? null,
      })
      // A key that is not on its own host, or that cannot be read now: nothing is proven.
      .catch(() => false);
    if (!isProven) return 'refused';
    hint(systemId, [connection.account.id.toLowerCase()]);
    return 'taken';
  };
}
