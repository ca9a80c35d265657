import type { MoneyView, PageOf } from './common.ts';
import type { OptionalRightView } from './connecting.ts';

/** An invoice of a mapped company as it stands in the system. */
export interface InvoiceRow {
  id: string;
  kind: 'invoice' | 'creditNote';
  number: string;
  customerId: string | null;
  customerName: string;
  state: 'draft' | 'open' | 'part-paid' | 'paid' | 'voided';
  overdue: boolean;
  date: string | null;
  dueDate: string | null;
  paidOn: string | null;
  total: MoneyView;
  balance: MoneyView;
  /** In the system: the invoice, or its company where no link leads to an invoice. */
  url: string | null;
  /** The document that it bills, where the system tells one. */
  document: { name: string; url: string } | null;
  /** Which of our lines it billed, the first of them; empty where the system does not tell. */
  lines: { text: string; amount: MoneyView; on: string | null }[];
  /** All of them. */
  linesTotal: number;
}
export interface InvoicesView extends PageOf<InvoiceRow> {
  /** Left out of everything where the system's invoices are not read. */
  available: boolean;
  /** Where somebody makes invoices of our lines; null where ours are the invoices. */
  madeIn: string | null;
  partPayments: boolean;
  tellsLines: boolean;
  readAt: string | null;
  lacks: OptionalRightView | null;
  months: number;
  /** What is left to pay of those shown without a filter by state, and what of it is overdue. */
  open: MoneyView[];
  overdue: MoneyView[];
  customer: { id: string; name: string } | null;
}
