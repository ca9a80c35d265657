import { deleteAllocation, putAllocations } from './allocations.ts';
import { listAttachments, oneAttachment, writeAttachment } from './attachments.ts';
import type { Handler } from './call.ts';
import { listContacts, oneContact, writeContacts } from './contacts.ts';
import { listDocuments, oneDocument, writeDocuments } from './documents.ts';
import {
  addNote,
  documentHistory,
  documentPdf,
  emailInvoice,
  onlineInvoice,
} from './invoice-extras.ts';
import { listItems, oneItem, writeItems } from './items.ts';
import { changePayment, listPayments, onePayment, writePayments } from './payments.ts';
import { repeatingInvoices } from './repeating-invoices.ts';
import * as settings from './settings.ts';

const ROUTES: [string, string, Handler][] = [
  ['GET', '/Organisation', settings.organisation],
  ['GET', '/Organisation/Actions', settings.actions],
  ['GET', '/Accounts', settings.accounts],
  ['GET', '/Accounts/{AccountID}', settings.accounts],
  ['GET', '/TaxRates', settings.taxRates],
  ['GET', '/TaxRates/{TaxType}', settings.taxRates],
  ['GET', '/Currencies', settings.currencies],
  ['GET', '/TrackingCategories', settings.trackingCategories],
  ['GET', '/TrackingCategories/{TrackingCategoryID}', settings.trackingCategories],
  ['GET', '/BrandingThemes', settings.brandingThemes],
  ['GET', '/BrandingThemes/{BrandingThemeID}', settings.brandingThemes],
  ['GET', '/RepeatingInvoices', repeatingInvoices],
  ['GET', '/RepeatingInvoices/{RepeatingInvoiceID}', repeatingInvoices],
  ['GET', '/Items', listItems],
  ['PUT', '/Items', writeItems],
  ['POST', '/Items', writeItems],
  ['GET', '/Items/{ItemID}', oneItem],
  ['POST', '/Items/{ItemID}', writeItems],
  ['GET', '/Contacts', listContacts],
  ['PUT', '/Contacts', writeContacts],
  ['POST', '/Contacts', writeContacts],
  ['GET', '/Contacts/{ContactID}', oneContact],
  ['POST', '/Contacts/{ContactID}', writeContacts],
  ['GET', '/Invoices', listDocuments('invoice')],
  ['PUT', '/Invoices', writeDocuments('invoice')],
  ['POST', '/Invoices', writeDocuments('invoice')],
  ['GET', '/Invoices/{InvoiceID}', oneDocument('invoice')],
  ['POST', '/Invoices/{InvoiceID}', writeDocuments('invoice')],
  ['GET', '/Invoices/{InvoiceID}/pdf', documentPdf('invoice')],
  ['GET', '/Invoices/{InvoiceID}/OnlineInvoice', onlineInvoice],
  ['POST', '/Invoices/{InvoiceID}/Email', emailInvoice],
  ['GET', '/Invoices/{InvoiceID}/History', documentHistory('invoice')],
  ['PUT', '/Invoices/{InvoiceID}/History', addNote('invoice')],
  ['GET', '/Invoices/{InvoiceID}/Attachments', listAttachments('invoice')],
  ['GET', '/Invoices/{InvoiceID}/Attachments/{FileName}', oneAttachment('invoice')],
  ['PUT', '/Invoices/{InvoiceID}/Attachments/{FileName}', writeAttachment('invoice')],
  ['POST', '/Invoices/{InvoiceID}/Attachments/{FileName}', writeAttachment('invoice')],
  ['GET', '/CreditNotes', listDocuments('creditnote')],
  ['PUT', '/CreditNotes', writeDocuments('creditnote')],
  ['POST', '/CreditNotes', writeDocuments('creditnote')],
  ['GET', '/CreditNotes/{CreditNoteID}', oneDocument('creditnote')],
  ['POST', '/CreditNotes/{CreditNoteID}', writeDocuments('creditnote')],
  ['GET', '/CreditNotes/{CreditNoteID}/pdf', documentPdf('creditnote')],
  ['GET', '/CreditNotes/{CreditNoteID}/History', documentHistory('creditnote')],
  ['PUT', '/CreditNotes/{CreditNoteID}/History', addNote('creditnote')],
  ['GET', '/CreditNotes/{CreditNoteID}/Attachments', listAttachments('creditnote')],
  ['GET', '/CreditNotes/{CreditNoteID}/Attachments/{FileName}', oneAttachment('creditnote')],
  ['PUT', '/CreditNotes/{CreditNoteID}/Attachments/{FileName}', writeAttachment('creditnote')],
  ['POST', '/CreditNotes/{CreditNoteID}/Attachments/{FileName}', writeAttachment('creditnote')],
  ['PUT', '/CreditNotes/{CreditNoteID}/Allocations', putAllocations],
  ['DELETE', '/CreditNotes/{CreditNoteID}/Allocations/{AllocationID}', deleteAllocation],
  ['GET', '/Payments', listPayments],
  ['PUT', '/Payments', writePayments],
  ['POST', '/Payments', writePayments],
  ['GET', '/Payments/{PaymentID}', onePayment],
  ['POST', '/Payments/{PaymentID}', changePayment],
];

export interface Route {
  template: string;
  ids: string[];
  handle: Handler;
}

/** The route of a path below /api.xro/2.0, with the values of its braces. */
export function routeOf(method: string, path: string): Route | undefined {
  const parts = path.split('/').map((part) => safeDecode(part));
  for (const [verb, template, handle] of ROUTES) {
    const wanted = template.split('/');
    if (verb !== method || wanted.length !== parts.length) continue;
    if (!wanted.every((part, index) => part.startsWith('{') || part === parts[index])) continue;
    return {
      template,
      handle,
      ids: parts.filter((_part, index) => wanted[index]?.startsWith('{')),
    };
  }
  return undefined;
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
