import * as v from 'valibot';
import type { Charge } from '../../server/domain/charge.ts';
import type { Connection } from '../../server/domain/connection.ts';
import { date, instant } from '../../server/domain/dates.ts';
import type { Document } from '../../server/domain/document.ts';
import { chargeKeySchema, connectionIdSchema, tenantKey } from '../../server/domain/ids.ts';
import { canonical } from '../../server/domain/json.ts';
import type { Order } from '../../server/domain/order.ts';
import type { Marketplace } from '../../server/domain/ports/marketplace.ts';
import type { Unreadable } from '../../server/domain/ports/read.ts';
import type { ConnectorSession } from '../../server/domain/ports/session.ts';
import { defaultSettings } from '../../server/domain/settings.ts';
import type { Subscription } from '../../server/domain/subscription.ts';
import type { Task } from '../../server/domain/task.ts';
import { type CheckResult, checkTenant } from '../../server/sync/check/check.ts';
import type { CheckContext, Purpose } from '../../server/sync/check/context.ts';
import { createMemoryStore, type MemoryStore } from '../kit/memory-store.ts';
import { planManifest } from '../kit/plan-world.ts';
import { createTestClock, type TestClock } from '../kit/test-clock.ts';
import { silentLogger, testCrypto } from '../kit/test-crypto.ts';

export const tenantId = tenantKey('m', 't1');
export const connectionId = v.parse(connectionIdSchema, 'c1');
const start = '2026-11-23T10:00:00Z';

export const chargeOf = (orderId: string, changes: Partial<Charge> = {}): Charge => ({
  key: v.parse(chargeKeySchema, `${orderId}-a`),
  orderId,
  class: 'recurring',
  detailType: 'recurring',
  productId: 'p1',
  partNumber: null,
  subscriptionId: 's1',
  candidates: [],
  description: 'seat',
  quantity: '1',
  unitPrice: '10',
  amount: { amountMinor: 1000n, currency: 'AUD' },
  tax: null,
  discount: null,
  share: '1',
  period: null,
  cost: null,
  placedOn: date('2026-11-20'),
  revision: 'r1',
  ...changes,
});

export function orderOf(id: string, changes: Partial<Order> = {}): Order {
  const placedAt = changes.placedAt ?? instant(Date.parse('2026-11-20T00:00:00Z'));
  const order: Order = {
    id,
    number: `SO${id}`,
    type: 'sales',
    customerId: 'cust1',
    purchaseOrder: null,
    placedAt,
    placedOn: date(placedAt.slice(0, 10)),
    status: 'completed',
    subscriptionId: 's1',
    total: { amountMinor: 1000n, currency: 'AUD' },
    products: [],
    charges: [chargeOf(id)],
    detailed: true,
    revision: '',
    ...changes,
  };
  const { revision: _, detailed: __, products: ___, ...content } = order;
  return { ...order, revision: testCrypto.hash(canonical(content)).slice(0, 8) };
}

export const connectionOf = (changes: Partial<Connection> = {}): Connection => ({
  id: connectionId,
  systemId: 'sys',
  account: {
    id: 'acc1',
    name: 'Demo',
    baseCurrency: 'AUD',
    country: 'AU',
    timeZone: 'UTC',
    taxBasis: 'exclusive',
    lockedUntil: null,
    demo: false,
    shortCode: null,
  },
  state: 'active',
  failure: null,
  connectedBy: { kind: 'app' },
  connectedAt: instant(Date.parse(start)),
  vendorConnectionId: null,
  ownApp: null,
  settings: defaultSettings,
  settingsSaved: true,
  billFrom: null,
  billsNewCustomers: true,
  paused: null,
  totalsInclude: null,
  marksAdopted: false,
  grants: [],
  loosened: [],
  lastWriteAt: null,
  ...changes,
});

/** What the two doubles hold, and every call they got. */
export interface Held {
  orders: Order[];
  subscriptions: Subscription[];
  unreadable: Unreadable[];
  documents: Document[];
  marked: Document[];
  calls: string[];
  /** Called before each call of either side; a throw is that call's failure. */
  onCall: (call: string) => void;
}

