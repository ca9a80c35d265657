import type { Connection } from '../domain/connection.ts';
import { millisecondsOf } from '../domain/dates.ts';
import { AppError, retryReconnect } from '../domain/errors.ts';
import type { ConnectionId, TenantId } from '../domain/ids.ts';
import type { Connector } from '../domain/ports/connector.ts';
import type { Clock, Fetch } from '../domain/ports/machine.ts';
import type { Store, Transaction } from '../domain/ports/store.ts';
import type { OAuthClient, Tokens } from '../domain/ports/system-access.ts';
import type { Lease, Leases } from './lease.ts';

/** A token this close to its end is renewed first: a long call must not outlive it. */
const renewBeforeMs = 5 * 60_000;
/** A renewal that is not answered by then is given up; its lease must not end before it. */
const renewMaxMs = 30_000;

export interface TokenStore {
  read(tenantId: TenantId, connection: Connection): Promise<Tokens | null>;
  /** Prepares outside and stores inside a transaction, since sealing takes time. */
  seal(
    tenantId: TenantId,
    connection: Connection,
    tokens: Tokens,
  ): Promise<(tx: Transaction) => void>;
  client(tenantId: TenantId, connection: Connection): Promise<OAuthClient | null>;
}
interface Options {
  store: Store;
  clock: Clock;
  fetch: Fetch;
  leases: Leases;
  secrets: TokenStore;
  connector(systemId: string): Connector;
}

export interface AccessTokens {
  /** A valid access token. Without a lease of its own it takes one for the renewal. */
  valid(tenantId: TenantId, connection: Connection, lease: Lease | null): Promise<string>;
  /** Sends a call; where its token is refused (RFC 6750, 3.1), the next call gets another one. */
  send(connection: Pick<Connection, 'id'>, request: Request): Promise<Response>;
}

/**
 * Refresh tokens are used once. One renewal at a time a connection, only under its lease, and the
 * new pair is durable before it is used; a renewal that another worker made is found by reading again.
 */
export function createAccessTokens({
  store,
  clock,
  fetch,
  leases,
  secrets,
  connector,
}: Options): AccessTokens {
  const flights = new Map<string, Promise<string>>();
  /**
   * What the system takes no longer, by connection: a token that was dated while our clock was ahead
   * ends there long before it does here.
   */
  const refused = new Map<ConnectionId, string>();

  async function stored(tenantId: TenantId, connection: Connection): Promise<Tokens> {
    const tokens = await secrets.read(tenantId, connection);
    if (tokens === null) throw new AppError('system.reconnect', { retry: retryReconnect });
    return tokens;
  }
  const isFresh = ({ id }: Connection, { accessToken, expiresAt }: Tokens): boolean =>
    refused.get(id) !== accessToken && millisecondsOf(expiresAt) - renewBeforeMs > clock.nowMs();

  async function renew(tenantId: TenantId, connection: Connection, lease: Lease): Promise<string> {
    const tokens = await stored(tenantId, connection);
    if (isFresh(connection, tokens)) return tokens.accessToken;
    const client = await secrets.client(tenantId, connection);
    if (client === null) throw new AppError('system.reconnect', { retry: retryReconnect });
    await store.transact(tenantId, (tx) => lease.check(tx));
    const late = deadline(clock, renewMaxMs);
    const system = connector(connection.systemId);
    if (system.auth !== 'oauth') throw new AppError('internal');
    const renewed = await system
      .refresh({
        client,
        tokens,
        clock,
        fetch: (request) => {
          const signal = AbortSignal.any([request.signal, late.signal]);
          return fetch(new Request(request, { signal }));
        },
      })
      .finally(late.end);
    const put = await secrets.seal(tenantId, connection, renewed);
    await store.transact(tenantId, (tx) => {
      lease.check(tx);
      put(tx);
    });
    return renewed.accessToken;
  }

  /** The lease may be held for long by a worker who renewed meanwhile. */
  async function renewedByOther(
    tenantId: TenantId,
    connection: Connection,
    error: unknown,
  ): Promise<string> {
    const tokens = await stored(tenantId, connection);
    if (isFresh(connection, tokens)) return tokens.accessToken;
    throw error;
  }

  return {
    valid: async (tenantId, connection, lease) => {
      const tokens = await stored(tenantId, connection);
      if (isFresh(connection, tokens)) return tokens.accessToken;
      // Who holds the lease never waits for a renewal that waits for that very lease.
      const key = lease === null ? connection.id : `${connection.id} ${lease.fence}`;
      const known = flights.get(key);
      if (known !== undefined) return known;
      const flight = (
        lease === null
          ? leases
              .with(tenantId, connection.id, (own) => renew(tenantId, connection, own))
              .catch((error: unknown) => renewedByOther(tenantId, connection, error))
          : renew(tenantId, connection, lease)
      ).finally(() => flights.delete(key));
      flights.set(key, flight);
      return flight;
    },
    send: async ({ id }, request) => {
      const response = await fetch(request);
      const bearer = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1];
      if (response.status === 401 && bearer !== undefined) refused.set(id, bearer);
      return response;
    },
  };
}

/** Aborts at the time on our own clock: a connector's client alone would count in real time. */
function deadline(clock: Clock, limitMs: number): { signal: AbortSignal; end(): void } {
  const late = new AbortController();
  const over = new AbortController();
  void clock.waitUntil(clock.nowMs() + limitMs, over.signal).then(() => {
    if (!over.signal.aborted) late.abort();
  });
  return { signal: late.signal, end: () => over.abort() };
}
