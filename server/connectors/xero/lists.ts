import type { CalendarDate } from '../../domain/dates.ts';
import {
  contactSchema,
  creditNoteSchema,
  invoiceSchema,
  itemSchema,
  repeatingSchema,
} from './schema.ts';
import type { Span } from './spans.ts';

// The collections that are read in more than one place. They are ordered by id, because a list in the
// order of changes lets a record slip from one page to the one before while it is read.

export const invoiceList = {
  name: 'Invoices',
  schema: invoiceSchema,
  what: 'invoice',
  idName: 'InvoiceID',
  query: {
    where: 'Type=="ACCREC"',
    order: 'InvoiceID ASC',
    includeArchived: 'true',
    unitdp: '4',
  },
};

/** Those of some days. */
export const invoicesFrom = (span: Span) => ({
  ...invoiceList.query,
  where: `${invoiceList.query.where} AND ${datedIn(span)}`,
});
export const creditNotesFrom = (span: Span) => ({
  ...creditNoteList.query,
  where: datedIn(span),
});
const datedIn = ({ from, until }: Span): string =>
  `Date>=${dayOf(from)}${until === null ? '' : ` AND Date<${dayOf(until)}`}`;
function dayOf(day: CalendarDate): string {
  const [year, month, date] = day.split('-').map(Number);
  return `DateTime(${year},${month},${date})`;
}

/** Credit notes have neither a search nor a list of ids. */
export const creditNoteList = {
  name: 'CreditNotes',
  schema: creditNoteSchema,
  what: 'creditNote',
  idName: 'CreditNoteID',
  query: { order: 'CreditNoteID ASC', unitdp: '4' },
};

/** Archived ones too, so that a mapping to one is known to be broken. */
export const contactList = {
  name: 'Contacts',
  schema: contactSchema,
  what: 'contact',
  idName: 'ContactID',
  query: { order: 'ContactID ASC', includeArchived: 'true' },
};

/** Not paged: one call returns all. */
export const itemList = {
  name: 'Items',
  schema: itemSchema,
  what: 'item',
  idName: 'ItemID',
  query: { unitdp: '4' },
};

/** Not paged, and without a time of change. */
export const repeatingList = {
  name: 'RepeatingInvoices',
  schema: repeatingSchema,
  what: 'repeatingInvoice',
  idName: 'RepeatingInvoiceID',
};
