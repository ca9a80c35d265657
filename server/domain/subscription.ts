import * as v from 'valibot';
import { dateSchema } from './dates.ts';
import { decimalSchema } from './decimal.ts';
import { foreignIdSchema } from './ids.ts';
import { currencySchema } from './money.ts';
import { billingPeriodSchema } from './product.ts';

export const subscriptionProductSchema = v.object({
  productId: v.nullable(foreignIdSchema),
  partNumber: v.nullable(v.string()),
  name: v.string(),
  quantity: decimalSchema,
  unitPrice: v.nullable(decimalSchema),
  unitCost: v.nullable(decimalSchema),
  /** For the whole quantity, where the marketplace tells it: with tiers it is not quantity times price. */
  amount: v.optional(v.nullable(decimalSchema)),
  currency: v.nullable(currencySchema),
});

/** What a customer holds. `products` is empty until its detail was read (`detailed`). */
export const subscriptionSchema = v.object({
  id: foreignIdSchema,
  name: v.string(),
  customerId: foreignIdSchema,
  status: v.picklist(['pending', 'trial', 'active', 'suspended', 'ended', 'unknown']),
  autoRenews: v.boolean(),
  startDate: v.nullable(dateSchema),
  renewalDate: v.nullable(dateSchema),
  expirationDate: v.nullable(dateSchema),
  modifiedDate: v.nullable(dateSchema),
  billingPeriod: v.nullable(billingPeriodSchema),
  term: v.nullable(billingPeriodSchema),
  detailed: v.boolean(),
  products: v.array(subscriptionProductSchema),
});
export type Subscription = v.InferOutput<typeof subscriptionSchema>;
