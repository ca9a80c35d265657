import * as v from 'valibot';
import { instantSchema, servicePeriodSchema } from './dates.ts';
import { decimalSchema } from './decimal.ts';
import { documentKinds, standingStepSchema } from './document.ts';
import {
  chargeKeySchema,
  connectionIdSchema,
  foreignIdSchema,
  intentIdSchema,
  markerSchema,
  runIdSchema,
} from './ids.ts';
import { moneySchema } from './money.ts';
import { actorSchema } from './tenant.ts';

/** A part of a charge that is written once: instalment 0 is the whole; a reversal has sign -1. */
export const portionSchema = v.object({
  instalment: v.number(),
  generation: v.number(),
  sign: v.picklist([1, -1]),
});
export type Portion = v.InferOutput<typeof portionSchema>;
export const wholePortion: Portion = { instalment: 0, generation: 1, sign: 1 };

/** A charge's portion and the line that carries it. Append-only; a later record of the id replaces. */
export const linkSchema = v.object({
  /** `portionId(chargeKey, portion)`. */
  id: v.string(),
  connectionId: connectionIdSchema,
  chargeKey: chargeKeySchema,
  ...portionSchema.entries,
  orderId: foreignIdSchema,
  customerId: foreignIdSchema,
  subscriptionId: v.nullable(foreignIdSchema),
  productKey: v.nullable(v.string()),
  period: v.nullable(servicePeriodSchema),
  /** The revision of the charge that was billed; another one asks. */
  revision: v.string(),
  documentId: foreignIdSchema,
  documentKind: v.picklist(documentKinds),
  documentNumber: v.nullable(v.string()),
  lineId: foreignIdSchema,
  marker: markerSchema,
  /** What it made of a line that stays open, and from which day; the line may stand otherwise since. */
  step: v.optional(v.object({ marker: markerSchema, ...standingStepSchema.entries })),
  amount: moneySchema,
  quantity: decimalSchema,
  unitPrice: decimalSchema,
  /** The line's tax as the system answered it; left out where it told none. */
  tax: v.optional(moneySchema),
  /** `freed`: undone, voided or corrected; the charge may be billed again by a person. */
  state: v.picklist(['live', 'freed']),
  intentId: v.nullable(intentIdSchema),
  runId: v.nullable(runIdSchema),
  by: actorSchema,
  at: instantSchema,
});
export type Link = v.InferOutput<typeof linkSchema>;

/** The line a link is about: by its mark, or an open one that a person linked, which cannot carry it. */
export const lineOfLink = <T extends { id: string; marker: string | null }>(
  lines: readonly T[],
  { marker, step, lineId }: Pick<Link, 'marker' | 'step' | 'lineId'>,
): T | undefined =>
  lines.find((line) => line.marker === marker) ??
  (step?.marker === marker
    ? lines.find((line) => line.id === lineId && line.marker === null)
    : undefined);

/** Whether it is a step of a line that stays open, and not a line of its own beside one. */
export const isOfOpenLine = ({ marker, step }: Pick<Link, 'marker' | 'step'>): boolean =>
  step?.marker === marker;

export const portionId = (chargeKey: string, { instalment, generation, sign }: Portion): string =>
  `${chargeKey}#${instalment}.${generation}.${sign === 1 ? 'c' : 'r'}`;
