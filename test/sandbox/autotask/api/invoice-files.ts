import { pdfOf } from '../../pdf.ts';
import { rowOf } from '../read.ts';
import { amountText, type Row, textOf, wholeOf } from '../row.ts';
import { INVOICES } from '../schema/billing.ts';
import { type Answer, ok, refused } from './answer.ts';
import type { Call, Handler } from './call.ts';

/** `/Invoices/{id}/{file}` by its name in lower case; the invoice as a file, for who may see invoices (help: Invoices, special endpoints). */
export const INVOICE_FILES: Readonly<Record<string, (id: number) => Handler>> = {
  invoicepdf: (id) => (call) => withInvoice(call, id, pdf),
  invoicemarkuphtml: (id) => (call) => withInvoice(call, id, html),
  invoicemarkupxml: (id) => (call) => withInvoice(call, id, xml),
};

function withInvoice(call: Call, id: number, make: (call: Call, invoice: Row) => Answer): Answer {
  const invoice = rowOf(call.world, INVOICES, id);
  return invoice ? make(call, invoice) : refused('The invoice does not exist.');
}

function pdf(call: Call, invoice: Row): Answer {
  const number = textOf(invoice, 'invoiceNumber');
  const lines = linesOf(call, invoice).map(
    (line) => `${textOf(line, 'itemName')}: ${amountText(line, 'extendedPrice')}`,
  );
  const total = `Total ${amountText(invoice, 'invoiceTotal')}`;
  const file = Buffer.from(pdfOf([`Invoice ${number}`, ...lines, total].join(', ')), 'latin1');
  return ok({
    item: {
      id: invoice.id,
      contentType: 'application/pdf',
      fileName: `Invoice_${number}.pdf`,
      fileSize: file.byteLength,
      data: file.toString('base64'),
    },
  });
}

function html(call: Call, invoice: Row): Answer {
  const rows = linesOf(call, invoice).map(
    (line) =>
      `<tr><td>${escaped(textOf(line, 'itemName'))}</td><td>${amountText(line, 'extendedPrice')}</td></tr>`,
  );
  const head = `<h1>Invoice ${escaped(textOf(invoice, 'invoiceNumber'))}</h1>`;
  return ok({ invoiceMarkup: `${head}<table>${rows.join('')}</table>` });
}

function xml(call: Call, invoice: Row): Answer {
  const rows = linesOf(call, invoice).map(
    (line) =>
      `<Item><Name>${escaped(textOf(line, 'itemName'))}</Name><Amount>${amountText(line, 'extendedPrice')}</Amount></Item>`,
  );
  const number = escaped(textOf(invoice, 'invoiceNumber'));
  return ok({ invoiceMarkup: `<Invoice><Number>${number}</Number>${rows.join('')}</Invoice>` });
}

const linesOf = ({ world }: Call, invoice: Row): Row[] =>
  world.tables.all('BillingItems').filter((item) => wholeOf(item, 'invoiceID') === invoice.id);

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
