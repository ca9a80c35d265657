import type { CompanyDraft } from '../../domain/company.ts';
import type { Document } from '../../domain/document.ts';
import { AppError } from '../../domain/errors.ts';
import type { Element } from '../../domain/intent.ts';
import type { ItemDraft } from '../../domain/item.ts';
import { rawNumber, stringifyOwn } from '../../domain/json.ts';
import { amountText } from '../../domain/money.ts';
import type { DocumentWrite, LineChange } from '../../domain/ports/write.ts';
import { asideOf, markersOf } from '../kit/elements.ts';
import { vendorBasis, vendorStatus } from './map.ts';
import { keptLine, vendorLine } from './map-lines.ts';
import { vendorContact, vendorItem } from './map-records.ts';

/**
 * The atomic elements of one document's write, in the order in which they must be sent. An element of
 * kind `send` or `allocate` behind a creation has no `documentId` yet: it is filled in from the outcome
 * of the creation with the same `ref`. Throws `system.bug` for what Xero cannot do at all.
 */
export function prepareDocument(write: DocumentWrite): Element[] {
  const { before } = write;
  const documentId = before?.id ?? null;
  const elements: Element[] = [];
  const add = (element: Pick<Element, 'kind' | 'batch' | 'body'>): void => {
    elements.push({
      ref: write.ref,
      ...element,
      documentId,
      touchedAt: before?.updatedAt ?? null,
      marker: write.open?.marker ?? before?.marker ?? '',
      lineMarkers: write.lines.flatMap(markersOf),
    });
  };
  const { collection } = formOf(write);

  if (write.open !== null)
    add({ kind: 'document-create', batch: `PUT ${collection}`, body: creation(write, write.open) });
  else if (before !== null && ends(write))
    add({ kind: 'remove', batch: `POST ${collection}`, body: stateChange(write, before) });
  else if (before !== null && write.lines.length > 0)
    add({ kind: 'document-change', batch: `POST ${collection}`, body: lineChange(write, before) });
  else if (before !== null && write.state !== null && write.state !== before.state)
    add({ kind: 'document-state', batch: `POST ${collection}`, body: stateChange(write, before) });

  if (write.allocate !== null)
    add({
      kind: 'allocate',
      batch: `PUT CreditNotes/Allocations ${write.ref}`,
      body: allocation(write.allocate),
    });
  if (write.send) add({ kind: 'send', batch: `POST Invoices/Email ${write.ref}`, body: '{}' });
  return elements;
}

/** https://developer.xero.com/documentation/api/accounting/contacts#put-contacts */
export const prepareContact = (draft: CompanyDraft): Element => ({
  ...asideOf(draft.number),
  kind: 'company-create',
  batch: 'PUT Contacts',
  body: stringifyOwn(vendorContact(draft)),
});

/** https://developer.xero.com/documentation/api/accounting/items#put-items */
export const prepareCatalogueItem = (draft: ItemDraft): Element => ({
  ...asideOf(draft.code),
  kind: 'item-create',
  batch: 'PUT Items',
  body: stringifyOwn(vendorItem(draft)),
});

const forms = {
  invoice: { collection: 'Invoices', type: 'ACCREC', id: 'InvoiceID', number: 'InvoiceNumber' },
  creditNote: {
    collection: 'CreditNotes',
    type: 'ACCRECCREDIT',
    id: 'CreditNoteID',
    number: 'CreditNoteNumber',
  },
} as const;

function formOf({ documentKind }: Pick<DocumentWrite, 'documentKind'>) {
  if (documentKind === 'invoice' || documentKind === 'creditNote') return forms[documentKind];
  throw new AppError('system.bug');
}

// The contact's id and nothing else: every other field there would change the contact itself.
function creation(write: DocumentWrite, open: NonNullable<DocumentWrite['open']>): string {
  const { type, number } = formOf(write);
  const invoice = write.documentKind === 'invoice';
  return stringifyOwn({
    Type: type,
    Contact: { ContactID: open.companyId },
    Date: open.date,
    ...(invoice && open.dueDate !== null ? { DueDate: open.dueDate } : {}),
    LineAmountTypes: vendorBasis(open.taxBasis),
    CurrencyCode: open.currency,
    Reference: open.reference,
    ...(open.number === null ? {} : { [number]: open.number }),
    ...(open.themeId === null ? {} : { BrandingThemeID: open.themeId }),
    ...(invoice && open.url !== null ? { Url: open.url } : {}),
    Status: vendorStatus(write.state ?? 'draft'),
    LineItems: linesAfter(write, []),
  });
}

// The present status is sent too: a missing one may be read as an illegal change.
// https://github.com/XeroAPI/Xero-Net/issues/339
function lineChange(write: DocumentWrite, before: Document): string {
  if (!before.whole) throw new AppError('system.bug');
  const { id } = formOf(write);
  return stringifyOwn({
    [id]: before.id,
    Status: vendorStatus(write.state ?? before.state),
    LineAmountTypes: vendorBasis(before.taxBasis),
    LineItems: linesAfter(write, before.lines),
  });
}

const stateChange = (write: DocumentWrite, before: Document): string =>
  stringifyOwn({
    [formOf(write).id]: before.id,
    Status: vendorStatus(write.state ?? before.state),
  });

// A line that is left out is deleted by Xero, so every line that stays is in the list.
function linesAfter(write: DocumentWrite, before: Document['lines']): object[] {
  const amended = new Map<string, Extract<LineChange, { change: 'amend' }>>();
  const removed = new Set<string>();
  const added: object[] = [];
  for (const line of write.lines) {
    if (line.change === 'remove') removed.add(line.lineId);
    else if (line.change === 'amend') amended.set(line.lineId, line);
    else added.push(vendorLine(checked(write, line), null));
  }
  const known = new Set(before.map(({ id }) => id));
  for (const id of [...removed, ...amended.keys()])
    if (!known.has(id)) throw new AppError('system.bug');
  const kept = before
    .filter(({ id }) => !removed.has(id))
    .map((line) => {
      const change = amended.get(line.id);
      return change === undefined ? keptLine(line) : vendorLine(checked(write, change), line);
    });
  const lines = [...kept, ...added];
  if (lines.length === 0) throw new AppError('system.bug');
  return lines;
}

// Credit notes take no discounts; whoever plans one states the price after it.
function checked(write: DocumentWrite, { content }: Exclude<LineChange, { change: 'remove' }>) {
  if (write.documentKind === 'creditNote' && content.discount !== null)
    throw new AppError('system.bug');
  return content;
}

/** https://developer.xero.com/documentation/api/accounting/creditnotes#allocations */
const allocation = ({ documentId, amount, date }: NonNullable<DocumentWrite['allocate']>): string =>
  stringifyOwn({
    Amount: rawNumber(amountText(amount)),
    Date: date,
    Invoice: { InvoiceID: documentId },
  });

const ends = ({ state }: DocumentWrite): boolean => state === 'deleted' || state === 'voided';
