import type { Charge } from '../../domain/charge.ts';
import type { Company } from '../../domain/company.ts';
import type { Connection } from '../../domain/connection.ts';
import type { Customer } from '../../domain/customer.ts';
import { type CalendarDate, dateAt, later } from '../../domain/dates.ts';
import { type DocumentLine, isOpen } from '../../domain/document.ts';
import { type ConnectionId, ownKey, type TenantId } from '../../domain/ids.ts';
import type { Intent } from '../../domain/intent.ts';
import type { Item, Reference } from '../../domain/item.ts';
import type { Link } from '../../domain/link.ts';
import type { CustomerMapping, ProductMapping } from '../../domain/mapping.ts';
import { customerMappingId, productMappingId } from '../../domain/mapping.ts';
import { lastDayOf } from '../../domain/month.ts';
import type { Order } from '../../domain/order.ts';
import { isOwnProduct } from '../../domain/own-charge.ts';
import type { ConnectorManifest } from '../../domain/ports/connector-manifest.ts';
import type { Crypto } from '../../domain/ports/machine.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { FeeKind, Product } from '../../domain/product.ts';
import type { RecordOf } from '../../domain/records.ts';
import type { Settings } from '../../domain/settings.ts';
import type { Subscription } from '../../domain/subscription.ts';
import type { Task } from '../../domain/task.ts';
import type { MarkScope } from '../markers.ts';
import { snoozedTasks } from '../task-care.ts';
import { type DecisionIndex, indexDecisions } from './decisions.ts';
import { endedFinder } from './ended.ts';
import { type LinkState, linkStateOf } from './links.ts';
import { type PaidPeriods, paidPeriodsOf } from './paid-periods.ts';

export type Snapshot = RecordOf<'snapshot'>;
export type StoredOrder = RecordOf<'order'>;

/**
 * Everything planning may look at, for one connection, as it is durable now. Planning itself is
 * pure: the same world gives the same plans, byte for byte.
 */
export interface PlanWorld {
  connection: Connection;
  manifest: ConnectorManifest;
  settings: Settings;
  today: CalendarDate;
  /** Up to this day the books are closed, there or here: nothing new is dated on or before it. */
  closedThrough: CalendarDate | null;
  crypto: Pick<Crypto, 'hash'>;
  scope: MarkScope;
  reference: Reference | null;
  decisions: DecisionIndex;
  order(id: string): Order | null;
  charge(key: string): Charge | null;
  /** A customer's completed orders, the newest first; their charges by key. */
  ordersOf(customerId: string): readonly StoredOrder[];
  customer(id: string): Customer | null;
  subscription(id: string): Subscription | null;
  product(productKey: string): Product | null;
  customerMapping(customerId: string): CustomerMapping | null;
  /** The fee's own mapping, else the product's. */
  productMapping(productKey: string, fee: FeeKind): ProductMapping | null;
  company(id: string): Company | null;
  item(id: string): Item | null;
  /** The products mapped to an item, for "several products to one item". */
  productsOfItem(itemId: string): readonly string[];
  /** The order in which a change of seats is billed together with others; null where it is by itself. */
  blendOf(chargeKey: string): string | null;
  /** The day a subscription ended; null for one that has not. */
  endedOn(subscriptionId: string): CalendarDate | null;
  /** The last completed order of a subscription before a date. */
  newestOrderBefore(subscriptionId: string, before: CalendarDate): string | null;
  paidPeriods: PaidPeriods;
  linkState(chargeKey: string): LinkState;
  /** What stands on a document. */
  linksOn(documentId: string): readonly Link[];
  /** The write about this charge whose outcome nobody knows yet. */
  openIntent(chargeKey: string): Intent | null;
  /** The change of this document whose outcome a person has to look up. */
  unclearOn(documentId: string): Intent | null;
  snapshot(documentId: string): Snapshot | null;
  /** The line that carries a mark, on a document that can still be changed. */
  markedLine(marker: string): { snapshot: Snapshot; line: DocumentLine } | null;
  /** Our documents of a company, newest first. */
  documentsOf(companyId: string): readonly Snapshot[];
  tasks(): readonly Task[];
  /** Whether an order has a task here that nobody ignored. */
  hasTask(orderId: string): boolean;
  /** Put off by a person to a later day. */
  isSnoozed(taskId: string): boolean;
}

interface WorldOptions {
  reader: Reader;
  tenantId: TenantId;
  connection: Connection;
  manifest: ConnectorManifest;
  crypto: Pick<Crypto, 'hash'>;
  nowMs: number;
}

