import type { Instant } from '../../domain/dates.ts';
import type { ConnectionId, TenantId } from '../../domain/ids.ts';
import type { ConnectorManifest } from '../../domain/ports/connector-manifest.ts';
import type { Clock, Crypto, Logger, Random } from '../../domain/ports/machine.ts';
import type { Marketplace } from '../../domain/ports/marketplace.ts';
import type { ConnectorSession } from '../../domain/ports/session.ts';
import type { Reader, Store } from '../../domain/ports/store.ts';
import type { Task } from '../../domain/task.ts';
import type { CallbackDesk } from '../callbacks.ts';

export type Purpose = 'background' | 'person';

/** What the check needs from the world; `start/work.ts` gives it. */
export interface CheckContext {
  store: Store;
  clock: Clock;
  crypto: Pick<Crypto, 'hash'>;
  random: Random;
  logger: Logger;
  /** The app's version: what it could not work with is tried again by another one. */
  version: string;
  /** Null while the tenant has given no access yet. Keeps the opened one: it holds the token. */
  openMarketplace(tenantId: TenantId, purpose: Purpose): Promise<Marketplace | null>;
  openSession(
    tenantId: TenantId,
    connectionId: ConnectionId,
    purpose: Purpose,
  ): Promise<ConnectorSession>;
  /** Whether a system keeps one open line a subscription, so that what it is now has to be known. */
  isStanding(systemId: string): boolean;
  /** What planning knows of a system. */
  manifest(systemId: string): ConnectorManifest;
  /**
   * Sets the needs and states of a task's groups and of the task. Pure over the reader; `synced`
   * means that nothing is left to do.
   */
  assess(reader: Reader, tenantId: TenantId, task: Task): Task;
  /** What registering our address with a system takes; left out where nothing is registered. */
  callbacks?: CallbackDesk;
  /** A batch of orders was stored: open pages may look, long before the check is done. */
  took(tenantId: TenantId): void;
}

/** One check of one tenant: what every step needs. */
export interface Check extends CheckContext {
  tenantId: TenantId;
  purpose: Purpose;
  at: Instant;
}

/** `marketplace`, or a connection's id: what fails on one side never stops another. */
export type Side = 'marketplace' | ConnectionId;
