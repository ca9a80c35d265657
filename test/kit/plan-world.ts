import * as v from 'valibot';
import { chargeSchema } from '../../server/domain/charge.ts';
import { companySchema } from '../../server/domain/company.ts';
import { connectionSchema } from '../../server/domain/connection.ts';
import { customerSchema } from '../../server/domain/customer.ts';
import { instant } from '../../server/domain/dates.ts';
import { normalized } from '../../server/domain/decimal.ts';
import { decisionSchema } from '../../server/domain/decision.ts';
import { documentSchema } from '../../server/domain/document.ts';
import { ownKey, tenantKey } from '../../server/domain/ids.ts';
import type { Intent } from '../../server/domain/intent.ts';
import { itemSchema, type Reference } from '../../server/domain/item.ts';
import { canonical } from '../../server/domain/json.ts';
import { linkSchema, portionId } from '../../server/domain/link.ts';
import {
  customerMappingId,
  customerMappingSchema,
  productMappingId,
  productMappingSchema,
} from '../../server/domain/mapping.ts';
import { money, moneySchema, sum } from '../../server/domain/money.ts';
import { orderSchema } from '../../server/domain/order.ts';
import type { ConnectorManifest } from '../../server/domain/ports/connector-manifest.ts';
import type { Reader, Transaction } from '../../server/domain/ports/store.ts';
import { productSchema } from '../../server/domain/product.ts';
import type { Collection, RecordOf } from '../../server/domain/records.ts';
import { defaultSettings, type Settings } from '../../server/domain/settings.ts';
import { subscriptionSchema } from '../../server/domain/subscription.ts';
import type { Task } from '../../server/domain/task.ts';
import { assessTask } from '../../server/sync/assess.ts';
import { newTask } from '../../server/sync/check/tasks.ts';
import { type Planned, planTasks } from '../../server/sync/plan/plan.ts';
import { type PlanWorld, worldOf } from '../../server/sync/plan/world.ts';
import { testCrypto } from './test-crypto.ts';

type Given<T extends v.GenericSchema> = Partial<v.InferInput<T>>;

/** Amounts are decimal text of the charge's currency, AUD unless told. */
export interface PlainCharge
  extends Omit<Given<typeof chargeSchema>, 'amount' | 'tax' | 'cost' | 'key'> {
  key?: string;
  amount?: string;
  tax?: string;
  cost?: string;
  currency?: string;
}
export interface PlainOrder extends Omit<Given<typeof orderSchema>, 'charges' | 'total'> {
  charges?: readonly PlainCharge[];
  total?: string;
}

/** What a test says, in plain data; everything else has a default that bills without a question. */
export interface Plain {
  settings?: Partial<Settings>;
  connection?: Given<typeof connectionSchema>;
  account?: Given<typeof connectionSchema.entries.account>;
  manifest?: Partial<ConnectorManifest>;
  now?: string;
  orders?: readonly PlainOrder[];
  subscriptions?: readonly Given<typeof subscriptionSchema>[];
  products?: readonly Given<typeof productSchema>[];
  companies?: readonly Given<typeof companySchema>[];
  items?: readonly Given<typeof itemSchema>[];
  /** Mappings of customers; `cust1` and `cust2` are mapped to `co1` and `co2` unless told. */
  customers?: readonly Given<typeof customerMappingSchema>[];
  /** Mappings of products; `p1` to `p3` are mapped to `i1` to `i3` unless told. */
  mappings?: readonly Given<typeof productMappingSchema>[];
  decisions?: readonly Given<typeof decisionSchema>[];
  documents?: readonly (Given<typeof documentSchema> & { purpose?: string; ours?: boolean })[];
  links?: readonly Given<typeof linkSchema>[];
  intents?: readonly Intent[];
  reference?: Partial<Reference> | null;
}

export interface MadeWorld {
  world: PlanWorld;
  reader: Reader;
  /** One for each completed order, assessed. */
  tasks: readonly Task[];
  plan(orderNumbers?: readonly string[]): Planned;
  /** Puts all of it into a store. */
  fill(tx: Transaction): void;
}

const at = '2026-11-20T00:00:00.000Z';
const by = { kind: 'user' as const, id: 'u1', name: 'Ana' };
export const connectionId = 'c1';

