import { textOf } from '../../json.ts';
import { pdfOf } from '../../pdf.ts';
import { dateString, msMoment } from '../dates.ts';
import { documentSnapshot } from '../rules/snapshot.ts';
import type { SalesDocument } from '../state.ts';
import type { Handler } from './call.ts';
import { notFound, validationAnswer } from './errors.ts';
import { findDocument } from './find-document.ts';
import { readElements } from './strict.ts';

const NOTE_MAX = 2_500;

/** GET /Invoices/{InvoiceID}/pdf, and a single document asked for with `Accept: application/pdf`. */
export const documentPdf =
  (kind: SalesDocument['kind']): Handler =>
  (call) => {
    const document = findDocument(call, kind);
    if (!document) return notFound();
    const title = kind === 'invoice' ? 'Invoice' : 'Credit note';
    const text = `${call.organisation.name}  ${title} ${document.number}  ${dateString(document.date).slice(0, 10)}`;
    return { status: 200, file: { contentType: 'application/pdf', body: pdfOf(text) } };
  };

/** GET /Invoices/{InvoiceID}/OnlineInvoice: approved sales invoices. */
export const onlineInvoice: Handler = (call) => {
  const invoice = findDocument(call, 'invoice');
  if (!invoice) return notFound();
  if (invoice.status !== 'AUTHORISED' && invoice.status !== 'PAID')
    return validationAnswer('The invoice must be approved to have an online invoice');
  return {
    status: 200,
    body: { OnlineInvoices: [{ OnlineInvoiceUrl: `${call.world.baseUrl}/online/${invoice.id}` }] },
  };
};

/** POST /Invoices/{InvoiceID}/Email: not for drafts; 1,000 a day paying, 20 trial, 0 demo. */
export const emailInvoice: Handler = (call) => {
  const invoice = findDocument(call, 'invoice');
  if (!invoice) return notFound();
  const read = readElements(call, undefined);
  if ('status' in read) return read;
  if (
    invoice.status !== 'AUTHORISED' &&
    invoice.status !== 'SUBMITTED' &&
    invoice.status !== 'PAID'
  )
    return validationAnswer('Invoice not of valid status to be e-mailed');
  if (!call.organisation.contacts.get(invoice.contactId)?.texts.EmailAddress)
    return validationAnswer('The contact has no valid e-mail address');
  const day = new Date(call.world.nowMs()).toISOString().slice(0, 10);
  const { emailed, emailsADay } = call.organisation;
  const count = emailed.day === day ? emailed.count : 0;
  if (count >= emailsADay)
    return validationAnswer('Daily Email Rate Limit Exceeded. Please try again tomorrow');
  call.organisation.emailed = { day, count: count + 1 };
  invoice.sentToContact = true;
  invoice.updatedMs = call.world.nowMs();
  const data = { after: documentSnapshot(call.organisation, invoice) };
  call.world.record({ kind: 'invoice.emailed', actor: `api:${call.clientId}`, data });
  return { status: 204 };
};

export const documentHistory =
  (kind: SalesDocument['kind']): Handler =>
  (call) => {
    const document = findDocument(call, kind);
    if (!document) return notFound();
    const HistoryRecords = document.history.map(({ changes, details, user, atMs }) => ({
      Changes: changes,
      DateUTC: msMoment(atMs),
      User: user,
      Details: details,
    }));
    return { status: 200, body: { HistoryRecords } };
  };

/** PUT /Invoices/{InvoiceID}/History: at most 2,500 characters, cannot be changed or removed. */
export const addNote =
  (kind: SalesDocument['kind']): Handler =>
  (call) => {
    const document = findDocument(call, kind);
    if (!document) return notFound();
    const read = readElements(call, 'HistoryRecords');
    if ('status' in read) return read;
    const notes = read.elements.map((element) => textOf(element, 'Details') ?? '');
    if (notes.some((details) => details === '' || details.length > NOTE_MAX))
      return validationAnswer('Details must have 1 to 2500 characters');
    const atMs = call.world.nowMs();
    for (const details of notes) {
      document.history.unshift({ details, changes: 'Note', user: 'System Generated', atMs });
      const data = { tenantId: call.organisation.tenantId, id: document.id, details };
      call.world.record({ kind: `${kind}.noted`, actor: `api:${call.clientId}`, data });
    }
    return {
      status: 200,
      body: { HistoryRecords: notes.map((Details) => ({ Details, DateUTC: msMoment(atMs) })) },
    };
  };
