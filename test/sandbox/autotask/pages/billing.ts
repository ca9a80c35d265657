import { html } from 'hono/html';
import { dateOf } from '../../calendar.ts';
import { actButton } from '../../people/forms.ts';
import type { Markup } from '../../people/layout.ts';
import { amountText, flagOf, type Row, textOf, wholeOf } from '../row.ts';
import type { World } from '../world.ts';
import { actForm, facts, frame, link, number, table } from './frame.ts';
import { companyName, currencyOf, day } from './words.ts';

const SHOWN_MAX = 500;

/** Approve & Post, what is posted and not invoiced, and the invoices. */
export function billingPage(world: World, problem: string | undefined): Markup {
  const open = world.tables.all('BillingItems').filter((item) => wholeOf(item, 'invoiceID') === 0);
  const invoices = world.tables.all('Invoices').toReversed().slice(0, SHOWN_MAX);
  const body = html`<h1>Billing</h1>
    <h2>Approve and post</h2>
    <p class="quiet">Makes billing items of every service period that has begun and every charge bought up to a day.</p>
    <div class="card">${actForm({
      action: 'post',
      fields: {},
      back: '/billing',
      words: 'Approve and post',
      inputs: [{ name: 'through', words: 'Up to', type: 'date', value: dateOf(world.nowMs()) }],
    })}</div>
    <h2>Posted, not invoiced</h2>
    ${itemsTable(world, open.slice(0, SHOWN_MAX))}
    ${open.length === 0 ? '' : html`<div class="row">${actButton({ action: 'invoice', words: 'Process invoices', fields: {}, back: '/billing', primary: true })}</div>`}
    <h2>Invoices</h2>
    ${table({
      label: 'Invoices',
      none: 'No invoice yet.',
      heads: ['Number', 'Company', 'Date', number('Total'), 'Paid', 'Status'],
      rows: invoices.map((invoice) => [
        link(`/invoices/${invoice.id}`, textOf(invoice, 'invoiceNumber')),
        companyName(world, invoice),
        textOf(invoice, 'invoiceDateTime').slice(0, 10),
        amountText(invoice, 'invoiceTotal'),
        day(invoice, 'paidDate'),
        statusOf(invoice),
      ]),
    })}`;
  return frame({ world, section: 'billing', title: 'Billing', body, problem });
}

export function invoicePage(world: World, invoice: Row, problem: string | undefined): Markup {
  const title = `Invoice ${textOf(invoice, 'invoiceNumber')}`;
  const back = `/invoices/${invoice.id}`;
  const id = String(invoice.id);
  const company = world.tables.get('Companies', wholeOf(invoice, 'companyID'));
  const lines = world.tables
    .all('BillingItems')
    .filter((item) => wholeOf(item, 'invoiceID') === invoice.id);
  const isPaid = invoice.values.paidDate !== null;
  const isOpen = !flagOf(invoice, 'isVoided');
  const today = dateOf(world.nowMs());
  const body = html`<h1>${title} <span class="status">${statusOf(invoice)}</span></h1>
    ${facts([
      ['Company', link(`/companies/${company?.id ?? 0}`, companyName(world, invoice))],
      ['Date', textOf(invoice, 'invoiceDateTime').slice(0, 10)],
      ['Due', day(invoice, 'dueDate')],
      ['Currency', currencyOf(world, company)],
      ['Tax', amountText(invoice, 'totalTaxValue')],
      ['Total', amountText(invoice, 'invoiceTotal')],
      ['Paid on', day(invoice, 'paidDate') || 'Not paid'],
    ])}
    ${itemsTable(world, lines)}
    <div class="row">
      ${isOpen && !isPaid ? actButton({ action: 'setPaid', words: 'Mark as paid today', fields: { id, date: today }, back, primary: true }) : ''}
      ${isOpen && isPaid ? actButton({ action: 'setPaid', words: 'Mark as not paid', fields: { id, date: '' }, back }) : ''}
      ${isOpen ? actButton({ action: 'voidInvoice', words: 'Void', fields: { id }, back }) : ''}
    </div>
    <details class="card"><summary>Renumber</summary>
      ${actForm({
        action: 'change',
        fields: { entity: 'Invoices', id },
        back,
        words: 'Save number',
        inputs: [
          { name: 'invoiceNumber', words: 'Number', value: textOf(invoice, 'invoiceNumber') },
        ],
      })}
    </details>`;
  return frame({ world, section: 'billing', title, body, problem });
}

function itemsTable(world: World, items: readonly Row[]): Markup {
  return table({
    label: 'Billing items',
    none: 'Nothing.',
    heads: [
      'Item',
      'Company',
      'Date',
      number('Quantity'),
      number('Rate'),
      number('Amount'),
      number('Tax'),
    ],
    rows: items.map((item) => [
      textOf(item, 'description') || textOf(item, 'itemName'),
      companyName(world, item),
      day(item, 'itemDate'),
      amountText(item, 'quantity'),
      amountText(item, 'rate'),
      amountText(item, 'extendedPrice'),
      amountText(item, 'taxDollars'),
    ]),
  });
}

function statusOf(invoice: Row): string {
  if (flagOf(invoice, 'isVoided')) return 'Voided';
  return invoice.values.paidDate === null ? 'Not paid' : 'Paid';
}
