import * as v from 'valibot';
import type { JournalEntry } from './journal-entry.ts';

const lineSchema = v.object({
  lineItemId: v.string(),
  description: v.nullable(v.string()),
  itemCode: v.optional(v.nullable(v.string()), null),
  quantity: v.nullable(v.string()),
  unitAmount: v.nullable(v.string()),
  taxAmount: v.string(),
  lineAmount: v.string(),
  discountRate: v.nullable(v.string()),
  discountAmount: v.nullable(v.string()),
});
export type Line = v.InferOutput<typeof lineSchema>;

const documentSchema = v.object({
  tenantId: v.string(),
  kind: v.picklist(['invoice', 'creditnote']),
  id: v.string(),
  number: v.string(),
  status: v.string(),
  contactId: v.string(),
  contactName: v.string(),
  lineAmountTypes: v.string(),
  currencyCode: v.string(),
  reference: v.string(),
  subTotal: v.string(),
  totalTax: v.string(),
  total: v.string(),
  lines: v.array(lineSchema),
});
export type Document = v.InferOutput<typeof documentSchema>;

const changeSchema = v.object({ before: v.nullish(documentSchema), after: documentSchema });

/** One change of one document, and whether the app made it or a person. */
export interface Change {
  seq: number;
  byApp: boolean;
  before: Document | null;
  after: Document;
}

/** What truly happened to the documents of one organisation, oldest first. */
export function readChanges(journal: readonly JournalEntry[], organisation: string): Change[] {
  return journal.flatMap(({ seq, kind, actor, data }) => {
    if (!/^(invoice|creditnote)\.(created|updated|approved|voided|deleted)$/.test(kind)) return [];
    const { before, after } = v.parse(changeSchema, data);
    if (after.tenantId !== organisation) return [];
    return [{ seq, byApp: actor.startsWith('api:'), before: before ?? null, after }];
  });
}
