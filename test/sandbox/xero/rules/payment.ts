import { type JsonObject, numberOf, objectOf, textOf } from '../../json.ts';
import { moneyText, scaled } from '../amounts.ts';
import { readDate } from '../dates.ts';
import type { Organisation, Payment, SalesDocument } from '../state.ts';
import { lockErrors } from './approval.ts';
import { settle, settlementOf } from './totals.ts';
import { failed, type Outcome, type Work } from './work.ts';

/** A payment of an approved invoice, or a refund of an approved credit note; never more than is due. */
export function createPayment(work: Work, element: JsonObject): Outcome<Payment> {
  const document = documentOf(work.organisation, element);
  if (!document) return failed('The document to pay could not be found');
  const sent = objectOf(element, 'Account') ?? {};
  const account = work.organisation.accounts.find(
    ({ id, code }) =>
      id === textOf(sent, 'AccountID') || (code !== undefined && code === textOf(sent, 'Code')),
  );
  const amount = scaled(numberOf(element, 'Amount') ?? '', 2);
  const date = readDate(textOf(element, 'Date') ?? '');
  const errors: string[] = [];
  if (document.status !== 'AUTHORISED')
    errors.push('Payment can only be made against Authorised documents');
  if (account?.status !== 'ACTIVE' || (account.type !== 'BANK' && !account.enablePayments))
    errors.push(
      'The account type is invalid. The account must be a bank account or have payments enabled',
    );
  if (date === undefined) errors.push('Date is not valid');
  if (amount === undefined || amount <= 0n) errors.push('Payment amount must be greater than 0');
  else if (amount > settlementOf(work.organisation, document).due)
    errors.push('Payment amount exceeds the amount outstanding on this document');
  if (date !== undefined) errors.push(...lockErrors(work, [date]));
  if (errors.length > 0 || !account || amount === undefined || date === undefined)
    return failed(...errors);
  const payment: Payment = {
    id: work.world.guid(),
    documentId: document.id,
    accountId: account.id,
    date,
    amount,
    reference: textOf(element, 'Reference') ?? '',
    status: 'AUTHORISED',
    updatedMs: work.world.nowMs(),
  };
  work.organisation.payments.set(payment.id, payment);
  settle(work.organisation, document, date, work.world.nowMs());
  work.world.record({
    kind: 'payment.created',
    actor: work.actor,
    data: paymentSnapshot(work.organisation, payment),
  });
  return { status: 'done', value: payment };
}

/** A payment cannot be changed, only deleted (xero-php-oauth2 #91). */
export function deletePayment(work: Work, payment: Payment): Outcome<Payment> {
  if (payment.status === 'DELETED') return failed('Payment has already been deleted');
  payment.status = 'DELETED';
  payment.updatedMs = work.world.nowMs();
  const document = work.organisation.documents.get(payment.documentId);
  if (document) settle(work.organisation, document, payment.date, work.world.nowMs());
  work.world.record({
    kind: 'payment.deleted',
    actor: work.actor,
    data: paymentSnapshot(work.organisation, payment),
  });
  return { status: 'done', value: payment };
}

function documentOf({ documents }: Organisation, element: JsonObject): SalesDocument | undefined {
  const invoice = objectOf(element, 'Invoice');
  const note = objectOf(element, 'CreditNote');
  const id = textOf(invoice ?? {}, 'InvoiceID') ?? textOf(note ?? {}, 'CreditNoteID');
  const number =
    textOf(invoice ?? {}, 'InvoiceNumber') ??
    textOf(note ?? {}, 'CreditNoteNumber') ??
    textOf(element, 'InvoiceNumber');
  return [...documents.values()].find((one) =>
    id === undefined ? one.number === number : one.id === id.toLowerCase(),
  );
}

function paymentSnapshot(organisation: Organisation, payment: Payment) {
  return {
    tenantId: organisation.tenantId,
    id: payment.id,
    documentId: payment.documentId,
    amount: moneyText(payment.amount),
    date: payment.date,
    reference: payment.reference,
    status: payment.status,
  };
}
