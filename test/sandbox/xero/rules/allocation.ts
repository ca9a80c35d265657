import { type JsonObject, numberOf, objectOf, textOf } from '../../json.ts';
import { moneyText, scaled } from '../amounts.ts';
import { readDate } from '../dates.ts';
import type { Allocation, SalesDocument } from '../state.ts';
import { settle, settlementOf } from './totals.ts';
import { failed, type Outcome, type Work } from './work.ts';

/** Part of a credit note set against an invoice of the same contact and currency; both must be approved. */
export function allocate(
  work: Work,
  note: SalesDocument,
  element: JsonObject,
): Outcome<Allocation> {
  const { organisation, world } = work;
  const invoiceId = textOf(objectOf(element, 'Invoice') ?? {}, 'InvoiceID')?.toLowerCase() ?? '';
  const invoice = organisation.documents.get(invoiceId);
  const amount = scaled(numberOf(element, 'Amount') ?? '', 2);
  const date = readDate(textOf(element, 'Date') ?? '');
  if (invoice?.kind !== 'invoice') return failed('The invoice could not be found');
  const errors: string[] = [];
  if (note.status !== 'AUTHORISED')
    errors.push('The credit note must be approved before it can be allocated');
  if (invoice.status !== 'AUTHORISED')
    errors.push('The invoice must be approved before credit can be allocated to it');
  if (invoice.contactId !== note.contactId)
    errors.push('The credit note and the invoice must have the same contact');
  if (invoice.currencyCode !== note.currencyCode)
    errors.push('The credit note and the invoice must have the same currency');
  if (date === undefined) errors.push('Date is not valid');
  if (amount === undefined || amount <= 0n) errors.push('The amount must be greater than 0');
  else if (amount > settlementOf(organisation, note).due)
    errors.push('The amount exceeds the remaining credit');
  else if (amount > settlementOf(organisation, invoice).due)
    errors.push('The amount exceeds the amount due on the invoice');
  if (errors.length > 0 || amount === undefined || date === undefined) return failed(...errors);
  const allocation: Allocation = {
    id: world.guid(),
    creditNoteId: note.id,
    invoiceId,
    amount,
    date,
  };
  organisation.allocations.set(allocation.id, allocation);
  for (const document of [note, invoice]) settle(organisation, document, date, world.nowMs());
  record(work, 'creditnote.allocated', allocation);
  return { status: 'done', value: allocation };
}

export function removeAllocation(work: Work, allocation: Allocation): void {
  work.organisation.allocations.delete(allocation.id);
  for (const id of [allocation.creditNoteId, allocation.invoiceId]) {
    const document = work.organisation.documents.get(id);
    if (document) settle(work.organisation, document, allocation.date, work.world.nowMs());
  }
  record(work, 'creditnote.unallocated', allocation);
}

function record(work: Work, kind: string, allocation: Allocation): void {
  const data = {
    tenantId: work.organisation.tenantId,
    ...allocation,
    amount: moneyText(allocation.amount),
  };
  work.world.record({ kind, actor: work.actor, data });
}