export const planManifest: ConnectorManifest = {
  id: 'sys',
  name: 'System',
  kind: 'perOrder',
  words: { document: 'invoice', company: 'contact', item: 'item', account: 'account code' },
  scopes: [],
  consequences: [],
  batch: { documents: 50, companies: 50, items: 50 },
  capabilities: { sends: true, creditNotes: true, tracking: true, themes: true, discounts: true },
  limits: {
    lineTextMax: 4000,
    referenceMax: 255,
    itemCodeMax: 30,
    readBeforeWriteMaxMs: 2_000,
    lateCommitMaxMs: 120_000,
    idempotencyWindowMs: 60_000,
  },
  check: () => [],
};

/** A world to plan in, made from plain data through the same schemas and indexes as the real one. */
export function planWorld(plain: Plain = {}): MadeWorld {
  const connection = connectionOf(plain);
  const orders = (plain.orders ?? []).map(orderOf);
  const records = recordsOf(plain, orders);
  const worldWith = (tasks: readonly Task[]): { world: PlanWorld; reader: Reader } => {
    const reader = readerOf([...records, ...tasks.map((task) => of('task', task))]);
    const world = worldOf({
      reader,
      tenantId: tenantKey('m', 't1'),
      connection,
      manifest: { ...planManifest, ...plain.manifest },
      crypto: testCrypto,
      nowMs: Date.parse(plain.now ?? '2026-11-23T10:00:00Z'),
    });
    return { world, reader };
  };
  const created = instant(Date.parse(at));
  const raw = orders
    .filter(({ status }) => status === 'completed')
    .map((order) =>
      newTask({ crypto: testCrypto, connectionId: connection.id, order, at: created }),
    );
  const first = worldWith(raw).world;
  const tasks = raw.map((task) => assessTask(first, task, created));
  const { world, reader } = worldWith(tasks);
  return {
    world,
    reader,
    tasks,
    fill: (tx) => {
      for (const entry of [...records, of('connection', connection)]) entry.put(tx);
      for (const task of tasks) tx.put('task', task);
    },
    plan: (numbers) =>
      planTasks(
        world,
        tasks.filter(({ orderNumber }) => numbers?.includes(orderNumber) ?? true),
      ),
  };
}

export const chargeOf = (
  { amount = '10', tax, cost, currency = 'AUD', key, ...rest }: PlainCharge,
  orderId = 'o1',
  index = 0,
) =>
  v.parse(chargeSchema, {
    key: key ?? `${orderId}-${index + 1}`,
    orderId,
    class: 'recurring',
    detailType: 'recurring',
    productId: 'p1',
    partNumber: null,
    subscriptionId: 's1',
    candidates: [],
    description: 'Seat, recurring fee',
    quantity: '1',
    unitPrice: normalized(amount),
    amount: money(amount, currency),
    tax: tax === undefined ? null : money(tax, currency),
    discount: null,
    share: '1',
    period: { start: '2026-11-10', end: '2026-12-10' },
    cost: cost === undefined ? null : money(cost, currency),
    placedOn: '2026-11-10',
    revision: 'r1',
    ...rest,
  });

/** An order whose total is the sum of its charges unless told. */
export function orderOf({ charges: plain = [{}], total, ...rest }: PlainOrder) {
  const id = rest.id ?? 'o1';
  const placedOn = rest.placedOn ?? '2026-11-10';
  const charges = plain.map((charge, index) => chargeOf({ placedOn, ...charge }, id, index));
  const currency = charges[0]?.amount.currency ?? 'AUD';
  const counted = charges.filter(
    (charge) => charge.class !== 'movement' && charge.amount.currency === currency,
  );
  return v.parse(orderSchema, {
    id,
    number: `SO${id}`,
    type: 'sales',
    customerId: 'cust1',
    purchaseOrder: null,
    placedAt: `${placedOn}T09:00:00.000Z`,
    placedOn,
    status: 'completed',
    subscriptionId: 's1',
    total:
      total === undefined
        ? sum(
            currency,
            counted.map(({ amount }) => amount),
          )
        : money(total, currency),
    products: [],
    charges,
    detailed: true,
    revision: `rev-${id}`,
    ...rest,
  });
}

export const itemOf = (given: Given<typeof itemSchema> = {}) =>
  v.parse(itemSchema, {
    id: 'i1',
    code: `CODE-${given.id ?? 'i1'}`,
    name: `Item ${given.id ?? 'i1'}`,
    description: null,
    price: null,
    accountCode: null,
    taxType: null,
    archived: false,
    ...given,
  });

