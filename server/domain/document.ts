import * as v from 'valibot';
import { discountSchema } from './charge.ts';
import { dateSchema, instantSchema } from './dates.ts';
import { decimalSchema } from './decimal.ts';
import { foreignIdSchema, markerSchema } from './ids.ts';
import { currencySchema, moneySchema } from './money.ts';
import { billingPeriodSchema } from './product.ts';

export const documentKinds = ['invoice', 'creditNote', 'agreement', 'contract'] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** Documents that stay open, and that the system invoices by itself. */
export type StandingKind = Extract<DocumentKind, 'agreement' | 'contract'>;
export const isStanding = (kind: DocumentKind): kind is StandingKind =>
  kind === 'agreement' || kind === 'contract';

/** `open` can be changed freely; `posted` only by its rules; the others never. */
export const documentStates = [
  'draft',
  'submitted',
  /** A contract or agreement that is invoiced by the system itself, period by period. */
  'running',
  'approved',
  'paid',
  'voided',
  'deleted',
] as const;
export type DocumentState = (typeof documentStates)[number];
export const isOpen = (state: DocumentState): boolean =>
  state === 'draft' || state === 'submitted' || state === 'running';

export const taxBases = ['exclusive', 'inclusive', 'none'] as const;
export const trackingChoiceSchema = v.object({ categoryId: v.string(), optionId: v.string() });

/** What a line says, in words every system shares. Decimals are text; price is a unit price. */
export const lineContentSchema = v.object({
  description: v.string(),
  quantity: decimalSchema,
  unitPrice: decimalSchema,
  /** What one costs the reseller; null or left out is unknown. */
  unitCost: v.optional(v.nullable(decimalSchema)),
  discount: v.nullable(discountSchema),
  itemCode: v.nullable(v.string()),
  /** The item's id, where its code alone does not name it. */
  itemId: v.optional(v.nullable(foreignIdSchema)),
  accountCode: v.nullable(v.string()),
  taxType: v.nullable(v.string()),
  tracking: v.array(trackingChoiceSchema),
});
export type LineContent = v.InferOutput<typeof lineContentSchema>;

/** A line as it stands in the system. `raw` is the vendor's own form, sent back unchanged. */
export const documentLineSchema = v.object({
  id: foreignIdSchema,
  ...lineContentSchema.entries,
  amount: moneySchema,
  tax: v.nullable(moneySchema),
  /** Our mark, read out of the text; null on a foreign line. */
  marker: v.nullable(markerSchema),
  /** A one-off line that the system has billed, and that can no longer change. */
  billed: v.optional(v.boolean()),
  /**
   * Of a line that stays open: how many from which day on, as the system tells it, the earliest first.
   * Left out where it tells only what stands last, prices where it tells only the last one.
   */
  history: v.optional(
    v.array(
      v.object({
        from: dateSchema,
        quantity: decimalSchema,
        unitPrice: v.optional(decimalSchema),
      }),
    ),
  ),
  raw: v.unknown(),
});
export type DocumentLine = v.InferOutput<typeof documentLineSchema>;

/** From a day on, so many at this unit price; a quantity of 0 ends the line. */
export const standingStepSchema = v.object({
  from: dateSchema,
  quantity: decimalSchema,
  unitPrice: decimalSchema,
});
export type StandingStep = v.InferOutput<typeof standingStepSchema>;

/** How the system invoices a running document; days that it was told to bill, or has billed. */
export const billingOfStandingSchema = v.object({
  /** How often it is invoiced; null where its cycle is none that we know. */
  cycle: v.nullable(billingPeriodSchema),
  /** Whether parts of a period are billed as parts: then nothing of ours is prorated beside it. */
  prorates: v.boolean(),
  /** Nothing is billed before this day; periods are counted from it. */
  billsFrom: dateSchema,
  /** The last day of what was invoiced; null where nothing was. */
  billedThrough: v.nullable(dateSchema),
});
export type BillingOfStanding = v.InferOutput<typeof billingOfStandingSchema>;

/** A document as last read: the state before any change of ours. */
export const documentSchema = v.object({
  id: foreignIdSchema,
  kind: v.picklist(documentKinds),
  number: v.nullable(v.string()),
  reference: v.string(),
  /** The document's own mark, read out of the reference; null where it is not ours. */
  marker: v.nullable(markerSchema),
  companyId: foreignIdSchema,
  state: v.picklist(documentStates),
  /** Why the document cannot be changed although its state would allow it. */
  locked: v.nullable(v.picklist(['paid', 'allocated', 'period'])),
  currency: currencySchema,
  date: v.nullable(dateSchema),
  dueDate: v.nullable(dateSchema),
  taxBasis: v.picklist(taxBases),
  sent: v.boolean(),
  net: moneySchema,
  tax: moneySchema,
  total: moneySchema,
  lines: v.array(documentLineSchema),
  /** False where the read form had no lines; such a document is read again before it is changed. */
  whole: v.boolean(),
  updatedAt: instantSchema,
  url: v.nullable(v.string()),
  /** Of agreements and contracts, where the system tells it. */
  billing: v.optional(billingOfStandingSchema),
});
export type Document = v.InferOutput<typeof documentSchema>;
