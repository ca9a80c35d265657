import * as v from 'valibot';
import { chargeSchema } from './charge.ts';
import { compareText } from './compare-text.ts';
import { dateSchema, instantSchema } from './dates.ts';
import { decimalSchema } from './decimal.ts';
import { foreignIdSchema } from './ids.ts';
import { moneySchema } from './money.ts';

export const orderTypes = [
  'sales',
  'change',
  'renewal',
  'billing',
  'cancellation',
  'migration',
  /** Not the marketplace's: a period of an own charge (`own-charge.ts`). */
  'own',
  /** Not the marketplace's: a period that no order came for (`missing.ts`). */
  'missing',
  /** Not the marketplace's: a monthly part of a yearly charge (`instalments.ts`). */
  'part',
  /** Not the marketplace's: several changes of seats as one line (`blend.ts`). */
  'blend',
  'unknown',
] as const;
export type OrderType = (typeof orderTypes)[number];
export const orderTypeSchema = v.picklist(orderTypes);

export const orderProductSchema = v.object({
  productId: v.nullable(foreignIdSchema),
  partNumber: v.nullable(v.string()),
  name: v.nullable(v.string()),
  quantity: v.nullable(decimalSchema),
  subscriptionId: v.nullable(foreignIdSchema),
});

/** An order with its charges. Only a completed one is ever billed. */
export const orderSchema = v.object({
  id: foreignIdSchema,
  number: v.string(),
  type: orderTypeSchema,
  customerId: foreignIdSchema,
  purchaseOrder: v.nullable(v.string()),
  placedAt: instantSchema,
  placedOn: dateSchema,
  status: v.picklist(['open', 'completed', 'failed', 'cancelled']),
  subscriptionId: v.nullable(foreignIdSchema),
  total: moneySchema,
  products: v.array(orderProductSchema),
  charges: v.array(chargeSchema),
  /** Whether `products` and subscription were read; the list form does not carry them. */
  detailed: v.boolean(),
  /** Hash of everything that can change what is billed. */
  revision: v.string(),
});
export type Order = v.InferOutput<typeof orderSchema>;

/**
 * The order that was placed first; of one moment, the one that the marketplace counted first. Its number does
 * not tell: a change is called CH, the sale that it changes SO.
 */
export const comparePlaced = (
  a: Pick<Order, 'id'> & { placedAt: string },
  b: Pick<Order, 'id'> & { placedAt: string },
): number =>
  compareText(a.placedAt, b.placedAt) || a.id.length - b.id.length || compareText(a.id, b.id);
