import { fineText, moneyText } from '../amounts.ts';
import type { Contact, Organisation, SalesDocument } from '../state.ts';
import { settlementOf } from './totals.ts';

/** What the journal keeps of a document: every amount as decimal text, nothing shared with the living state. */
export function documentSnapshot(organisation: Organisation, document: SalesDocument) {
  const { due, paid, credited } = settlementOf(organisation, document);
  return {
    tenantId: organisation.tenantId,
    kind: document.kind,
    id: document.id,
    number: document.number,
    status: document.status,
    contactId: document.contactId,
    contactName: organisation.contacts.get(document.contactId)?.name ?? '',
    date: document.date,
    dueDate: document.dueDate ?? null,
    lineAmountTypes: document.lineAmountTypes,
    currencyCode: document.currencyCode,
    reference: document.reference,
    brandingThemeId: document.brandingThemeId ?? null,
    url: document.url ?? null,
    sentToContact: document.sentToContact,
    clientId: document.clientId ?? null,
    subTotal: moneyText(document.subTotal),
    totalTax: moneyText(document.totalTax),
    total: moneyText(document.total),
    amountDue: moneyText(due),
    amountPaid: moneyText(paid),
    amountCredited: moneyText(credited),
    lines: document.lines.map((line) => ({
      lineItemId: line.id,
      description: line.description ?? null,
      quantity: line.quantity === undefined ? null : fineText(line.quantity),
      unitAmount: line.unitAmount === undefined ? null : fineText(line.unitAmount),
      itemCode: line.itemCode ?? null,
      accountCode: line.accountCode ?? null,
      taxType: line.taxType ?? null,
      taxAmount: moneyText(line.taxAmount),
      lineAmount: moneyText(line.lineAmount),
      discountRate: line.discountRate === undefined ? null : fineText(line.discountRate),
      discountAmount: line.discountAmount === undefined ? null : moneyText(line.discountAmount),
      tracking: line.tracking.map((one) => ({ ...one })),
    })),
  };
}

export type DocumentSnapshot = ReturnType<typeof documentSnapshot>;

export function contactSnapshot(organisation: Organisation, contact: Contact) {
  return {
    tenantId: organisation.tenantId,
    id: contact.id,
    name: contact.name,
    status: contact.status,
    texts: { ...contact.texts },
    persons: contact.persons.map((person) => ({ ...person })),
  };
}
