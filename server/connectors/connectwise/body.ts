import * as v from 'valibot';
import { dateSchema } from '../../domain/dates.ts';
import { decimalSchema } from '../../domain/decimal.ts';
import { standingStepSchema } from '../../domain/document.ts';
import { billingPeriodSchema } from '../../domain/product.ts';
import { exportFields } from '../../domain/settings.ts';

// What an element asks for, as it is stored: enough to do it, to finish it, and to tell what became of it.

const ofLine = {
  marker: v.string(),
  itemId: v.nullable(v.string()),
  description: v.string(),
  /** Null is unknown: it is left as it is. */
  unitCost: v.optional(v.nullable(decimalSchema), null),
  leaves: v.optional(v.array(v.picklist(exportFields)), []),
};
export const lineBodySchema = v.variant('kind', [
  v.object({
    kind: v.literal('once'),
    ...ofLine,
    quantity: decimalSchema,
    unitPrice: decimalSchema,
    date: dateSchema,
  }),
  v.object({
    kind: v.literal('open'),
    ...ofLine,
    lineId: v.nullable(v.string()),
    before: v.nullable(v.object({ quantity: decimalSchema, unitPrice: decimalSchema })),
    steps: v.pipe(v.array(standingStepSchema), v.minLength(1)),
  }),
  v.object({ kind: v.literal('remove'), lineId: v.string() }),
]);
export type LineBody = v.InferOutput<typeof lineBodySchema>;
export type OnceBody = Extract<LineBody, { kind: 'once' }>;
export type OpenBody = Extract<LineBody, { kind: 'open' }>;

export const agreementBodySchema = v.object({
  companyId: v.string(),
  name: v.string(),
  typeId: v.nullable(v.string()),
  currency: v.string(),
  startDate: dateSchema,
  cycle: billingPeriodSchema,
  lines: v.array(lineBodySchema),
});
export type AgreementBody = v.InferOutput<typeof agreementBodySchema>;

export const companyBodySchema = v.object({
  name: v.string(),
  number: v.string(),
  taxNumber: v.nullable(v.string()),
  /** ISO code; null takes the house's own. */
  currency: v.nullable(v.string()),
  address: v.nullable(
    v.object({ street: v.string(), city: v.string(), state: v.string(), postalCode: v.string() }),
  ),
});
export const itemBodySchema = v.object({
  code: v.string(),
  name: v.string(),
  description: v.nullable(v.string()),
  price: v.nullable(decimalSchema),
  subcategoryId: v.nullable(v.string()),
});
