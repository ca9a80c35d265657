import type { Connection } from '../domain/connection.ts';
import type { ConnectionId, TenantId } from '../domain/ids.ts';
import type { Connector } from '../domain/ports/connector.ts';
import type { Clock, Crypto } from '../domain/ports/machine.ts';
import type { ConnectorSession } from '../domain/ports/session.ts';
import type { Reader, Store } from '../domain/ports/store.ts';
import type { TakeHint } from './hints.ts';

/** Where a system's calls come in: one address a connection, whose last part is secret. */
export const callbackBase = (publicUrl: string, systemId: string): string =>
  `${publicUrl}/callbacks/${systemId}/`;

const tokenBytes = 24;
const keyLifeMs = 24 * 60 * 60_000;
/** A signature that the known key did not give has the key read again, at most so often. */
const keyRestMs = 10 * 60_000;

interface Desk {
  store: Store;
  crypto: Crypto;
  publicUrl: string;
}

/**
 * Sees to it that a connection's system calls us, once a topic; only where it can: over https. What it may
 * not is left: changes are read by themselves as ever.
 */
export async function ensureCallbacks(
  { store, crypto, publicUrl }: Desk,
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
  body: Uint8Array;
  header(name: string): string | null;
}) => Promise<'taken' | 'refused'>;

/**
 * A call is heard where its address is a connection's and its signature is good under a key that stands
 * on that connection's own host. It brings the next check forward, and nothing of it is read.
 */
export function createCallbackDesk(options: {
  store: Store;
  clock: Clock;
  crypto: Pick<Crypto, 'hash'>;
  connector(systemId: string): Connector | null;
  openSession(tenantId: TenantId, connectionId: ConnectionId): Promise<ConnectorSession>;
  hint: TakeHint;
}): TakeCallback {
  const { store, clock, crypto, connector, openSession, hint } = options;
  const keys = new Map<string, { key: string; atMs: number }>();

  async function connectionOf(systemId: string, token: string) {
    const hash = crypto.hash(token);
    for (const tenantId of await store.tenants()) {
      const reader = await store.read(tenantId);
      const address = reader.list('callbackAddress').find((one) => one.hash === hash);
      const connection = address === undefined ? null : reader.get('connection', address.id);
      if (connection?.systemId === systemId && connection.state === 'active')
        return { tenantId, connection };
    }
    return null;
  }

  async function keyAt(tenantId: TenantId, { id }: Connection, address: string, olderMs: number) {
    const name = `${id} ${address}`;
    const known = keys.get(name);
    if (known !== undefined && clock.nowMs() - known.atMs < olderMs) return known.key;
    const session = await openSession(tenantId, id);
    const key = (await session.callbacks?.key(address)) ?? null;
    if (key !== null) keys.set(name, { key, atMs: clock.nowMs() });
    return key;
  }

  return async ({ systemId, token, body, header }) => {
    const format = connector(systemId)?.callbacks;
    const found = format === undefined ? null : await connectionOf(systemId, token);
    const address = format?.keyAddress(body) ?? null;
    if (format === undefined || found === null || address === null) return 'refused';
    const { tenantId, connection } = found;
    const signature = header(format.header);
    for (const olderMs of [keyLifeMs, keyRestMs])
      try {
        const key = await keyAt(tenantId, connection, address, olderMs);
        if (key === null || !format.isSigned({ body, signature, key })) continue;
        hint(systemId, [connection.account.id.toLowerCase()]);
        return 'taken';
      } catch {
        // A key that is not on its own host, or that cannot be read now: nothing is proven.
        return 'refused';
      }
    return 'refused';
  };
}
