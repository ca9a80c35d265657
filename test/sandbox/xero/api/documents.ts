import { renderDocument, type View } from '../render/document.ts';
import { writeDocument } from '../rules/document.ts';
import { settlementOf } from '../rules/totals.ts';
import type { SalesDocument } from '../state.ts';
import { writeBatch } from './batch.ts';
import { type Answer, type Call, flag, type Handler, parameter, unitPlacesOf } from './call.ts';
import { notFound } from './errors.ts';
import { findDocument } from './find-document.ts';
import { documentPdf } from './invoice-extras.ts';
import { listParameter, paged } from './paging.ts';
import { select } from './select.ts';
import { momentText } from './where-words.ts';

const NAMES = {
  invoice: { collection: 'Invoices', idName: 'InvoiceID' },
  creditnote: { collection: 'CreditNotes', idName: 'CreditNoteID' },
} as const;

/** GET /Invoices and /CreditNotes with their filters (xero_accounting.yaml); credit notes know fewer. */
export const listDocuments =
  (kind: SalesDocument['kind']): Handler =>
  (call) => {
    const own = [...call.organisation.documents.values()].filter(
      (document) => document.kind === kind,
    );
    const rows = select(call, own, {
      type: kind === 'invoice' ? 'Invoice' : 'CreditNote',
      fieldsOf: (document) => fieldsOf(call, document),
    });
    if ('status' in rows) return rows;
    const keep = filterOf(call);
    const { rows: shown, isPaged, pagination } = paged(call, rows.filter(keep));
    const detail = flag(call.query, 'summaryOnly') ? 'summary' : isPaged ? 'page' : 'list';
    const list = shown.map((document) => renderDocument(document, viewOf(call, detail)));
    const { collection } = NAMES[kind];
    return {
      status: 200,
      body: isPaged ? { pagination, [collection]: list } : { [collection]: list },
    };
  };

export const oneDocument =
  (kind: SalesDocument['kind']): Handler =>
  (call) => {
    if (/application\/pdf/i.test(call.accept)) return documentPdf(kind)(call);
    const document = findDocument(call, kind);
    return document ? shown(call, document) : notFound();
  };

/** PUT creates, POST creates or updates; POST with an id in the path changes that one only. */
export const writeDocuments =
  (kind: SalesDocument['kind']): Handler =>
  (call) => {
    const target = call.ids.length > 0 ? findDocument(call, kind) : undefined;
    if (call.ids.length > 0 && !target) return notFound();
    return writeBatch(call, {
      ...NAMES[kind],
      write: (work, element) => {
        const mode = call.method === 'PUT' ? 'create' : 'update';
        const outcome = writeDocument(work, {
          kind,
          element,
          mode,
          ...(target ? { id: target.id } : {}),
        });
        if (outcome.status === 'failed') return outcome;
        const view = { ...viewOf(call, 'full'), organisation: work.organisation };
        const { document, warnings } = outcome.value;
        return { status: 'done', value: { rendered: renderDocument(document, view), warnings } };
      },
    });
  };

export function shown(call: Call, document: SalesDocument): Answer {
  return {
    status: 200,
    body: { [NAMES[document.kind].collection]: [renderDocument(document, viewOf(call, 'full'))] },
  };
}

const viewOf = (call: Call, detail: View['detail']): View => ({
  organisation: call.organisation,
  faults: call.faults,
  unitPlaces: unitPlacesOf(call),
  detail,
});

function filterOf(call: Call): (document: SalesDocument) => boolean {
  const ids = listParameter(call, 'IDs');
  const numbers = listParameter(call, 'InvoiceNumbers');
  const contacts = listParameter(call, 'ContactIDs');
  const statuses = listParameter(call, 'Statuses');
  const term = parameter(call.query, 'searchTerm')?.toLowerCase();
  const mine = flag(call.query, 'createdByMyApp');
  return (document) =>
    (ids === undefined || ids.has(document.id)) &&
    (numbers === undefined || numbers.has(document.number.toLowerCase())) &&
    (contacts === undefined || contacts.has(document.contactId)) &&
    (statuses === undefined || statuses.has(document.status.toLowerCase())) &&
    (!mine || document.clientId === call.clientId) &&
    // searchTerm: case-insensitive, in number and reference.
    (term === undefined ||
      `${document.number}\n${document.reference}`.toLowerCase().includes(term));
}

function fieldsOf(call: Call, document: SalesDocument) {
  const { due, paid, credited } = settlementOf(call.organisation, document);
  const contact = call.organisation.contacts.get(document.contactId);
  return {
    InvoiceID: document.id,
    CreditNoteID: document.id,
    InvoiceNumber: document.number,
    CreditNoteNumber: document.number,
    Type: document.kind === 'invoice' ? 'ACCREC' : 'ACCRECCREDIT',
    Status: document.status,
    Reference: document.reference,
    Date: document.date,
    DueDate: document.dueDate,
    CurrencyCode: document.currencyCode,
    'Contact.ContactID': document.contactId,
    'Contact.Name': contact?.name,
    'Contact.ContactNumber': contact?.texts.ContactNumber,
    AmountDue: due * 100n,
    AmountPaid: paid * 100n,
    Total: document.total * 100n,
    AmountCredited: credited * 100n,
    RemainingCredit: due * 100n,
    SubTotal: document.subTotal * 100n,
    TotalTax: document.totalTax * 100n,
    LineAmountTypes: document.lineAmountTypes,
    SentToContact: document.sentToContact,
    IsDiscounted: document.totalDiscount !== 0n,
    HasAttachments: document.attachments.length > 0,
    BrandingThemeID: document.brandingThemeId,
    RepeatingInvoiceID: document.repeatingInvoiceId,
    Url: document.url,
    FullyPaidOnDate: document.fullyPaidOn,
    UpdatedDateUTC: momentText(document.updatedMs),
  };
}
