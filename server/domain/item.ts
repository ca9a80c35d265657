import * as v from 'valibot';
import { decimalSchema } from './decimal.ts';
import { foreignIdSchema } from './ids.ts';

/** A product or service in the system's catalogue. */
export const itemSchema = v.object({
  id: foreignIdSchema,
  code: v.string(),
  name: v.string(),
  description: v.nullable(v.string()),
  /** The catalogue's own sales price in the account's base currency. */
  price: v.nullable(decimalSchema),
  accountCode: v.nullable(v.string()),
  taxType: v.nullable(v.string()),
  archived: v.boolean(),
  /** False where it can only be billed once, in systems whose lines stay open. */
  recurs: v.optional(v.boolean()),
});
export type Item = v.InferOutput<typeof itemSchema>;

export const itemDraftSchema = v.object({
  code: v.pipe(v.string(), v.minLength(1), v.maxLength(30)),
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(50)),
  description: v.nullable(v.pipe(v.string(), v.maxLength(4000))),
  price: v.nullable(decimalSchema),
  accountCode: v.nullable(v.string()),
  taxType: v.nullable(v.string()),
});
export type ItemDraft = v.InferOutput<typeof itemDraftSchema>;

/** Reference data of an account that forms and guards need. */
export const referenceSchema = v.object({
  accounts: v.array(
    v.object({
      code: v.string(),
      name: v.string(),
      kind: v.string(),
      taxType: v.nullable(v.string()),
      archived: v.boolean(),
      forSales: v.boolean(),
    }),
  ),
  taxRates: v.array(
    v.object({
      type: v.string(),
      name: v.string(),
      rate: decimalSchema,
      archived: v.boolean(),
      forSales: v.boolean(),
    }),
  ),
  currencies: v.array(v.string()),
  tracking: v.array(
    v.object({
      id: v.string(),
      name: v.string(),
      options: v.array(v.object({ id: v.string(), name: v.string() })),
    }),
  ),
  themes: v.array(v.object({ id: v.string(), name: v.string() })),
  /** Types of agreements, where the system has them; the usual one first. */
  documentTypes: v.optional(v.array(v.object({ id: v.string(), name: v.string() }))),
});
export type Reference = v.InferOutput<typeof referenceSchema>;