/** Indexes what planning needs, once a preview or run; nothing is read a row at a time from outside. */
export function worldOf({
  reader,
  tenantId,
  connection,
  manifest,
  crypto,
  nowMs,
}: WorldOptions): PlanWorld {
  const { id } = connection;
  const own = <T extends { connectionId: string }>(records: readonly T[]): T[] =>
    records.filter((record) => record.connectionId === id);
  const tasks = own(reader.list('task')).sort(byOrder);
  const taskOrders = new Set(tasks.filter(isNotIgnored).map(({ orderId }) => orderId));
  const intents = own(reader.list('intent'));
  const intentOf = intentsByCharge(intents);
  const today = dateAt(nowMs, connection.account.timeZone);
  const snoozed = snoozedTasks(reader, id, today);
  const closedThrough = closedThroughOf(reader, connection);
  const closed = (snapshot: Snapshot): Snapshot => inClosedBooks(snapshot, closedThrough);
  const allSnapshots = own(reader.list('snapshot')).map(closed);
  const snapshots = snapshotsByCompany(allSnapshots);
  const productMappings = own(reader.list('productMapping'));
  return {
    connection,
    manifest,
    settings: connection.settings,
    today,
    closedThrough,
    crypto,
    scope: { tenantId, accountId: connection.account.id },
    reference: reader.get('reference', id)?.reference ?? null,
    decisions: indexDecisions(own(reader.list('decision'))),
    order: (orderId) => orderOf(reader, orderId),
    charge: (key) => reader.get('charge', key),
    ordersOf: ordersByCustomer(reader),
    customer: (customerId) => reader.get('customer', customerId),
    subscription: (subscriptionId) => reader.get('subscription', subscriptionId),
    product: productFinder(reader),
    customerMapping: (customerId) =>
      reader.get('customerMapping', customerMappingId(id, customerId)),
    productMapping: (productKey, fee) => feeMapping(reader, id, productKey, fee),
    company: (companyId) => reader.get('company', ownKey(id, companyId))?.company ?? null,
    item: (itemId) => reader.get('item', ownKey(id, itemId))?.item ?? null,
    productsOfItem: (itemId) => [
      ...new Set(
        productMappings
          .filter(({ targetId, productKey }) => targetId === itemId && !isOwnProduct(productKey))
          .map((mapping) => mapping.productKey),
      ),
    ],
    blendOf: blendFinder(reader),
    endedOn: endedFinder(reader, today),
    newestOrderBefore: newestOrderFinder(reader),
    paidPeriods: paidPeriodsOf(reader),
    linkState: (chargeKey) => linkStateOf(reader, chargeKey),
    linksOn: (documentId) =>
      own(reader.list('link')).filter(
        (link) => link.documentId === documentId && link.state === 'live',
      ),
    openIntent: (chargeKey) => intentOf.get(chargeKey) ?? null,
    unclearOn: (documentId) =>
      intents.find(
        ({ state, element }) => state === 'unclear' && element.documentId === documentId,
      ) ?? null,
    snapshot: (documentId) => {
      const snapshot = reader.get('snapshot', ownKey(id, documentId));
      return snapshot === null ? null : closed(snapshot);
    },
    markedLine: markedLineFinder(allSnapshots),
    documentsOf: (companyId) => snapshots.get(companyId) ?? [],
    tasks: () => tasks,
    hasTask: (orderId) => taskOrders.has(orderId),
    isSnoozed: (taskId) => snoozed.has(taskId),
  };
}

const isNotIgnored = ({ ignored }: Task): boolean => ignored === null || ignored.by.kind === 'app';

/** The later of what is locked in the system and the last month that was closed here. */
function closedThroughOf(reader: Reader, { id, account }: Connection): CalendarDate | null {
  const days = reader
    .list('monthClosing')
    .flatMap(({ connectionId, month }) => (connectionId === id ? [lastDayOf(month)] : []));
  if (account.lockedUntil !== null) days.push(account.lockedUntil);
  return days.length === 0 ? null : days.reduce(later);
}

/**
 * What is dated in a closed month stays as it is, though the system would let it be changed. A contract
 * is dated by its beginning, and goes on.
 */
const inClosedBooks = (snapshot: Snapshot, through: CalendarDate | null): Snapshot => {
  const { document } = snapshot;
  const isClosed =
    through !== null &&
    document.state !== 'running' &&
    document.date !== null &&
    document.date <= through;
  return isClosed && document.locked === null
    ? { ...snapshot, document: { ...document, locked: 'period' } }
    : snapshot;
};

/** An order with its charges, as the marketplace told it last. */
export function orderOf(reader: Reader, orderId: string): Order | null {
  const record = reader.get('order', orderId);
  if (record === null) return null;
  const charges = record.charges.flatMap((key) => reader.get('charge', key) ?? []);
  return { ...record, charges };
}

const byOrder = (a: Task, b: Task): number =>
  a.placedOn < b.placedOn
    ? -1
    : a.placedOn > b.placedOn
      ? 1
      : a.orderNumber < b.orderNumber
        ? -1
        : a.orderNumber > b.orderNumber
          ? 1
          : 0;