export const companyOf = (given: Given<typeof companySchema> = {}) =>
  v.parse(companySchema, {
    id: 'co1',
    name: `Company ${given.id ?? 'co1'}`,
    number: null,
    email: null,
    taxNumber: null,
    archived: false,
    mergedInto: null,
    currency: null,
    billedBySchedule: null,
    ...given,
  });

export const productOf = (given: Given<typeof productSchema> = {}) =>
  v.parse(productSchema, {
    id: 'p1',
    partNumber: `MPN-${given.id ?? 'p1'}`,
    vendor: null,
    name: `Product ${given.id ?? 'p1'}`,
    billingPeriod: { unit: 'month', count: 1 },
    term: null,
    prices: [],
    costs: [],
    ...given,
  });

function connectionOf({ connection = {}, account = {}, settings = {} }: Plain) {
  return v.parse(connectionSchema, {
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
      ...account,
    },
    state: 'active',
    failure: null,
    connectedBy: by,
    connectedAt: at,
    vendorConnectionId: null,
    ownApp: null,
    settings: { ...defaultSettings, ...settings },
    settingsSaved: true,
    billFrom: '2026-11-01',
    billsNewCustomers: true,
    paused: null,
    totalsInclude: null,
    marksAdopted: true,
    lastWriteAt: null,
    ...connection,
  });
}

const subscriptionOf = (given: Given<typeof subscriptionSchema>) =>
  v.parse(subscriptionSchema, {
    id: 's1',
    name: 'Subscription',
    customerId: 'cust1',
    status: 'active',
    autoRenews: true,
    startDate: '2026-11-10',
    renewalDate: null,
    expirationDate: null,
    modifiedDate: null,
    billingPeriod: { unit: 'month', count: 1 },
    term: null,
    detailed: true,
    products: [],
    ...given,
  });

const customer = (id: string): v.InferInput<typeof customerSchema> => ({
  id,
  name: `Customer ${id}`,
  externalId: null,
  status: 'active',
  taxNumber: null,
  email: null,
  address: null,
});

const customerMappingOf = (given: Given<typeof customerMappingSchema>) =>
  v.parse(customerMappingSchema, {
    id: customerMappingId(connectionId, given.customerId ?? 'cust1'),
    connectionId,
    customerId: 'cust1',
    targetId: 'co1',
    targetName: 'Company',
    suggestion: null,
    history: [],
    automatic: false,
    billFrom: null,
    bills: true,
    scheduleAnswered: false,
    ...given,
  });

const productMappingOf = (given: Given<typeof productMappingSchema>) =>
  v.parse(productMappingSchema, {
    id: productMappingId(connectionId, given.productKey ?? 'p1', given.fee ?? null),
    connectionId,
    productKey: 'p1',
    fee: null,
    targetId: 'i1',
    targetName: 'Item',
    itemCode: null,
    accountCode: null,
    taxType: null,
    suggestion: null,
    history: [],
    ...given,
  });

function snapshotOf({
  purpose,
  ours = true,
  ...given
}: Given<typeof documentSchema> & { purpose?: string; ours?: boolean }) {
  const id = given.id ?? 'd1';
  const nothing = { amountMinor: 0n, currency: given.currency ?? 'AUD' };
  const document = v.parse(documentSchema, {
    id,
    kind: 'invoice',
    number: `INV-${id}`,
    reference: '',
    marker: 'LDRAAAAAAAAAAA',
    companyId: 'co1',
    state: 'draft',
    locked: null,
    currency: 'AUD',
    date: '2026-11-12',
    dueDate: null,
    taxBasis: 'exclusive',
    sent: false,
    net: nothing,
    tax: nothing,
    total: nothing,
    lines: [],
    whole: true,
    updatedAt: at,
    url: null,
    ...given,
  });
  return {
    id: ownKey(connectionId, id),
    connectionId,
    readAt: instant(Date.parse(at)),
    hash: testCrypto.hash(canonical(document)),
    document,
    purpose: purpose ?? null,
    ours,
    drift: null,
  };
}

