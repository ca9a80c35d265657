import * as v from 'valibot';
import { dateSchema, servicePeriodSchema } from './dates.ts';
import { decimalSchema, exactResultSchema } from './decimal.ts';
import { documentKinds, lineContentSchema, taxBases } from './document.ts';
import {
  chargeKeySchema,
  connectionIdSchema,
  foreignIdSchema,
  markerSchema,
  taskIdSchema,
} from './ids.ts';
import { portionSchema } from './link.ts';
import { currencySchema, moneySchema } from './money.ts';
import { billingPeriodSchema } from './product.ts';
import { exportFields } from './settings.ts';
import { needSchema } from './task.ts';

/**
 * How an amount came about, step by step, in enough detail for somebody else to compute it again:
 * start from `charge`, take the price of `price`, times `share` where present, round once.
 */
export const explanationStepSchema = v.variant('step', [
  v.object({
    step: v.literal('charge'),
    orderNumber: v.string(),
    detailType: v.string(),
    quantity: decimalSchema,
    unitPrice: v.nullable(decimalSchema),
    amount: decimalSchema,
    currency: currencySchema,
  }),
  v.object({
    step: v.literal('price'),
    /** `billed`: as it was billed last, kept by a person; the source is that document. */
    from: v.picklist(['marketplace', 'system', 'person', 'billed']),
    unitPrice: decimalSchema,
    source: v.string(),
  }),
  v.object({
    step: v.literal('share'),
    share: decimalSchema,
    period: v.nullable(servicePeriodSchema),
  }),
  v.object({
    step: v.literal('discount'),
    kind: v.picklist(['percent', 'amount']),
    value: decimalSchema,
  }),
  v.object({ step: v.literal('round'), exact: exactResultSchema, amount: decimalSchema }),
  v.object({
    step: v.literal('shape'),
    shape: v.picklist(['quantity-price', 'quantity-derived', 'single']),
    quantity: decimalSchema,
    unitPrice: decimalSchema,
  }),
  v.object({ step: v.literal('tax-included'), tax: decimalSchema }),
  v.object({
    step: v.literal('turned'),
    reason: v.picklist(['negative-group', 'credit-note', 'reversal']),
  }),
  /** Parts `first` to `last` of `count` of the whole; the last part takes the rest. */
  v.object({
    step: v.literal('part'),
    first: v.number(),
    last: v.number(),
    count: v.number(),
    whole: decimalSchema,
    amount: decimalSchema,
  }),
  /** Changes of seats that are one line, with what each comes to. */
  v.object({
    step: v.literal('blend'),
    changes: v.array(
      v.object({
        orderNumber: v.string(),
        seats: decimalSchema,
        from: dateSchema,
        amount: decimalSchema,
      }),
    ),
    amount: decimalSchema,
  }),
  /** It was to be one line with other changes, and no price of four places gives their sum to the cent. */
  v.object({ step: v.literal('apart'), lines: v.number() }),
  /** One of `from` is `rate` of `to`; `on` is the day of the rate. */
  v.object({
    step: v.literal('convert'),
    from: currencySchema,
    to: currencySchema,
    rate: decimalSchema,
    on: v.nullable(dateSchema),
    source: v.picklist(['order', 'mine']),
    exact: exactResultSchema,
    amount: decimalSchema,
  }),
  /** Only where a floor is set; an unknown cost is null. */
  v.object({
    step: v.literal('margin'),
    cost: v.nullable(decimalSchema),
    margin: v.nullable(decimalSchema),
    floor: decimalSchema,
    currency: currencySchema,
  }),
  v.object({
    step: v.literal('account'),
    rule: v.picklist(['decision', 'product', 'item', 'kind', 'default', 'none']),
    code: v.nullable(v.string()),
  }),
  v.object({
    step: v.literal('tax'),
    rule: v.picklist(['decision', 'company', 'item', 'account', 'default', 'system']),
    type: v.nullable(v.string()),
  }),
  v.object({
    step: v.literal('edited'),
    field: v.string(),
    from: v.string(),
    to: v.string(),
    by: v.string(),
  }),
]);
export type ExplanationStep = v.InferOutput<typeof explanationStepSchema>;

