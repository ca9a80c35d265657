import * as v from 'valibot';
import { DECIMAL_TEXT } from '../decimal.ts';
import { BULK_CUSTOMERS_MAX, ORDER_DETAILS_MAX, QUANTITY_MAX } from '../limits.ts';

const quantity = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(QUANTITY_MAX));
const decimalText = v.pipe(v.string(), v.regex(DECIMAL_TEXT));
const money = v.strictObject({ currency: v.string(), amount: decimalText });
const holding = {
  poNumber: v.exactOptional(v.string()),
  status: v.exactOptional(
    v.picklist(['submitted', 'processing', 'error', 'completed', 'cancelled']),
  ),
  /** For `processing`: completes by itself when the sandbox clock passes this many minutes. */
  completesInMinutes: v.exactOptional(v.pipe(v.number(), v.minValue(0))),
};
const whose = { tenantId: v.exactOptional(v.string()) };
const detail = v.strictObject({
  type: v.string(),
  mpn: v.exactOptional(v.string()),
  productId: v.exactOptional(v.string()),
  duration: v.exactOptional(v.strictObject({ type: v.string(), duration: v.number() })),
  description: v.string(),
  quantity: v.union([v.number(), v.string()]),
  unitPrice: v.exactOptional(money),
  salesUnitPrice: v.exactOptional(money),
  extendedPrice: money,
  salesExtendedPrice: v.exactOptional(money),
  discount: v.exactOptional(
    v.strictObject({
      type: v.picklist(['percent', 'fixed']),
      value: v.string(),
      amount: decimalText,
      amountCode: v.string(),
    }),
  ),
  taxAmount: v.exactOptional(money),
  salesTaxAmount: v.exactOptional(money),
  exclusiveTaxAmount: v.exactOptional(money),
  salesExclusiveTaxAmount: v.exactOptional(money),
  exchangeRate: v.exactOptional(v.number()),
  exchangeTime: v.exactOptional(v.string()),
});

/** The body of `POST /sandbox/orders`: strict, so that a misspelt member fails. */
export const OrderCommand = v.variant('action', [
  v.strictObject({
    action: v.literal('place'),
    ...whose,
    ...holding,
    customerId: v.string(),
    productId: v.string(),
    quantity,
    discountPercent: v.exactOptional(
      v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100)),
    ),
  }),
  v.strictObject({
    action: v.literal('change'),
    ...whose,
    ...holding,
    subscriptionId: v.string(),
    quantity,
    productId: v.exactOptional(v.string()),
  }),
  v.strictObject({
    action: v.literal('cancel'),
    ...whose,
    ...holding,
    subscriptionId: v.string(),
    refundSetup: v.exactOptional(v.boolean()),
  }),
  v.strictObject({ action: v.literal('renew'), ...whose, ...holding, subscriptionId: v.string() }),
  v.strictObject({
    action: v.literal('migrate'),
    ...whose,
    ...holding,
    customerId: v.string(),
    productId: v.string(),
    quantity,
  }),
  v.strictObject({
    action: v.literal('usage'),
    ...whose,
    subscriptionId: v.string(),
    quantity: decimalText,
  }),
  v.strictObject({ action: v.literal('billing-run'), ...whose }),
  v.strictObject({ action: v.literal('complete'), ...whose, orderId: v.string() }),
  v.strictObject({ action: v.literal('fail'), ...whose, orderId: v.string() }),
  v.strictObject({ action: v.literal('call-off'), ...whose, orderId: v.string() }),
  v.strictObject({
    action: v.literal('raw'),
    ...whose,
    customerId: v.string(),
    type: v.picklist(['sales', 'change', 'renewal', 'cancellation', 'migration', 'unknown']),
    details: v.pipe(v.array(detail), v.maxLength(ORDER_DETAILS_MAX)),
    subscriptionId: v.exactOptional(v.string()),
    total: v.exactOptional(decimalText),
    status: holding.status,
    billing: v.exactOptional(v.boolean()),
    poNumber: v.exactOptional(v.string()),
    orderNumber: v.exactOptional(v.string()),
  }),
  v.strictObject({
    action: v.literal('bulk'),
    ...whose,
    customers: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(BULK_CUSTOMERS_MAX)),
    subscriptions: v.pipe(
      v.number(),
      v.integer(),
      v.minValue(1),
      v.maxValue(BULK_CUSTOMERS_MAX * 5),
    ),
  }),
]);
export type OrderCommand = v.InferOutput<typeof OrderCommand>;
