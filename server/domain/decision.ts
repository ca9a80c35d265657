import * as v from 'valibot';
import { discountSchema } from './charge.ts';
import { dateSchema, instantSchema } from './dates.ts';
import { decimalSchema } from './decimal.ts';
import { connectionIdSchema, foreignIdSchema } from './ids.ts';
import { currencySchema } from './money.ts';
import { actorSchema } from './tenant.ts';

/** How far a decision reaches. `charge` is "only now". */
export const scopeSchema = v.variant('kind', [
  v.object({ kind: v.literal('charge'), key: v.string(), revision: v.string() }),
  v.object({ kind: v.literal('order'), orderId: foreignIdSchema }),
  v.object({
    kind: v.literal('subscription'),
    subscriptionId: foreignIdSchema,
    productKey: v.nullable(v.string()),
  }),
  v.object({
    kind: v.literal('customer-product'),
    customerId: foreignIdSchema,
    productKey: v.string(),
  }),
  v.object({ kind: v.literal('customer'), customerId: foreignIdSchema }),
  v.object({ kind: v.literal('product'), productKey: v.string() }),
  /** Every product of a vendor, by the marketplace's name of it. */
  v.object({ kind: v.literal('vendor'), vendor: v.string() }),
]);
export type Scope = v.InferOutput<typeof scopeSchema>;

/** No system keeps more than four places, and none takes a quantity below zero. */
export const typedPrice = v.pipe(
  decimalSchema,
  v.regex(/^-?\d{1,12}(\.\d{1,4})?$/, 'at most four places'),
);
export const typedQuantity = v.pipe(
  decimalSchema,
  v.regex(/^\d{1,12}(\.\d{1,4})?$/, 'zero or more, at most four places'),
);

export const editSchema = v.object({
  description: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(3900))),
  quantity: v.optional(typedQuantity),
  unitPrice: v.optional(typedPrice),
  discount: v.optional(v.nullable(discountSchema)),
  priceFrom: v.optional(v.picklist(['marketplace', 'system'])),
  accountCode: v.optional(v.string()),
  taxType: v.optional(v.string()),
});
export type Edit = v.InferOutput<typeof editSchema>;

/** "Link to an existing line": where a subscription was billed by hand, as the person saw it then. */
export const openingLinkSchema = v.object({
  kind: v.literal('opening'),
  answer: v.literal('link'),
  documentId: foreignIdSchema,
  lineId: foreignIdSchema,
  seen: v.object({
    number: v.nullable(v.string()),
    text: v.string(),
    quantity: decimalSchema,
    unitPrice: decimalSchema,
    amount: decimalSchema,
    currency: currencySchema,
  }),
});
export type OpeningLink = v.InferOutput<typeof openingLinkSchema>;

/** Changes of a product's price that one answer holds for. */
export const priceMovesMax = 500;
const moves = v.pipe(
  v.array(v.pipe(v.string(), v.regex(/^[A-Z]{3} -?[\d.]+ -?[\d.]+$/), v.maxLength(80))),
  v.minLength(1),
  v.maxLength(priceMovesMax),
);
/** Of a product whose price changed: each move is `currency was now`, for one unit and whole period. */
export const priceAnswerSchema = v.variant('answer', [
  v.object({ kind: v.literal('price-change'), answer: v.literal('pass-on'), moves }),
  /** The old price for orders placed before that day; from then on the new one. */
  v.object({
    kind: v.literal('price-change'),
    answer: v.literal('keep'),
    moves,
    until: dateSchema,
  }),
  v.object({ kind: v.literal('price-change'), answer: v.literal('hold'), moves }),
]);
export type PriceAnswer = v.InferOutput<typeof priceAnswerSchema>;

/** Percent of the price, in whole ones. */
export const marginPercent = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(99));
export const marginFloorSchema = v.object({
  kind: v.literal('margin'),
  act: v.picklist(['warn', 'hold']),
  percent: marginPercent,
});
export type MarginFloor = v.InferOutput<typeof marginFloorSchema>;

export const decisionValueSchema = v.variant('kind', [
  v.object({ kind: v.literal('edit'), edit: editSchema }),
  /** "Do not bill": the charges stay visible with their value. */
  v.object({
    kind: v.literal('exclude'),
    reason: v.pipe(v.string(), v.minLength(1), v.maxLength(300)),
    until: v.nullable(dateSchema),
  }),
  v.object({ kind: v.literal('document'), documentId: v.nullable(foreignIdSchema) }),
  v.variant('answer', [
    v.object({ kind: v.literal('opening'), answer: v.picklist(['next-order', 'newest-order']) }),
    openingLinkSchema,
  ]),
  priceAnswerSchema,
  /** How much must be left over cost here; `off` takes a wider floor off. */
  v.variant('act', [
    marginFloorSchema,
    v.object({ kind: v.literal('margin'), act: v.literal('off') }),
  ]),
  v.object({ kind: v.literal('straddle'), answer: v.picklist(['bill', 'already-billed']) }),
  v.object({ kind: v.literal('subscription'), subscriptionId: foreignIdSchema }),
  /** A person accepts what a guard stopped, for exactly the case they saw. */
  v.object({ kind: v.literal('accept'), need: v.string(), seen: v.string() }),
  /** "Not before this day": it comes back by itself. */
  v.object({ kind: v.literal('wait'), until: dateSchema }),
  v.object({ kind: v.literal('hold'), reason: v.picklist(['undone', 'person']) }),
]);

export type DecisionValue = v.InferOutput<typeof decisionValueSchema>;

export const decisionSchema = v.object({
  id: v.string(),
  connectionId: connectionIdSchema,
  scope: scopeSchema,
  value: decisionValueSchema,
  by: actorSchema,
  at: instantSchema,
});
export type Decision = v.InferOutput<typeof decisionSchema>;
