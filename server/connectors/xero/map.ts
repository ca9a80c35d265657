import type { Account } from '../../domain/connection.ts';
import { compare, type Decimal, isNegative, isZero } from '../../domain/decimal.ts';
import type { Document, DocumentState } from '../../domain/document.ts';
import { AppError } from '../../domain/errors.ts';
import { money } from '../../domain/money.ts';
import { documentMarkOf } from '../kit/marks.ts';
import { documentLine, textOr } from './map-lines.ts';
import type { CreditNote, Invoice } from './schema.ts';

// Documents and lines, both ways, without any call.
// https://developer.xero.com/documentation/api/accounting/invoices

const states: Readonly<Record<Invoice['Status'], DocumentState>> = {
  DRAFT: 'draft',
  SUBMITTED: 'submitted',
  AUTHORISED: 'approved',
  PAID: 'paid',
  VOIDED: 'voided',
  DELETED: 'deleted',
};
const statusOf: Readonly<Record<Exclude<DocumentState, 'running'>, Invoice['Status']>> = {
  draft: 'DRAFT',
  submitted: 'SUBMITTED',
  approved: 'AUTHORISED',
  paid: 'PAID',
  voided: 'VOIDED',
  deleted: 'DELETED',
};
const bases = { Exclusive: 'exclusive', Inclusive: 'inclusive', NoTax: 'none' } as const;
const lineAmountTypes = { exclusive: 'Exclusive', inclusive: 'Inclusive', none: 'NoTax' } as const;

/** Xero's word for a state of ours. */
export function vendorStatus(state: DocumentState): string {
  if (state === 'running') throw new AppError('system.bug');
  return statusOf[state];
}
export const vendorBasis = (basis: Document['taxBasis']): string => lineAmountTypes[basis];

/** A sales invoice as it stands. `account` gives the date up to which the books are locked. */
export const documentOfInvoice = (invoice: Invoice, account: Account): Document => ({
  id: invoice.InvoiceID,
  kind: 'invoice',
  number: textOr(invoice.InvoiceNumber, null),
  url: textOr(invoice.Url, null),
  ...common(invoice, account, {
    paid: some(invoice.Payments) || positive(invoice.AmountPaid),
    allocated: positive(invoice.AmountCredited),
  }),
});

/** A sales credit note as it stands. */
export const documentOfCreditNote = (note: CreditNote, account: Account): Document => ({
  id: note.CreditNoteID,
  kind: 'creditNote',
  number: textOr(note.CreditNoteNumber, null),
  url: null,
  ...common(note, account, { paid: some(note.Payments), allocated: some(note.Allocations) }),
});

function common(
  from: Invoice | CreditNote,
  account: Account,
  applied: { paid: boolean; allocated: boolean },
) {
  const currency = from.CurrencyCode;
  const reference = from.Reference ?? '';
  const state = states[from.Status];
  const date = from.DateString ?? from.Date ?? null;
  const inLockedPeriod =
    date !== null && account.lockedUntil !== null && date <= account.lockedUntil;
  const changeable = state === 'draft' || state === 'submitted' || state === 'approved';
  const reason = applied.paid
    ? ('paid' as const)
    : applied.allocated
      ? ('allocated' as const)
      : inLockedPeriod
        ? ('period' as const)
        : null;
  const lines = (from.LineItems ?? []).map((line, index) => documentLine(line, index, currency));
  return {
    reference,
    marker: documentMarkOf(reference),
    companyId: from.Contact.ContactID,
    state,
    locked: changeable ? reason : null,
    currency,
    date,
    dueDate: from.DueDateString ?? from.DueDate ?? null,
    taxBasis: bases[from.LineAmountTypes],
    sent: from.SentToContact ?? false,
    net: money(from.SubTotal, currency),
    tax: money(from.TotalTax, currency),
    total: money(from.Total, currency),
    lines,
    // A list without lines answers an empty array, also for a document that has some.
    whole: lines.length > 0 || (from.LineItems != null && isZero(from.Total)),
    updatedAt: from.UpdatedDateUTC,
  };
}

const positive = (amount: Decimal | null | undefined): boolean =>
  amount != null && !isNegative(amount) && compare(amount, '0') === 1;
const some = (list: readonly unknown[] | null | undefined): boolean => (list?.length ?? 0) > 0;
