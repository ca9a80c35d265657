import { html } from 'hono/html';
import { dateOf } from '../../calendar.ts';
import { decimalText } from '../../decimal.ts';
import { actButton } from '../../people/forms.ts';
import type { Markup } from '../../people/layout.ts';
import { actForm, facts, link, number, table } from '../../people/parts.ts';
import { amountText, type Row, textOf, wholeOf } from '../row.ts';
import { balanceOf, paymentsOf } from '../rules/invoice.ts';
import type { World } from '../world.ts';
import { frame } from './frame.ts';
import { companyName, currencyOf, day, nameOf } from './words.ts';

const SHOWN_MAX = 500;
const STATUS = { field: 'status', record: 'BillingStatus' };

/** Agreement Invoicing for all agreements at once, and the invoices. */
export function invoicingPage(world: World, problem: string | undefined): Markup {
  const invoices = world.tables.all('Invoice').toReversed().slice(0, SHOWN_MAX);
  const body = html`<h1>Invoicing</h1>
    <h2>Agreement invoicing</h2>
    <p class="quiet">Makes an invoice of every agreement and period that has begun by the thru date.</p>
    <div class="card">${actForm({
      action: 'invoice',
      fields: {},
      back: '/invoicing',
      words: 'Create invoices',
      inputs: [{ name: 'through', words: 'Thru date', type: 'date', value: dateOf(world.nowMs()) }],
    })}</div>
    <h2>Invoices</h2>
    ${invoicesTable(world, invoices)}`;
  return frame({ world, section: 'invoicing', title: 'Invoicing', body, problem });
}

export const invoicesTable = (world: World, invoices: readonly Row[]): Markup =>
  table({
    label: 'Invoices',
    none: 'No invoice yet.',
    heads: ['Number', 'Company', 'Date', 'Due', number('Total'), number('Balance'), 'Status'],
    rows: invoices.map((invoice) => [
      link(`/invoices/${invoice.id}`, textOf(invoice, 'invoiceNumber')),
      companyName(world, invoice),
      day(invoice, 'date'),
      day(invoice, 'dueDate'),
      amountText(invoice, 'total'),
      decimalText(balanceOf(world, invoice)),
      nameOf(world, invoice, STATUS),
    ]),
  });

export function invoicePage(world: World, invoice: Row, problem: string | undefined): Markup {
  const title = `Invoice ${textOf(invoice, 'invoiceNumber')}`;
  const back = `/invoices/${invoice.id}`;
  const id = String(invoice.id);
  const agreementId = wholeOf(invoice, 'agreement') ?? 0;
  const balance = balanceOf(world, invoice);
  const body = html`<h1>${title} <span class="status">${nameOf(world, invoice, STATUS)}</span></h1>
    ${facts([
      ['Company', companyName(world, invoice)],
      [
        'Agreement',
        link(
          `/agreements/${agreementId}`,
          nameOf(world, invoice, { field: 'agreement', record: 'Agreement' }),
        ),
      ],
      ['Date', day(invoice, 'date')],
      ['Due', day(invoice, 'dueDate')],
      ['Currency', currencyOf(world, invoice)],
      ['Subtotal', amountText(invoice, 'subtotal')],
      ['Tax', amountText(invoice, 'salesTax')],
      ['Total', amountText(invoice, 'total')],
      ['Balance', decimalText(balance)],
    ])}
    ${linesTable(world, invoice)}
    <h2>Payments</h2>
    ${table({
      label: 'Payments',
      none: 'No payment.',
      heads: ['Date', number('Amount'), 'Applied by'],
      rows: paymentsOf(world, invoice.id).map((payment) => [
        day(payment, 'paymentDate'),
        amountText(payment, 'amount'),
        textOf(payment, 'appliedBy'),
      ]),
    })}
    ${
      balance.units > 0n
        ? html`<div class="card">${actForm({
            action: 'pay',
            fields: { id },
            back,
            words: 'Apply payment',
            inputs: [
              { name: 'amount', words: 'Amount', type: 'decimal', value: decimalText(balance) },
              { name: 'date', words: 'Date', type: 'date', value: dateOf(world.nowMs()) },
            ],
          })}</div>`
        : ''
    }
    <div class="row">${actButton({
      action: 'deleteInvoice',
      words: 'Delete invoice',
      fields: { id },
      back: `/agreements/${agreementId}`,
    })}</div>`;
  return frame({ world, section: 'invoicing', title, body, problem });
}

const linesTable = (world: World, invoice: Row): Markup =>
  table({
    label: 'Lines',
    none: 'No line.',
    heads: [
      'Description',
      'Period',
      number('Days'),
      number('Quantity'),
      number('Unit price'),
      number('Amount'),
      number('Tax'),
    ],
    rows: world.invoicings
      .linesOf(invoice.id)
      .map((line) => [
        line.description,
        `${line.period.start} to ${line.period.end}`,
        String(line.days),
        decimalText(line.quantity),
        decimalText(line.unitPrice),
        decimalText(line.amount),
        decimalText(line.tax),
      ]),
  });
