import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { instant } from '../../server/domain/dates.ts';
import { type TenantId, tenantKey } from '../../server/domain/ids.ts';
import type { LogEntry, NewLogEntry } from '../../server/domain/log-entry.ts';
import type { Disk } from '../../server/domain/ports/disk.ts';
import type { Clock, Crypto, Logger } from '../../server/domain/ports/machine.ts';
import type { Store } from '../../server/domain/ports/store.ts';
import { collections, type RecordOf } from '../../server/domain/records.ts';
import { openLowdbStore, type StoreStop } from '../../server/store/lowdb/index.ts';
import type { ProcessIdentity } from '../../server/store/this-process.ts';

export const startMs = Date.parse('2026-11-23T10:00:00.000Z');
export const tenantA: TenantId = tenantKey('market', 'Tenant A/../ü');
export const tenantB: TenantId = tenantKey('market', 'tenant b');

export interface TestClock extends Clock {
  advance(ms: number): void;
}
export function testClock(): TestClock {
  let nowMs = startMs;
  return {
    nowMs: () => nowMs,
    waitUntil: async (ms) => {
      nowMs = Math.max(nowMs, ms);
    },
    advance: (ms) => {
      nowMs += ms;
    },
  };
}

export function testCrypto(): Crypto {
  let count = 0;
  return {
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    randomBytes: (length) => {
      count += 1;
      return Uint8Array.from({ length }, (_, position) => (count * 31 + position * 7) % 256);
    },
  };
}

let processCount = 0;
/** A process of its own; `others` are the ones it believes alive. */
export function testProcess(others: readonly ProcessIdentity[] = []): ProcessIdentity {
  processCount += 1;
  const startedAt = `start-${processCount}`;
  return {
    host: 'host-1',
    pid: 100 + processCount,
    bootId: 'boot-1',
    startedAt,
    isAlive: (_pid, at) => at === startedAt || others.some((other) => other.startedAt === at),
  };
}

export const folder = '/data';

export function openOn(
  disk: Disk,
  options: {
    clock?: Clock;
    process?: ProcessIdentity;
    acceptBackup?: boolean;
    logMonths?: number;
    onFatal?: (error: StoreStop) => void;
    folder?: string;
    logger?: Logger;
  } = {},
): Promise<Store> {
  return openLowdbStore({
    folder,
    disk,
    clock: testClock(),
    crypto: testCrypto(),
    process: testProcess(),
    onFatal: () => undefined,
    ...options,
  });
}

// ---- records, small and real ----

export const note = (id: string, text = 'x'): RecordOf<'note'> =>
  v.parse(collections.note.schema, { id, at: instant(startMs), text });

export const lease = (fence: number, holder = 'worker'): RecordOf<'lease'> =>
  v.parse(collections.lease.schema, { id: 'c1', holder, fence, until: instant(startMs) });

export const customer = (id: string, name = `Customer ${id}`): RecordOf<'customer'> =>
  v.parse(collections.customer.schema, {
    id,
    name,
    externalId: null,
    status: 'active',
    taxNumber: null,
    email: `${id}@example.org`,
    address: null,
  });

export const charge = (
  id: string,
  options: { amountMinor?: bigint; placedOn?: string } = {},
): RecordOf<'charge'> =>
  v.parse(collections.charge.schema, {
    id,
    key: id,
    orderId: `o-${id}`,
    class: 'recurring',
    detailType: 'Recurring',
    productId: 'p1',
    partNumber: null,
    subscriptionId: 's1',
    candidates: [],
    description: 'Mail, 10 seats – “große” Plätze',
    quantity: '10',
    unitPrice: '1.437',
    amount: { amountMinor: options.amountMinor ?? 1437n, currency: 'AUD' },
    tax: null,
    discount: null,
    share: null,
    period: null,
    cost: null,
    placedOn: options.placedOn ?? '2026-11-20',
    revision: 'r1',
  });

export const link = (id: string, state: 'live' | 'freed' = 'live'): RecordOf<'link'> =>
  v.parse(collections.link.schema, {
    id,
    connectionId: 'c1',
    chargeKey: `k-${id}`,
    instalment: 0,
    generation: 1,
    sign: 1,
    orderId: 'o1',
    customerId: 'cu1',
    subscriptionId: null,
    productKey: null,
    period: null,
    revision: 'r1',
    documentId: 'd1',
    documentKind: 'invoice',
    documentNumber: 'INV-0001',
    lineId: 'l1',
    marker: 'm1',
    amount: { amountMinor: 9007199254740993n, currency: 'AUD' },
    quantity: '1',
    unitPrice: '1',
    state,
    intentId: null,
    runId: null,
    by: { kind: 'app' },
    at: instant(startMs),
  });

export const logEntry = (subject: string, changes: Partial<NewLogEntry> = {}): NewLogEntry => ({
  actor: { kind: 'app' },
  action: 'written',
  result: 'ok',
  connectionId: 'c1',
  customerId: null,
  subject,
  taskId: null,
  orderId: null,
  documentId: null,
  documentUrl: null,
  amount: { amountMinor: 1437n, currency: 'AUD' },
  failure: null,
  facts: {},
  details: null,
  ...changes,
});

/** Every entry, oldest first, by paging to the end. */
export async function wholeLog(store: Store, tenant: TenantId): Promise<LogEntry[]> {
  const entries: LogEntry[] = [];
  let before: number | null = null;
  for (;;) {
    const page = await store.log(tenant, { before, limit: 100 });
    entries.push(...page.entries);
    if (page.next === null) return entries.reverse();
    before = page.next;
  }
}
