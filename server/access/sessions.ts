import { AppError } from '../domain/errors.ts';
import type { InstallationId, TenantId } from '../domain/ids.ts';
import type { Clock, Crypto } from '../domain/ports/machine.ts';
import type { Store } from '../domain/ports/store.ts';
import type { Actor, Role } from '../domain/tenant.ts';
import { isCurrent } from './installations.ts';

export const sessionLifeMs = 5 * 60_000;
export const sessionsMax = 100_000;
const bearerBytes = 32;

/** Who is asking, for which tenant. Only the verifier's answer makes one; nothing in a request can. */
export interface Session {
  tenantId: TenantId;
  installationId: InstallationId;
  epoch: number;
  user: { id: string; name: string };
  role: Role;
  actor: Actor;
  /** The tile that the host page opened, which names a system. */
  module: string;
  /** Tenant, user and host session: what a refreshed bearer has in common with the one before. */
  family: string;
  hostTokenIssuedAtMs: number;
}

/** How long a bearer may be used: a stream ends with it. */
export interface SessionLife {
  expiresAtMs: number;
  /** Aborts when the tenant's sessions are ended. */
  ended: AbortSignal;
}

export interface Sessions {
  /** A new opaque bearer of 256 random bits, five minutes long. Only its SHA-256 is kept. */
  open(session: Session): { token: string; expiresInSeconds: number };
  /**
   * The session of a bearer; the installation's epoch and state are read on every call. Throws
   * `access.unauthenticated` (unknown), `access.expired` or `access.disabled` (epoch, state).
   */
  find(bearer: string): Promise<Session>;
  /** False once the bearer is over or the installation's epoch has risen. */
  alive(session: Session): Promise<boolean>;
  lifeOf(session: Session): SessionLife;
  /** Ends a bearer, if it is one of the same family: the one before, when it was renewed. */
  end(bearer: string, family: string): void;
  /** Ends every bearer of the tenant at once, open streams included. */
  endAll(tenantId: TenantId): void;
}

interface Row extends SessionLife {
  session: Session;
  controller: AbortController;
}

/** Sessions live in this process alone (RFC 6750 bearers, never stored): a restart ends them all. */
export function createSessions(options: { store: Store; clock: Clock; crypto: Crypto }): Sessions {
  const { store, clock, crypto } = options;
  // In the order of their expiry, because every bearer lives equally long.
  const rows = new Map<string, Row>();
  const lives = new WeakMap<Session, Row>();

  const drop = (hash: string, row: Row) => {
    rows.delete(hash);
    row.controller.abort();
  };
  const dropExpired = () => {
    for (const [hash, row] of rows) {
      if (row.expiresAtMs > clock.nowMs()) return;
      drop(hash, row);
    }
  };

  const isAlive = async (row: Row): Promise<boolean> =>
    !row.ended.aborted &&
    row.expiresAtMs > clock.nowMs() &&
    isCurrent(await store.read(row.session.tenantId), row.session);

  return {
    open: (session) => {
      dropExpired();
      if (rows.size >= sessionsMax) throw new AppError('request.too-many');
      const token = Buffer.from(crypto.randomBytes(bearerBytes)).toString('base64url');
      const controller = new AbortController();
      const row: Row = {
        session,
        controller,
        ended: controller.signal,
        expiresAtMs: clock.nowMs() + sessionLifeMs,
      };
      rows.set(crypto.hash(token), row);
      lives.set(session, row);
      return { token, expiresInSeconds: sessionLifeMs / 1000 };
    },
    find: async (bearer) => {
      const row = rows.get(crypto.hash(bearer));
      if (!row) throw new AppError('access.unauthenticated');
      if (row.expiresAtMs <= clock.nowMs()) throw new AppError('access.expired');
      if (!(await isAlive(row))) throw new AppError('access.disabled');
      return row.session;
    },
    alive: async (session) => {
      const row = lives.get(session);
      return row !== undefined && (await isAlive(row));
    },
    lifeOf: (session) => {
      const row = lives.get(session);
      if (!row) throw new AppError('access.unauthenticated');
      return row;
    },
    end: (bearer, family) => {
      const hash = crypto.hash(bearer);
      const row = rows.get(hash);
      if (row?.session.family === family) drop(hash, row);
    },
    endAll: (tenantId) => {
      for (const [hash, row] of rows) if (row.session.tenantId === tenantId) drop(hash, row);
    },
  };
}