/** The open line as it stands before; both null where it is to be opened. */
const openLineEntries = {
  lineId: v.nullable(foreignIdSchema),
  before: v.nullable(v.object({ quantity: decimalSchema, unitPrice: decimalSchema })),
  /** From this day on it has ended already, by a later order: that stays. */
  until: v.optional(dateSchema),
};

/** One line of ours that a plan adds to a document. */
export const planLineSchema = v.object({
  chargeKey: chargeKeySchema,
  portion: portionSchema,
  revision: v.string(),
  taskId: taskIdSchema,
  orderId: foreignIdSchema,
  orderNumber: v.string(),
  subscriptionId: v.nullable(foreignIdSchema),
  productKey: v.nullable(v.string()),
  period: v.nullable(servicePeriodSchema),
  marker: markerSchema,
  /** With the mark already at its end. */
  content: lineContentSchema,
  amount: moneySchema,
  explanation: v.array(explanationStepSchema),
  /** Of a one-off line on a document that stays open: the day it is about. */
  day: v.optional(dateSchema),
  /** The line stays open: it takes quantity and price of `content` from that day on. */
  stands: v.optional(v.object({ from: dateSchema, ...openLineEntries })),
  /** Beside this one-off line, the open line of its subscription's product takes this step. */
  sets: v.optional(
    v.object({
      marker: markerSchema,
      content: lineContentSchema,
      from: dateSchema,
      ...openLineEntries,
    }),
  ),
});
export type PlanLine = v.InferOutput<typeof planLineSchema>;

export const headerSchema = v.object({
  companyId: foreignIdSchema,
  currency: currencySchema,
  date: dateSchema,
  dueDate: v.nullable(dateSchema),
  reference: v.string(),
  number: v.nullable(v.string()),
  taxBasis: v.picklist(taxBases),
  themeId: v.nullable(v.string()),
  url: v.nullable(v.string()),
  /** How often a contract or agreement is invoiced; an invoice has none. */
  cycle: v.optional(billingPeriodSchema),
  /** Its type, where the system has types of agreements. */
  typeId: v.optional(v.nullable(v.string())),
});
export type Header = v.InferOutput<typeof headerSchema>;

/** What a new document is for, so that a later order finds the one it may join. */
export const documentPurposes = ['order', 'running', 'month', 'yearly', 'credit'] as const;

/** The exact change to one document: what is there, what is added, what it needs from a person. */
export const planSchema = v.object({
  /** Names the document inside one preview: the document's id, or `new:` and its mark. */
  ref: v.string(),
  connectionId: connectionIdSchema,
  customerId: foreignIdSchema,
  documentKind: v.picklist(documentKinds),
  purpose: v.picklist(documentPurposes),
  target: v.variant('kind', [
    v.object({ kind: v.literal('new'), header: headerSchema, marker: markerSchema }),
    v.object({
      kind: v.literal('existing'),
      documentId: foreignIdSchema,
      number: v.nullable(v.string()),
      seen: v.string(),
    }),
  ]),
  postAs: v.picklist(['draft', 'submitted', 'approved', 'sent']),
  taskIds: v.array(taskIdSchema),
  lines: v.array(planLineSchema),
  /** What of the lines is not exported; see `DocumentWrite.leaves`. */
  leaves: v.optional(v.array(v.picklist(exportFields))),
  /** Without tax, as the lines say. */
  before: moneySchema,
  after: moneySchema,
  needs: v.array(needSchema),
  warnings: v.array(v.object({ code: v.string(), facts: v.record(v.string(), v.string()) })),
  /** Hash of everything above and of the snapshots it was made from. */
  fingerprint: v.string(),
});
export type Plan = v.InferOutput<typeof planSchema>;
