import { dateOf } from '../../calendar.ts';
import { pdfOf } from '../../pdf.ts';
import { runInvoicing } from '../billing/invoice.ts';
import { nextInvoiceDate } from '../billing/periods.ts';
import { amountText, textOf } from '../row.ts';
import { type Answer, file, ok, refused } from './answer.ts';
import type { Call } from './call.ts';
import { notFound, refusal } from './refusal.ts';
import { workOf } from './write.ts';

/** POST /finance/agreements/{id}/invoice: invoices the next period and answers the id of the invoice (description: an integer). */
export function createInvoice(call: Call, agreementId: number): Answer {
  const { world } = call;
  const agreement = world.tables.get('Agreement', agreementId);
  if (!agreement) return refused(notFound(`Agreement ${agreementId}`));
  const next = nextInvoiceDate(world, agreement);
  const through = next > dateOf(world.nowMs()) ? next : dateOf(world.nowMs());
  const [first] = runInvoicing({ ...workOf(call), through, agreementId });
  return first
    ? ok(first.id)
    : refused(refusal(400, 'The agreement has nothing to invoice for this period.'));
}

/** GET /finance/invoices/{id}/pdf: the file itself. */
export function invoicePdf({ world }: Call, id: number): Answer {
  const invoice = world.tables.get('Invoice', id);
  if (!invoice) return refused(notFound(`Invoice ${id}`));
  const number = textOf(invoice, 'invoiceNumber');
  const pdf = pdfOf(`Invoice ${number}, total ${amountText(invoice, 'total')}`);
  return file(new TextEncoder().encode(pdf), 'application/pdf', `Invoice_${number}.pdf`);
}
