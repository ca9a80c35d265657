import * as v from 'valibot';
import { foreignIdSchema } from './ids.ts';
import { currencySchema, moneySchema } from './money.ts';

/** A customer as the system knows it (contact, company, account). */
export const companySchema = v.object({
  id: foreignIdSchema,
  name: v.string(),
  /** The number that our own creation carries, by which it is found again. */
  number: v.nullable(v.string()),
  email: v.nullable(v.string()),
  taxNumber: v.nullable(v.string()),
  archived: v.boolean(),
  mergedInto: v.nullable(foreignIdSchema),
  currency: v.nullable(currencySchema),
  /** Payment terms for sales, where the system knows them. */
  terms: v.optional(
    v.object({
      kind: v.picklist(['days-after', 'days-after-month', 'day-of-month', 'day-of-next-month']),
      day: v.number(),
    }),
  ),
  /** A template in the system that already bills this company by itself. */
  billedBySchedule: v.nullable(v.object({ amount: moneySchema, every: v.string() })),
});
export type Company = v.InferOutput<typeof companySchema>;

export const companyDraftSchema = v.object({
  name: v.string(),
  number: v.string(),
  email: v.nullable(v.string()),
  taxNumber: v.nullable(v.string()),
  address: v.nullable(
    v.object({
      street: v.string(),
      city: v.string(),
      state: v.string(),
      postalCode: v.string(),
      country: v.string(),
    }),
  ),
  /** What the customer is sold in, for systems that keep a company in one currency; null is theirs. */
  currency: v.optional(v.nullable(currencySchema), null),
});
export type CompanyDraft = v.InferInput<typeof companyDraftSchema>;