function intentsByCharge(intents: readonly Intent[]): Map<string, Intent> {
  const byCharge = new Map<string, Intent>();
  for (const intent of intents)
    for (const line of intent.plan?.lines ?? []) byCharge.set(line.chargeKey, intent);
  return byCharge;
}

function snapshotsByCompany(snapshots: readonly Snapshot[]): Map<string, Snapshot[]> {
  const byCompany = Map.groupBy(
    snapshots.filter(({ ours }) => ours),
    ({ document }) => document.companyId,
  );
  for (const list of byCompany.values()) list.sort(newestFirst);
  return byCompany;
}

/** Indexed on the first question only: systems that get a line a charge never ask it. */
function markedLineFinder(snapshots: readonly Snapshot[]): PlanWorld['markedLine'] {
  let byMarker: Map<string, { snapshot: Snapshot; line: DocumentLine }> | null = null;
  return (marker) => {
    byMarker ??= new Map(
      snapshots
        .filter(({ document }) => isOpen(document.state) && document.locked === null)
        .flatMap((snapshot) =>
          snapshot.document.lines.flatMap((line) =>
            line.marker === null ? [] : [[line.marker, { snapshot, line }] as const],
          ),
        ),
    );
    return byMarker.get(marker) ?? null;
  };
}

const newestFirst = (a: Snapshot, b: Snapshot): number =>
  compareText(b.document.date ?? '', a.document.date ?? '') ||
  compareText(b.document.number ?? '', a.document.number ?? '') ||
  compareText(b.document.id, a.document.id);
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function feeMapping(
  reader: Reader,
  connectionId: ConnectionId,
  productKey: string,
  fee: FeeKind,
): ProductMapping | null {
  const own = reader.get('productMapping', productMappingId(connectionId, productKey, fee));
  if (own !== null && (own.targetId !== null || own.accountCode !== null)) return own;
  return reader.get('productMapping', productMappingId(connectionId, productKey, null));
}

export function productFinder(reader: Reader): (productKey: string) => Product | null {
  let byPart: Map<string, Product> | null = null;
  return (productKey) => {
    if (!productKey.startsWith('part:')) return reader.get('product', productKey);
    byPart ??= new Map(
      reader
        .list('product')
        .flatMap((product) => (product.partNumber === null ? [] : [[product.partNumber, product]])),
    );
    return byPart.get(productKey.slice('part:'.length)) ?? null;
  };
}

/** Indexed on the first question only: a world without a recurring charge never asks it. */
function ordersByCustomer(reader: Reader): PlanWorld['ordersOf'] {
  let byCustomer: Map<string, StoredOrder[]> | null = null;
  return (customerId) => {
    byCustomer ??= Map.groupBy(
      reader
        .list('order')
        .filter(({ status }) => status === 'completed')
        .toSorted((a, b) => compareText(b.placedAt, a.placedAt) || compareText(b.id, a.id)),
      (order) => order.customerId,
    );
    return byCustomer.get(customerId) ?? [];
  };
}

/** Indexed on the first question only. */
function blendFinder(reader: Reader): PlanWorld['blendOf'] {
  let byChange: Map<string, string> | null = null;
  return (chargeKey) => {
    byChange ??= new Map(
      reader
        .list('order')
        .filter(({ type, status }) => type === 'blend' && status === 'completed')
        .flatMap(({ id, charges }) =>
          charges.flatMap((key) =>
            (reader.get('charge', key)?.blend ?? []).map(({ of }) => [of, id] as const),
          ),
        ),
    );
    return byChange.get(chargeKey) ?? null;
  };
}

/** Indexed on the first question only: most worlds never ask it. */
function newestOrderFinder(reader: Reader): PlanWorld['newestOrderBefore'] {
  let bySubscription: Map<string, { id: string; placedOn: CalendarDate }[]> | null = null;
  return (subscriptionId, before) => {
    bySubscription ??= completedBySubscription(reader);
    const earlier = (bySubscription.get(subscriptionId) ?? []).filter(
      ({ placedOn }) => placedOn < before,
    );
    return (
      earlier.toSorted((a, b) => compareText(b.placedOn, a.placedOn) || compareText(b.id, a.id))[0]
        ?.id ?? null
    );
  };
}

function completedBySubscription(
  reader: Reader,
): Map<string, { id: string; placedOn: CalendarDate }[]> {
  const bySubscription = new Map<string, { id: string; placedOn: CalendarDate }[]>();
  for (const { id, placedOn, status, subscriptionId, products } of reader.list('order')) {
    if (status !== 'completed') continue;
    const ids = new Set([subscriptionId, ...products.map((product) => product.subscriptionId)]);
    for (const own of ids)
      if (own !== null) {
        const orders = bySubscription.get(own) ?? [];
        orders.push({ id, placedOn });
        bySubscription.set(own, orders);
      }
  }
  return bySubscription;
}
