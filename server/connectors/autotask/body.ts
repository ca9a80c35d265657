import * as v from 'valibot';
import { dateSchema } from '../../domain/dates.ts';
import { decimalSchema } from '../../domain/decimal.ts';
import { standingStepSchema } from '../../domain/document.ts';

// What an element asks for, as it is stored: enough to do it, to finish it, and to tell what became of it.

const ofLine = {
  marker: v.string(),
  itemId: v.nullable(v.string()),
  accountCode: v.nullable(v.string()),
  description: v.string(),
};
export const lineBodySchema = v.variant('kind', [
  v.object({
    kind: v.literal('charge'),
    ...ofLine,
    quantity: decimalSchema,
    unitPrice: decimalSchema,
    date: dateSchema,
  }),
  v.object({
    kind: v.literal('service'),
    ...ofLine,
    lineId: v.nullable(v.string()),
    before: v.nullable(v.object({ quantity: decimalSchema, unitPrice: decimalSchema })),
    steps: v.pipe(v.array(standingStepSchema), v.minLength(1)),
  }),
  v.object({ kind: v.literal('remove'), lineId: v.string() }),
]);
export type LineBody = v.InferOutput<typeof lineBodySchema>;
export type ChargeBody = Extract<LineBody, { kind: 'charge' }>;
export type ServiceBody = Extract<LineBody, { kind: 'service' }>;

export const contractBodySchema = v.object({
  companyId: v.string(),
  name: v.string(),
  number: v.string(),
  startDate: dateSchema,
  periodType: v.string(),
  lines: v.array(lineBodySchema),
});
export type ContractBody = v.InferOutput<typeof contractBodySchema>;

export const companyBodySchema = v.object({
  name: v.string(),
  number: v.string(),
  /** ISO code; null takes the house's own. */
  currency: v.nullable(v.string()),
});
export const itemBodySchema = v.object({
  code: v.string(),
  name: v.string(),
  description: v.nullable(v.string()),
  price: v.nullable(decimalSchema),
  accountCode: v.nullable(v.string()),
});
