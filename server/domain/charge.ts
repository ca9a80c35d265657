import * as v from 'valibot';
import { dateSchema, servicePeriodSchema } from './dates.ts';
import { decimalSchema } from './decimal.ts';
import { chargeKeySchema, foreignIdSchema } from './ids.ts';
import { currencySchema, moneySchema } from './money.ts';

/**
 * What kind of money a charge is. `movement` (payments, deposits) is never a line of a document;
 * `unknown` is held and shown.
 */
export const chargeClasses = [
  'recurring',
  'setup',
  'usage',
  'proration',
  'credit',
  'adjustment',
  'discount',
  'fee',
  'movement',
  'unknown',
] as const;
export type ChargeClass = (typeof chargeClasses)[number];

export const discountSchema = v.variant('kind', [
  v.object({ kind: v.literal('percent'), value: decimalSchema }),
  v.object({ kind: v.literal('amount'), value: decimalSchema }),
]);
export type Discount = v.InferOutput<typeof discountSchema>;

/** Parts `first` to `last` of `count` of a charge that is billed month by month (`instalments.ts`). */
const chargePartSchema = v.object({
  of: chargeKeySchema,
  orderNumber: v.string(),
  first: v.number(),
  last: v.number(),
  count: v.number(),
  whole: moneySchema,
  wholeTax: v.nullable(moneySchema),
  unitPrice: v.nullable(decimalSchema),
});
export type ChargePart = v.InferOutput<typeof chargePartSchema>;

/** A change of seats that is part of one blended line (`blend.ts`): what it adds, or takes off, since when. */
const blendedChangeSchema = v.object({
  of: chargeKeySchema,
  orderNumber: v.string(),
  seats: decimalSchema,
  from: dateSchema,
  share: v.nullable(decimalSchema),
  amount: moneySchema,
});
export type BlendedChange = v.InferOutput<typeof blendedChangeSchema>;

/** One line of money of one order, as the marketplace rated it. */
export const chargeSchema = v.object({
  key: chargeKeySchema,
  orderId: foreignIdSchema,
  class: v.picklist(chargeClasses),
  /** The marketplace's own word for the kind of line. */
  detailType: v.string(),
  productId: v.nullable(foreignIdSchema),
  partNumber: v.nullable(v.string()),
  /** Null where no product line of the order tells, or several could: then it asks. */
  subscriptionId: v.nullable(foreignIdSchema),
  /** The subscriptions it could belong to, where more than one fits. */
  candidates: v.array(foreignIdSchema),
  description: v.string(),
  quantity: decimalSchema,
  unitPrice: v.nullable(decimalSchema),
  /** The marketplace's extended amount without tax; it wins over quantity times price. */
  amount: moneySchema,
  tax: v.nullable(moneySchema),
  /** Already inside `amount`; kept for the explanation. */
  discount: v.nullable(discountSchema),
  /** The part of a whole billing period that is charged, such as `0.726`; null where not told. */
  share: v.nullable(decimalSchema),
  period: v.nullable(servicePeriodSchema),
  /** The order's own rate into another currency: one of `amount`'s is so many of that. */
  exchange: v.optional(
    v.nullable(
      v.object({ currency: currencySchema, rate: decimalSchema, on: v.nullable(dateSchema) }),
    ),
  ),
  /** What the reseller pays for this line; null is unknown, never zero. */
  cost: v.nullable(moneySchema),
  part: v.optional(chargePartSchema),
  blend: v.optional(v.array(blendedChangeSchema)),
  placedOn: dateSchema,
  /** Hash of quantity and money: another value under the same key is a correction. */
  revision: v.string(),
});
export type Charge = v.InferOutput<typeof chargeSchema>;
