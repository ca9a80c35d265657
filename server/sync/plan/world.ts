import type { Charge } from '../../domain/charge.ts';
import type { Company } from '../../domain/company.ts';
import type { Connection } from '../../domain/connection.ts';
import type { Customer } from '../../domain/customer.ts';
import { type CalendarDate, dateAt } from '../../domain/dates.ts';
import { ownKey, type TenantId } from '../../domain/ids.ts';
import type { Intent } from '../../domain/intent.ts';
import type { Item, Reference } from '../../domain/item.ts';
import type { Link } from '../../domain/link.ts';
import type { CustomerMapping, ProductMapping } from '../../domain/mapping.ts';
import { customerMappingId } from '../../domain/mapping.ts';
import { comparePlaced, type Order } from '../../domain/order.ts';
import { isOwnProduct } from '../../domain/own-charge.ts';
import type { ConnectorManifest } from '../../domain/ports/connector-manifest.ts';
import type { Crypto } from '../../domain/ports/machine.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { FeeKind, Product } from '../../domain/product.ts';
import type { Settings } from '../../domain/settings.ts';
import type { Subscription } from '../../domain/subscription.ts';
import type { Task } from '../../domain/task.ts';
import type { MarkScope } from '../markers.ts';
import { snoozedTasks } from '../task-care.ts';
import { type DecisionIndex, indexDecisions } from './decisions.ts';
import { endedFinder } from './ended.ts';
import { type LinkState, linkStateOf, stepFinder } from './links.ts';
import { type PaidPeriods, paidPeriodsOf } from './paid-periods.ts';
import { feeMapping, productFinder } from './products.ts';
import {
  closedThroughOf,
  inClosedBooks,
  type MarkedLine,
  markedLineFinder,
  type Snapshot,
  snapshotsByCompany,
} from './snapshots.ts';
import {
  blendFinder,
  newestOrderFinder,
  orderOf,
  ordersByCustomer,
  type StoredOrder,
} from './stored-orders.ts';

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
  /** What was written of an open line, by its mark, whether it carries anything still or not. */
  stepsOf(marker: string): readonly Link[];
  /** What stands on a document. */
  linksOn(documentId: string): readonly Link[];
  /** The write about this charge whose outcome nobody knows yet. */
  openIntent(chargeKey: string): Intent | null;
  /** The change of this document whose outcome a person has to look up. */
  unclearOn(documentId: string): Intent | null;
  snapshot(documentId: string): Snapshot | null;
  /** The line that carries a mark, on a document that can still be changed. */
  markedLine(marker: string): MarkedLine | null;
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
  const tasks = inOrder(reader, own(reader.list('task')));
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
    stepsOf: stepFinder(reader, id),
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

/** As their orders were placed: an open line comes to what the newest of them says. */
function inOrder(reader: Reader, tasks: readonly Task[]): Task[] {
  return tasks
    .map((task) => {
      const { orderId: id, placedOn } = task;
      return { task, id, placedAt: reader.get('order', id)?.placedAt ?? placedOn };
    })
    .sort(comparePlaced)
    .map(({ task }) => task);
}

function intentsByCharge(intents: readonly Intent[]): Map<string, Intent> {
  const byCharge = new Map<string, Intent>();
  for (const intent of intents)
    for (const line of intent.plan?.lines ?? []) byCharge.set(line.chargeKey, intent);
  return byCharge;
}
