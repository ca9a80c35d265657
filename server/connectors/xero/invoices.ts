import type { Account } from '../../domain/connection.ts';
import type { CalendarDate } from '../../domain/dates.ts';
import { isZero } from '../../domain/decimal.ts';
import type { DocumentState } from '../../domain/document.ts';
import type { Invoice, InvoiceState } from '../../domain/invoice.ts';
import { money, zero } from '../../domain/money.ts';
import type { InvoicesRead, InvoicesWanted } from '../../domain/ports/invoices.ts';
import type { Client } from './client.ts';
import { creditNoteList, creditNotesFrom, invoiceList, invoicesFrom } from './lists.ts';
import { documentOfCreditNote, documentOfInvoice } from './map.ts';
import { documentPosition, positionOf } from './positions.ts';
import type { CreditNote, Invoice as VendorInvoice } from './schema.ts';
import { inSpans } from './spans.ts';

const states: Readonly<Record<Exclude<DocumentState, 'running' | 'deleted'>, InvoiceState>> = {
  draft: 'draft',
  submitted: 'draft',
  approved: 'open',
  paid: 'paid',
  voided: 'voided',
};

/**
 * Invoices and credit notes of mapped contacts with what is left to pay. A payment or an allocation
 * moves a document's time of change, so that changes alone are asked for after the first reading, in
 * two calls, whoever they are for.
 */
export async function changedInvoices(
  client: Client,
  { companies, since, from, open }: InvoicesWanted,
  { account, today }: { account: Account; today: CalendarDate },
): Promise<InvoicesRead> {
  const position = documentPosition.read(since);
  const all = { from, until: null };
  const [invoices, notes] = await Promise.all([
    since === null
      ? inSpans((span) => client.pages({ ...invoiceList, query: invoicesFrom(span) }), all, today)
      : client.pages({ ...invoiceList, since: position.invoices }),
    since === null
      ? inSpans(
          (span) => client.pages({ ...creditNoteList, query: creditNotesFrom(span) }),
          all,
          today,
        )
      : client.pages({ ...creditNoteList, since: position.creditNotes }),
  ]);
  const mapped = new Set(companies.map(({ id }) => id));
  const own = [
    ...invoices.records.flatMap((one) => (one.Type === 'ACCREC' ? [ofInvoice(one, account)] : [])),
    ...notes.records.flatMap((one) => (one.Type === 'ACCRECCREDIT' ? [ofNote(one, account)] : [])),
  ].filter(({ companyId }) => mapped.has(companyId));
  const wanted = new Set(open);
  return {
    records: own.flatMap(({ state, ...invoice }) =>
      state === 'deleted' ? [] : [{ ...invoice, state }],
    ),
    unreadable: [...invoices.unreadable, ...notes.unreadable],
    gone: own.flatMap(({ id, state }) => (state === 'deleted' && wanted.has(id) ? [id] : [])),
    calls: invoices.pages + notes.pages,
    position: documentPosition.write({
      invoices: positionOf(invoices, position.invoices),
      creditNotes: positionOf(notes, position.creditNotes),
    }),
  };
}

type Read = Omit<Invoice, 'state'> & { state: InvoiceState | 'deleted' };

const ofInvoice = (invoice: VendorInvoice, account: Account): Read =>
  common(documentOfInvoice(invoice, account), invoice.AmountDue, invoice.FullyPaidOnDate);
const ofNote = (note: CreditNote, account: Account): Read =>
  common(documentOfCreditNote(note, account), note.RemainingCredit, note.FullyPaidOnDate);

function common(
  document: ReturnType<typeof documentOfInvoice>,
  left: string | null | undefined,
  paidOn: Invoice['paidOn'] | undefined,
): Read {
  const { id, kind, number, companyId, currency, date, dueDate, total, lines, whole } = document;
  if (document.state === 'running') throw new RangeError('an invoice never runs');
  const state = document.state === 'deleted' ? 'deleted' : states[document.state];
  const isOpen = state === 'open' || state === 'draft';
  const balance = left == null ? (isOpen ? total : zero(currency)) : money(left, currency);
  return {
    id,
    kind: kind === 'creditNote' ? 'creditNote' : 'invoice',
    number,
    companyId,
    // A credit note that is used up is settled though Xero calls it authorised until then.
    state: state === 'open' && left != null && isZero(left) ? 'paid' : state,
    date,
    dueDate,
    total,
    balance,
    paidOn: paidOn ?? null,
    documentId: null,
    lines: whole
      ? lines.map((line) => ({ documentId: id, lineId: line.id, amount: line.amount, on: null }))
      : null,
  };
}
