import { momentOf } from '../../calendar.ts';
import { decimal, decimalText, rounded, sum } from '../../decimal.ts';
import { ORDERS_MAX } from '../../limits.ts';
import { subscriptionWire } from '../api/wire.ts';
import type { Effect, Order, OrderDetail, OrderRecord, OrderStatus, OrderType } from '../model.ts';
import { ActionRefused, record, type Scene, subscriptionOf } from '../scene.ts';

// Movements of money that are not what the order is worth (facts of the order detail types; they are never invoiced).
const MONEY_MOVEMENTS = new Set(['payment', 'refund', 'deposit', 'resellerPayment']);
// The billing core's own prefixes: sales, change, renewal, billing, cancellation, migration orders.
const PREFIX: Record<OrderType, string> = {
  sales: 'SO',
  change: 'CH',
  renewal: 'RN',
  cancellation: 'CL',
  migration: 'MG',
  unknown: 'BO',
};
const STATUS_CODE: Record<OrderStatus, string> = {
  submitted: 'NW',
  processing: 'PR',
  error: 'ER',
  completed: 'CP',
  cancelled: 'CA',
};

export interface NewOrder {
  type: OrderType;
  customerId: string;
  currency: string;
  details: OrderDetail[];
  products: Order['products'];
  effect: Effect;
  isBilling?: boolean;
  subscriptionId?: string;
  targetSubscriptionId?: string;
  billingModel?: Order['billingModel'];
  poNumber?: string;
  attributes?: Record<string, string>;
  total?: string;
  /** Where it stops for now; `completed` unless told. */
  status?: OrderStatus;
  completesAtMs?: number | null;
  orderNumber?: string;
  /** Leaves the details as they are, whatever the sandbox's habits. */
  asGiven?: boolean;
}

/** Files the order, and completes it at once unless it is told to wait. */
export function fileOrder(scene: Scene, input: NewOrder): Order {
  const { account } = scene;
  if (account.orders.length >= ORDERS_MAX)
    throw new ActionRefused('the sandbox holds no more orders');
  account.counters.order += 1;
  account.counters.number += 1;
  const status = input.status ?? 'completed';
  const order: Order = {
    id: String(account.counters.order),
    orderNumber:
      input.orderNumber ?? PREFIX[input.type] + String(account.counters.number).padStart(6, '0'),
    type: input.type,
    customerId: input.customerId,
    ...(input.poNumber ? { poNumber: input.poNumber } : {}),
    creationDate: momentOf(scene.atMs),
    status: status === 'completed' ? 'processing' : status,
    statusCode: STATUS_CODE[status === 'completed' ? 'processing' : status],
    total: { currency: input.currency, amount: input.total ?? totalOf(scene, input.details) },
    details: input.asGiven
      ? input.details
      : quantitiesAsSent(account.counters.order, input.details),
    attributes: input.attributes ?? {},
    products: input.products,
    ...(input.subscriptionId ? { subscriptionId: input.subscriptionId } : {}),
    ...(input.targetSubscriptionId ? { targetSubscriptionId: input.targetSubscriptionId } : {}),
    ...(input.billingModel ? { billingModel: input.billingModel } : {}),
  };
  const filed: OrderRecord = {
    order,
    isBilling: input.isBilling ?? false,
    effect: input.effect,
    completesAtMs: input.completesAtMs ?? null,
  };
  account.orders.push(filed);
  record(scene, 'order.created', { order });
  if (status === 'completed') completeOrder(scene, filed);
  if (status === 'error') record(scene, 'order.failed', { order });
  return order;
}

export function completeOrder(scene: Scene, filed: OrderRecord): void {
  const { order } = filed;
  order.status = 'completed';
  order.statusCode = STATUS_CODE.completed;
  order.provisioningDate = momentOf(scene.atMs);
  filed.completesAtMs = null;
  applyEffect(scene, filed);
  record(scene, 'order.completed', { order, isBilling: filed.isBilling });
}

/** An order that the platform gave up on, or that a person called off. Its effect never happens. */
export function stopOrder(scene: Scene, filed: OrderRecord, status: 'error' | 'cancelled'): void {
  filed.order.status = status;
  filed.order.statusCode = STATUS_CODE[status];
  filed.completesAtMs = null;
  record(scene, status === 'error' ? 'order.failed' : 'order.cancelled', { order: filed.order });
}

/** Live answers sometimes carry whole quantities as text such as "2.0", although the description says number. */
function quantitiesAsSent(orderId: number, details: readonly OrderDetail[]): OrderDetail[] {
  if (orderId % 5 !== 0) return [...details];
  return details.map((detail) => ({
    ...detail,
    quantity: Number.isInteger(detail.quantity) ? `${detail.quantity}.0` : detail.quantity,
  }));
}

function totalOf({ account }: Scene, details: readonly OrderDetail[]): string {
  const parts = details
    .filter((detail) => !MONEY_MOVEMENTS.has(detail.type))
    .flatMap((detail) => [
      decimal(detail.extendedPrice.amount),
      ...(account.totals === 'withTax' && detail.exclusiveTaxAmount
        ? [decimal(detail.exclusiveTaxAmount.amount)]
        : []),
    ]);
  return decimalText(rounded(sum(parts), 2));
}

function applyEffect(scene: Scene, { order, effect }: OrderRecord): void {
  if (effect.kind === 'none') return;
  const subscription = subscriptionOf(scene, effect.subscriptionId);
  subscription.lastModifiedDate = momentOf(scene.atMs).slice(0, 10);
  switch (effect.kind) {
    case 'activate':
      subscription.status = 'active';
      break;
    case 'quantity':
      for (const item of subscription.items)
        if (item.productId === effect.productId) item.quantity = effect.quantity;
      break;
    case 'renew':
      subscription.expirationDate = effect.expirationDate;
      subscription.period = effect.period;
      break;
    case 'end':
      subscription.status = 'terminated';
      subscription.renewalStatus = false;
      break;
    default:
      effect satisfies never;
  }
  record(scene, effect.kind === 'end' ? 'subscription.ended' : 'subscription.changed', {
    orderId: order.id,
    subscription: subscriptionWire(scene.account, subscription),
  });
}
