import { instant } from '../../server/domain/dates.ts';
import { money } from '../../server/domain/money.ts';
import type { Reader, Transaction } from '../../server/domain/ports/store.ts';
import type { Collection, RecordOf } from '../../server/domain/records.ts';
import { newTask } from '../../server/sync/check/tasks.ts';
import { orderOf, type PlainOrder, planWorld } from '../kit/plan-world.ts';
import { testCrypto } from '../kit/test-crypto.ts';
import { must } from '../sandbox/must.ts';

/** A reseller who has billed for a while: what is planned now, and what was billed in the months before. */
export interface OldBusiness {
  customers: number;
  subscriptions: number;
  /** Orders of the months before, each billed on a document. */
  oldOrders: number;
  /** Orders of this month that are to be planned, in turn of all subscriptions. */
  newOrders: number;
}

const products = 30;
const firstYear = 2025;
const monthsOfYear = 12;

/** Its records as a store gives them, by collection, without the cost of one. */
export function oldBusiness({
  customers,
  subscriptions,
  oldOrders,
  newOrders,
}: OldBusiness): Reader {
  const { reader, put } = memory();
  const many = <T>(count: number, make: (n: number) => T): T[] =>
    Array.from({ length: count }, (_, n) => make(n));
  const customerOf = (subscription: number): string => `cust${subscription % customers}`;
  const old = many(oldOrders, (n) => billedOrder(n, subscriptions, customerOf));
  planWorld({
    settings: { seatChanges: 'net' },
    connection: { billFrom: `${firstYear}-01-01` },
    customers: many(customers, (n) => ({ customerId: `cust${n}`, targetId: `co${n}` })),
    companies: many(customers, (n) => ({ id: `co${n}` })),
    products: many(products, (n) => ({ id: `p${n}` })),
    items: many(products, (n) => ({ id: `i${n}` })),
    mappings: many(products, (n) => ({ productKey: `p${n}`, targetId: `i${n}` })),
    subscriptions: many(subscriptions, (n) => ({
      id: `s${n}`,
      customerId: customerOf(n),
      startDate: '2024-01-01',
    })),
    links: old.map(({ order, subscription }) => ({
      chargeKey: `${order.id}-1`,
      orderId: order.id ?? '',
      customerId: order.customerId ?? '',
      subscriptionId: `s${subscription}`,
      productKey: `p${subscription % products}`,
      amount: money('10', 'AUD'),
    })),
  }).fill({ ...reader, put, remove: () => {}, log: () => {} });
  const connection = must(reader.list('connection')[0], 'the connection');
  const store = (plain: PlainOrder, isOpen: boolean): void => {
    const whole = orderOf(plain);
    const { charges, ...order } = whole;
    put('order', { ...order, charges: charges.map(({ key }) => key) });
    for (const charge of charges) put('charge', { id: charge.key, ...charge });
    if (!isOpen) return;
    const at = instant(Date.parse('2026-11-20T00:00:00Z'));
    const task = newTask({ crypto: testCrypto, connectionId: connection.id, order: whole, at });
    put('task', { ...task, state: 'ready' });
  };
  for (const { order } of old) store(order, false);
  for (let n = 0; n < newOrders; n += 1) store(newOrder(n, subscriptions, customerOf), true);
  return reader;
}

/** A whole month of one subscription, the newest month last. */
function billedOrder(
  n: number,
  subscriptions: number,
  customerOf: (subscription: number) => string,
): { order: PlainOrder; subscription: number } {
  const subscription = n % subscriptions;
  const month = Math.floor(n / subscriptions);
  const start = new Date(Date.UTC(firstYear + 1, monthsOfYear - 2 - 1 - month, 5))
    .toISOString()
    .slice(0, 10);
  return { order: orderIn(`old${n}`, start, 'billing', subscription, customerOf), subscription };
}

/** Two thirds are the month as before, one third a change of seats. */
function newOrder(
  n: number,
  subscriptions: number,
  customerOf: (subscription: number) => string,
): PlainOrder {
  return orderIn(
    `new${n}`,
    '2026-11-05',
    n % 3 === 0 ? 'change' : 'billing',
    n % subscriptions,
    customerOf,
  );
}

function orderIn(
  id: string,
  start: string,
  type: 'billing' | 'change',
  subscription: number,
  customerOf: (subscription: number) => string,
): PlainOrder {
  const end = new Date(Date.parse(`${start}T00:00:00Z`));
  end.setUTCMonth(end.getUTCMonth() + 1);
  return {
    id,
    type,
    placedOn: start,
    customerId: customerOf(subscription),
    subscriptionId: `s${subscription}`,
    charges: [
      {
        productId: `p${subscription % products}`,
        subscriptionId: `s${subscription}`,
        share: type === 'change' ? '0.5' : '1',
        amount: type === 'change' ? '5' : '10',
        unitPrice: '10',
        period: { start, end: end.toISOString().slice(0, 10) },
      },
    ],
  };
}

function memory(): { reader: Reader; put: Transaction['put'] } {
  const lists: { [C in Collection]?: Map<string, RecordOf<C>> } = {};
  const listOf = <C extends Collection>(collection: C): Map<string, RecordOf<C>> => {
    const found: Map<string, RecordOf<C>> | undefined = lists[collection];
    if (found !== undefined) return found;
    const made = new Map<string, RecordOf<C>>();
    Object.assign(lists, { [collection]: made });
    return made;
  };
  return {
    reader: {
      get: (collection, id) => listOf(collection).get(id) ?? null,
      list: (collection) => [...listOf(collection).values()],
    },
    put: (collection, record) => {
      listOf(collection).set(record.id, record);
    },
  };
}
