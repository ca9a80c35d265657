import * as v from 'valibot';
import type { JournalEntry } from './journal-entry.ts';

// The bookkeeper reads the journal as a stranger would: shapes declared here, nothing taken over.

const number = v.pipe(
  v.union([v.number(), v.string()]),
  v.transform((value) => String(value)),
);
const amount = v.object({ currency: v.string(), amount: v.string() });
const cadence = v.object({ type: v.string(), duration: number });

const detailSchema = v.object({
  type: v.string(),
  mpn: v.optional(v.string()),
  productId: v.optional(v.string()),
  duration: v.optional(cadence),
  description: v.string(),
  quantity: number,
  unitPrice: v.optional(amount),
  discount: v.optional(v.object({ type: v.string(), value: v.optional(v.string()) })),
  extendedPrice: amount,
  taxAmount: v.optional(amount),
  exclusiveTaxAmount: v.optional(amount),
  salesExtendedPrice: v.optional(amount),
  exchangeRate: v.optional(number),
});
export type Detail = v.InferOutput<typeof detailSchema>;

const orderSchema = v.object({
  id: v.string(),
  orderNumber: v.string(),
  type: v.string(),
  customerId: v.string(),
  poNumber: v.optional(v.string()),
  creationDate: v.string(),
  provisioningDate: v.optional(v.string()),
  total: amount,
  details: v.array(detailSchema),
  products: v.array(
    v.object({
      id: v.string(),
      mpn: v.string(),
      name: v.string(),
      quantity: v.optional(number),
      extendedPrice: v.optional(amount),
      billingPeriod: v.optional(cadence),
      subscriptionId: v.optional(v.string()),
    }),
  ),
  subscriptionId: v.optional(v.string()),
  targetSubscriptionId: v.optional(v.string()),
  billingModel: v.optional(v.string()),
});
export type Order = v.InferOutput<typeof orderSchema>;

const completedSchema = v.object({
  tenantId: v.string(),
  isBilling: v.optional(v.boolean(), false),
  order: orderSchema,
});
const subscriptionSchema = v.object({
  tenantId: v.string(),
  orderId: v.optional(v.nullable(v.string()), null),
  subscription: v.object({
    id: v.string(),
    creationDate: v.string(),
    expirationDate: v.string(),
    customerId: v.optional(v.string()),
    billingPeriod: v.optional(cadence),
  }),
});

export interface Sold {
  /** Completed orders, the oldest first. */
  orders: (Order & { isBilling: boolean })[];
  /** The same in the order in which they were completed: an older one that took longer counts last. */
  completed: (Order & { isBilling: boolean })[];
  /** The day each subscription began. */
  startedOn: ReadonlyMap<string, string>;
  /** By subscription: the months of one of its billing periods, where it has months. */
  monthsOf: ReadonlyMap<string, number>;
  /** Subscriptions that ended with their term, without an order, and on which day. */
  expiredOn: ReadonlyMap<string, string>;
  /** By order: the day on which the term that it renewed had ended. */
  renewedFrom: ReadonlyMap<string, string>;
}

/** What one reseller truly sold. */
export function readSold(journal: readonly JournalEntry[], reseller: string): Sold {
  const orders = new Map<string, Sold['orders'][number]>();
  const startedOn = new Map<string, string>();
  const endsOn = new Map<string, string>();
  const renewedFrom = new Map<string, string>();
  const monthsOf = new Map<string, number>();
  const expiredOn = new Map<string, string>();
  for (const { kind, data } of journal) {
    if (kind === 'order.completed') {
      const { tenantId, order, isBilling } = v.parse(completedSchema, data);
      if (tenantId === reseller) orders.set(order.id, { ...order, isBilling });
    } else if (kind.startsWith('subscription.')) {
      const { tenantId, orderId, subscription } = v.parse(subscriptionSchema, data);
      if (tenantId !== reseller) continue;
      const { id, creationDate, expirationDate } = subscription;
      const ended = endsOn.get(id);
      if (orderId !== null && ended !== undefined && ended < expirationDate)
        renewedFrom.set(orderId, ended);
      const months = subscription.billingPeriod && monthsIn(subscription.billingPeriod);
      if (typeof months === 'number') monthsOf.set(id, months);
      if (kind === 'subscription.ended' && orderId === null) expiredOn.set(id, expirationDate);
      startedOn.set(id, creationDate);
      endsOn.set(id, expirationDate);
    }
  }
  return {
    orders: [...orders.values()].sort((a, b) => (a.creationDate < b.creationDate ? -1 : 1)),
    completed: [...orders.values()],
    startedOn,
    renewedFrom,
    monthsOf,
    expiredOn,
  };
}

const monthsIn = ({ type, duration }: v.InferOutput<typeof cadence>): number | null =>
  type === 'month' ? Number(duration) : type === 'year' ? Number(duration) * 12 : null;
