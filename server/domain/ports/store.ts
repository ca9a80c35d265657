import type { CalendarDate } from '../dates.ts';
import type { ErrorCode } from '../errors.ts';
import type { TenantId } from '../ids.ts';
import type { LogEntry, NewLogEntry } from '../log-entry.ts';
import type { Collection, RecordOf } from '../records.ts';

/** Reads what is durable. Nothing here sees an uncommitted change of somebody else. */
export interface Reader {
  get<C extends Collection>(collection: C, id: string): RecordOf<C> | null;
  list<C extends Collection>(collection: C): RecordOf<C>[];
}
/** Inside `transact`: reads see this transaction's own writes; nothing but tx may be awaited. */
export interface Transaction extends Reader {
  put<C extends Collection>(collection: C, record: RecordOf<C>): void;
  remove(collection: Exclude<Collection, 'link' | 'charge' | 'order'>, id: string): void;
  log(entry: NewLogEntry): void;
}

export interface LogQuery {
  /** Exclusive upper bound; null starts at the newest. */
  before: number | null;
  limit: number;
  day?: { from: CalendarDate; to: CalendarDate };
  actor?: string;
  action?: string;
  result?: string;
  /** `errors-and-action` leaves out what simply went well. */
  level?: 'errors-and-action' | 'all';
  customerId?: string;
  /** Needs `day`; bounded. */
  text?: string;
}

export interface LogPage {
  entries: LogEntry[] /** Null at the end. */;
  next: number | null;
  scanned: number;
  complete: boolean;
}
/** Entries that left the pages because they are old, together; days as in `LogQuery.day`. */
export interface LogPart {
  number: number;
  first: number;
  last: number;
  from: CalendarDate;
  to: CalendarDate;
}
export interface StoreHealth {
  commitMsP95: number;
  hotRecords: number;
  hotBytes: number;
  advice: string | null;
  /** Why the disk took nothing at the last try; null again once it takes something. */
  refuses: Extract<ErrorCode, 'store.full' | 'store.read-only'> | null;
}

export interface Store {
  /** Atomic, isolated per tenant, durable when it resolves. A throw inside changes nothing. */
  transact<T>(tenant: TenantId, work: (tx: Transaction) => T | Promise<T>): Promise<T>;
  /** A view of what is durable now. The tenant is opened when needed. */
  read(tenant: TenantId): Promise<Reader>;
  log(tenant: TenantId, query: LogQuery): Promise<LogPage>;
  /** The archive of the Action log, newest first. */
  logParts(tenant: TenantId): Promise<LogPart[]>;
  /** A part of it, oldest entry first; null where there is none of this number. */
  readLogPart(tenant: TenantId, number: number): Promise<AsyncIterable<LogEntry> | null>;
  tenants(): Promise<TenantId[]>;
  /** Deletes everything of the tenant; what remains is that it existed. */
  redact(tenant: TenantId): Promise<void>;
  health(): StoreHealth;
  close(): Promise<void>;
}