export interface CheckWorld extends Held {
  store: MemoryStore;
  clock: TestClock;
  context: CheckContext;
  check(purpose?: Purpose): Promise<CheckResult>;
  tasks(): Promise<Task[]>;
  logged(action: string): Promise<number>;
}

export function createCheckWorld(changes: Partial<Held> = {}): CheckWorld {
  const clock = createTestClock(start);
  const store = createMemoryStore(clock);
  const held: Held = {
    orders: [],
    subscriptions: [],
    unreadable: [],
    documents: [],
    marked: [],
    calls: [],
    onCall: () => {},
    ...changes,
  };
  const context: CheckContext = {
    store,
    clock,
    crypto: testCrypto,
    random: { fraction: () => 0.5 },
    logger: silentLogger,
    version: '1.0.0',
    openMarketplace: async () => marketplaceOf(world),
    openSession: async () => sessionOf(world),
    isStanding: () => false,
    manifest: () => planManifest,
    assess: (_, __, task) => task,
    took: () => {},
  };
  const world: CheckWorld = {
    ...held,
    store,
    clock,
    context,
    check: (purpose = 'background') => checkTenant(context, tenantId, { purpose }),
    tasks: async () =>
      (await store.read(tenantId)).list('task').sort((a, b) => (a.id < b.id ? -1 : 1)),
    logged: async (action) =>
      (await store.log(tenantId, { before: null, limit: 10_000, action })).entries.length,
  };
  return world;
}

/** A world whose connection is there and adopted. */
export async function connectedWorld(
  changes: Partial<Held> = {},
  connection: Partial<Connection> = {},
): Promise<CheckWorld> {
  const world = createCheckWorld(changes);
  await world.store.transact(tenantId, (tx) => tx.put('connection', connectionOf(connection)));
  return world;
}

function marketplaceOf(world: Held): Marketplace {
  const called = (call: string): void => {
    world.calls.push(call);
    world.onCall(call);
  };
  const listForm = (order: Order): Order => ({
    ...order,
    detailed: false,
    products: [],
    charges: order.charges.map((charge) => ({ ...charge, subscriptionId: null })),
  });
  return {
    test: async () => called('test'),
    customers: async () => {
      called('customers');
      return { records: [], unreadable: [] };
    },
    products: async () => {
      called('products');
      return { records: [], unreadable: [] };
    },
    orders: async ({ from, to }) => {
      called(`orders ${from}`);
      const inside = world.orders.filter(({ placedAt }) => placedAt >= from && placedAt <= to);
      return { records: inside.map(listForm), unreadable: world.unreadable };
    },
    order: async (id) => {
      called(`order ${id}`);
      return { records: world.orders.filter((order) => order.id === id), unreadable: [] };
    },
    subscriptions: async () => {
      called('subscriptions');
      return { records: world.subscriptions, unreadable: [] };
    },
    subscription: async (id) => {
      called(`subscription ${id}`);
      const found = world.subscriptions.filter((one) => one.id === id);
      return { records: found.map((one) => ({ ...one, detailed: true })), unreadable: [] };
    },
  };
}

function sessionOf(world: Held): ConnectorSession {
  const called = (call: string): void => {
    world.calls.push(call);
    world.onCall(call);
  };
  const delta = async (call: string) => {
    called(call);
    return { records: [], unreadable: [], position: 'p' };
  };
  const unused = () => {
    throw new Error('not used by the check');
  };
  return {
    account: async () => {
      called('account');
      return connectionOf().account;
    },
    companies: () => delta('companies'),
    items: () => delta('items'),
    reference: async () => {
      called('reference');
      return { accounts: [], taxRates: [], currencies: [], tracking: [], themes: [] };
    },
    documents: async (since) => {
      called('documents');
      const marked = since === null ? world.marked : [];
      return { records: [...marked, ...world.documents], unreadable: [], position: 'p' };
    },
    documentsById: unused,
    marked: async () => {
      called('marked');
      return { records: world.marked, unreadable: [] };
    },
    prepare: unused,
    prepareCompany: unused,
    prepareItem: unused,
    write: unused,
    recover: unused,
  };
}