function linkOf(given: Given<typeof linkSchema>) {
  const chargeKey = given.chargeKey ?? 'o1-1';
  const portion = { instalment: 0, generation: given.generation ?? 1, sign: given.sign ?? 1 };
  return v.parse(linkSchema, {
    id: portionId(chargeKey, portion),
    connectionId,
    chargeKey,
    ...portion,
    orderId: 'o1',
    customerId: 'cust1',
    subscriptionId: 's1',
    productKey: 'p1',
    period: null,
    revision: 'r1',
    documentId: 'd1',
    documentKind: 'invoice',
    documentNumber: 'INV-d1',
    lineId: `line-${chargeKey}`,
    marker: 'LP0000000000000001',
    amount: v.parse(moneySchema, money('10', 'AUD')),
    quantity: '1',
    unitPrice: '10',
    state: 'live',
    intentId: null,
    runId: null,
    by,
    at,
    ...given,
  });
}

const numbers = ['1', '2', '3'] as const;
const defaultSubscriptions: readonly Given<typeof subscriptionSchema>[] = [
  {},
  { id: 's2' },
  { id: 's-year', billingPeriod: { unit: 'year', count: 1 } },
  { id: 's-other', customerId: 'cust2' },
];

interface Entry {
  collection: Collection;
  record: { id: string };
  put(tx: Transaction): void;
}
const of = <C extends Collection>(collection: C, record: RecordOf<C>): Entry => ({
  collection,
  record,
  put: (tx) => tx.put(collection, record),
});

function recordsOf(plain: Plain, orders: readonly ReturnType<typeof orderOf>[]): Entry[] {
  const {
    customers = [{}, { customerId: 'cust2', targetId: 'co2' }],
    mappings = numbers.map((n) => ({ productKey: `p${n}`, targetId: `i${n}` })),
    companies = [{}, { id: 'co2' }],
    items = numbers.map((n) => ({ id: `i${n}` })),
    products = numbers.map((n) => ({ id: `p${n}` })),
    subscriptions = defaultSubscriptions,
    decisions = [],
    documents = [],
    links = [],
    intents = [],
    reference = null,
  } = plain;
  return [
    ...orders.flatMap(({ charges, ...order }) => [
      of('order', { ...order, charges: charges.map(({ key }) => key) }),
      ...charges.map((charge) => of('charge', { id: charge.key, ...charge })),
    ]),
    ...['cust1', 'cust2'].map((id) => of('customer', v.parse(customerSchema, customer(id)))),
    ...customers.map((given) => of('customerMapping', customerMappingOf(given))),
    ...mappings.map((given) => of('productMapping', productMappingOf(given))),
    ...companies
      .map(companyOf)
      .map((company) =>
        of('company', { id: ownKey(connectionId, company.id), connectionId, company }),
      ),
    ...items
      .map(itemOf)
      .map((item) => of('item', { id: ownKey(connectionId, item.id), connectionId, item })),
    ...products.map((given) => of('product', productOf(given))),
    ...subscriptions.map((given) => of('subscription', subscriptionOf(given))),
    ...decisions.map((given, index) =>
      of(
        'decision',
        v.parse(decisionSchema, { id: `decision-${index}`, connectionId, by, at, ...given }),
      ),
    ),
    ...documents.map((given) => of('snapshot', snapshotOf(given))),
    ...links.map((given) => of('link', linkOf(given))),
    ...intents.map((intent) => of('intent', intent)),
    ...(reference === null
      ? []
      : [
          of('reference', {
            id: connectionId,
            readAt: instant(Date.parse(at)),
            reference: {
              accounts: [],
              taxRates: [],
              currencies: ['AUD', 'USD'],
              tracking: [],
              themes: [],
              ...reference,
            },
          }),
        ]),
  ];
}

function readerOf(entries: readonly Entry[]): Reader {
  const isOf = <C extends Collection>(
    entry: Entry,
    collection: C,
  ): entry is Entry & { record: RecordOf<C> } => entry.collection === collection;
  const byName = new Map(
    entries.map((entry) => [`${entry.collection}\n${entry.record.id}`, entry]),
  );
  return {
    get: (collection, id) => {
      const entry = byName.get(`${collection}\n${id}`);
      return entry !== undefined && isOf(entry, collection) ? entry.record : null;
    },
    list: (collection) =>
      [...byName.values()].flatMap((entry) => (isOf(entry, collection) ? [entry.record] : [])),
  };
}
