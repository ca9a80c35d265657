import * as v from 'valibot';
import { type CalendarDate, dateSchema } from './dates.ts';
import { foreignIdSchema } from './ids.ts';
import { moneySchema } from './money.ts';

/** An invoice as it stands at the customer; a draft is not in their hands yet. */
export const invoiceStates = ['draft', 'open', 'paid', 'voided'] as const;
export type InvoiceState = (typeof invoiceStates)[number];

/** What an invoice billed of a line of a document that we know. */
export const invoiceLineSchema = v.object({
  documentId: foreignIdSchema,
  lineId: foreignIdSchema,
  /** Without tax. */
  amount: moneySchema,
  /** The day that the system billed it for; null where it tells none. */
  on: v.nullable(dateSchema),
});
export type InvoiceLine = v.InferOutput<typeof invoiceLineSchema>;

/** An invoice of a mapped company as the system made it; read back, never written. */
export const invoiceSchema = v.object({
  id: foreignIdSchema,
  kind: v.picklist(['invoice', 'creditNote']),
  number: v.nullable(v.string()),
  companyId: foreignIdSchema,
  state: v.picklist(invoiceStates),
  date: v.nullable(dateSchema),
  dueDate: v.nullable(dateSchema),
  /** With tax. */
  total: moneySchema,
  /** What is left to pay; the whole total where the system tells only "paid" or "not paid". */
  balance: moneySchema,
  paidOn: v.nullable(dateSchema),
  /** The agreement or contract that it bills, where the system tells one. */
  documentId: v.nullable(foreignIdSchema),
  /** Null where they were not asked for this time; what is known of them holds. */
  lines: v.nullable(v.array(invoiceLineSchema)),
});
export type Invoice = v.InferOutput<typeof invoiceSchema>;

/** Months of invoices that are kept; one that is still open stays whatever its date. */
export const invoiceMonths = 13;

/** Whether it can still be paid or posted: such an invoice is read again though nothing tells of it. */
export const isUnsettled = ({ state }: Pick<Invoice, 'state'>): boolean =>
  state === 'open' || state === 'draft';

export const isOverdue = (
  { state, dueDate }: Pick<Invoice, 'state' | 'dueDate'>,
  today: CalendarDate,
): boolean => state === 'open' && dueDate !== null && dueDate < today;
