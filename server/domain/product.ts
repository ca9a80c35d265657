import * as v from 'valibot';
import { decimalSchema } from './decimal.ts';
import { foreignIdSchema } from './ids.ts';
import { currencySchema } from './money.ts';

export const periodUnits = [
  'day',
  'month',
  'year',
  'statement_day',
  'one_time',
  'unknown',
] as const;
/** A cadence: every `count` units. */
export const billingPeriodSchema = v.object({ unit: v.picklist(periodUnits), count: v.number() });
export type BillingPeriod = v.InferOutput<typeof billingPeriodSchema>;

/** The parts of a product that can have a place of their own in the books. */
export const feeKinds = ['recurring', 'setup', 'cancellation', 'overuse'] as const;
export type FeeKind = (typeof feeKinds)[number];
export const feeKindSchema = v.picklist(feeKinds);

export const priceSchema = v.object({
  currency: currencySchema,
  amount: decimalSchema,
  kind: v.picklist(['recurring', 'setup', 'overuse']),
  fromQuantity: v.nullable(decimalSchema),
});

/** Something sold by the marketplace: a resource of a plan for a period. */
export const productSchema = v.object({
  id: foreignIdSchema,
  partNumber: v.nullable(v.string()),
  vendor: v.nullable(v.string()),
  name: v.string(),
  billingPeriod: v.nullable(billingPeriodSchema),
  term: v.nullable(billingPeriodSchema),
  prices: v.array(priceSchema),
  costs: v.array(priceSchema),
});
export type Product = v.InferOutput<typeof productSchema>;
