import { rawNumber, textOf } from '../../json.ts';
import { momentString, msDate, msMoment } from '../dates.ts';
import { money, renderDocument } from '../render/document.ts';
import { createPayment, deletePayment } from '../rules/payment.ts';
import type { Organisation, Payment } from '../state.ts';
import { writeBatch } from './batch.ts';
import { type Answer, type Call, type Handler, workOf } from './call.ts';
import { notFound, validationAnswer } from './errors.ts';
import { paged } from './paging.ts';
import { select } from './select.ts';
import { readElements } from './strict.ts';
import { momentText } from './where-words.ts';

export const listPayments: Handler = (call) => {
  const rows = select(call, call.organisation.payments.values(), {
    type: 'Payment',
    fieldsOf: (payment) => ({
      PaymentID: payment.id,
      'Invoice.InvoiceID': payment.documentId,
      Status: payment.status,
      Date: payment.date,
      Reference: payment.reference,
      Amount: payment.amount * 100n,
      'Account.AccountID': payment.accountId,
      PaymentType: 'ACCRECPAYMENT',
      IsReconciled: false,
      UpdatedDateUTC: momentText(payment.updatedMs),
    }),
  });
  if ('status' in rows) return rows;
  const { rows: shown, isPaged, pagination } = paged(call, rows);
  const Payments = shown.map((payment) => renderPayment(payment, call, call.organisation));
  return { status: 200, body: isPaged ? { pagination, Payments } : { Payments } };
};

export const onePayment: Handler = (call) => {
  const payment = call.organisation.payments.get(call.ids[0]?.toLowerCase() ?? '');
  return payment ? answer(payment, call) : notFound();
};

/** PUT /Payments takes many, POST /Payments one. */
export const writePayments: Handler = (call) =>
  writeBatch(call, {
    collection: 'Payments',
    idName: 'PaymentID',
    write: (work, element) => {
      const outcome = createPayment(work, element);
      if (outcome.status === 'failed') return outcome;
      return {
        status: 'done',
        value: { rendered: renderPayment(outcome.value, call, work.organisation), warnings: [] },
      };
    },
  });

/** POST /Payments/{PaymentID} with Status DELETED is the only change. */
export const changePayment: Handler = (call) => {
  const payment = call.organisation.payments.get(call.ids[0]?.toLowerCase() ?? '');
  if (!payment) return notFound();
  const read = readElements(call, undefined);
  if ('status' in read) return read;
  if (textOf(read.elements[0] ?? {}, 'Status') !== 'DELETED')
    return validationAnswer('A payment can only be deleted');
  const outcome = deletePayment(workOf(call), payment);
  return outcome.status === 'failed'
    ? validationAnswer(outcome.errors.join(' '))
    : answer(payment, call);
};

const answer = (payment: Payment, call: Call): Answer => ({
  status: 200,
  body: { Payments: [renderPayment(payment, call, call.organisation)] },
});

function renderPayment(
  payment: Payment,
  call: Call,
  organisation: Organisation,
): Record<string, unknown> {
  const document = organisation.documents.get(payment.documentId);
  const account = organisation.accounts.find(({ id }) => id === payment.accountId);
  const view = { organisation, faults: call.faults, unitPlaces: 2, detail: 'page' } as const;
  const isRefund = document?.kind === 'creditnote';
  return {
    PaymentID: payment.id,
    Date: msDate(payment.date),
    BankAmount: money(payment.amount),
    Amount: money(payment.amount),
    Reference: payment.reference,
    CurrencyRate: rawNumber('1.0000000000'),
    PaymentType: isRefund ? 'ARCREDITPAYMENT' : 'ACCRECPAYMENT',
    Status: payment.status,
    UpdatedDateUTC: msMoment(payment.updatedMs),
    UpdatedDateUTCString: momentString(payment.updatedMs),
    HasAccount: true,
    IsReconciled: false,
    ...(account
      ? {
          Account: {
            AccountID: account.id,
            ...(account.code === undefined ? {} : { Code: account.code }),
            Name: account.name,
          },
        }
      : {}),
    ...(document ? { [isRefund ? 'CreditNote' : 'Invoice']: renderDocument(document, view) } : {}),
    HasValidationErrors: false,
  };
}
