import { html } from 'hono/html';
import { actButton, hidden } from '../../people/forms.ts';
import type { Markup } from '../../people/layout.ts';
import { fineText, moneyText } from '../amounts.ts';
import { settlementOf } from '../rules/totals.ts';
import type { Line, Organisation, SalesDocument } from '../state.ts';
import { statusWords } from './documents.ts';
import { frame } from './frame.ts';

/** One invoice or credit note with its lines and everything a bookkeeper may do to it. */
export function documentPage(options: {
  organisation: Organisation;
  document: SalesDocument;
  problem: string | undefined;
}): Markup {
  const { organisation, document, problem } = options;
  const back = `/o/${organisation.tenantId}/documents/${document.id}`;
  const { due, paid, credited } = settlementOf(organisation, document);
  const isOpen =
    ['DRAFT', 'SUBMITTED', 'AUTHORISED'].includes(document.status) &&
    paid === 0n &&
    credited === 0n;
  const title = `${document.kind === 'invoice' ? 'Invoice' : 'Credit note'} ${document.number}`;
  const facts: [string, string][] = [
    ['To', organisation.contacts.get(document.contactId)?.name ?? ''],
    ['Date', document.date],
    ['Due date', document.dueDate ?? 'Not set'],
    ['Reference', document.reference || 'None'],
    ['Currency', document.currencyCode],
    [
      'Amounts are',
      { Exclusive: 'Tax exclusive', Inclusive: 'Tax inclusive', NoTax: 'No tax' }[
        document.lineAmountTypes
      ],
    ],
  ];
  const body = html`<h1>${title} <span class="status">${statusWords(document.status)}</span></h1>
    <dl class="card facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
    <div class="card scroll" tabindex="0" role="region" aria-label="Lines"><table class="stack">
      <thead><tr><th>Description</th><th>Item</th><th class="number">Quantity</th><th class="number">Unit price</th><th class="number">Discount</th><th>Account</th><th>Tax rate</th><th class="number">Tax</th><th class="number">Amount</th></tr></thead>
      <tbody>${document.lines.map((line) => lineRow(line))}</tbody>
      <tfoot>
        ${total('Subtotal', moneyText(document.subTotal))}
        ${total('Total tax', moneyText(document.totalTax))}
        ${total(`Total ${document.currencyCode}`, moneyText(document.total))}
        ${paid === 0n ? '' : total('Paid', moneyText(paid))}
        ${credited === 0n ? '' : total('Credited', moneyText(credited))}
        ${total(document.kind === 'invoice' ? 'Amount due' : 'Remaining credit', moneyText(due))}
      </tfoot>
    </table></div>
    <div class="row">${buttons(document, { back, isOpen })}</div>
    ${isOpen ? editing(document, back) : ''}`;
  const section = document.kind === 'invoice' ? 'invoices' : 'creditnotes';
  return frame({ organisation, section, title, body, problem });
}

function lineRow(line: Line): Markup {
  const discount = line.discountRate === undefined ? '' : `${fineText(line.discountRate)} %`;
  return html`<tr>
    <td class="text">${line.description ?? ''}</td>
    <td data-name="Item">${line.itemCode ?? ''}</td>
    <td class="number" data-name="Quantity">${line.quantity === undefined ? '' : fineText(line.quantity)}</td>
    <td class="number" data-name="Unit price">${line.unitAmount === undefined ? '' : fineText(line.unitAmount)}</td>
    <td class="number" data-name="Discount">${line.discountAmount === undefined ? discount : moneyText(line.discountAmount)}</td>
    <td data-name="Account">${line.accountCode ?? ''}</td>
    <td data-name="Tax rate">${line.taxType ?? ''}</td>
    <td class="number" data-name="Tax">${moneyText(line.taxAmount)}</td>
    <td class="number" data-name="Amount">${moneyText(line.lineAmount)}</td>
  </tr>`;
}

const total = (words: string, amount: string): Markup =>
  html`<tr><td colspan="8" class="number">${words}</td><td class="number">${amount}</td></tr>`;

function buttons(
  document: SalesDocument,
  { back, isOpen }: { back: string; isOpen: boolean },
): Markup {
  const button = (action: string, words: string, primary = false) =>
    actButton({ action, words, back, primary, fields: { id: document.id } });
  const isDraft = document.status === 'DRAFT' || document.status === 'SUBMITTED';
  return html`
    ${isDraft ? button('approve', 'Approve', true) : ''}
    ${document.status === 'DRAFT' ? button('submit', 'Submit for approval') : ''}
    ${document.status === 'AUTHORISED' ? button('pay', 'Pay in full', true) : ''}
    ${document.status === 'AUTHORISED' && isOpen ? button('void', 'Void') : ''}
    ${isDraft ? button('remove', 'Delete') : ''}`;
}

function editing(document: SalesDocument, back: string): Markup {
  const id = document.id;
  return html`<h2>Edit</h2>
    ${document.lines.map(
      (
        line,
        index,
      ) => html`<details class="card"><summary>Line ${index + 1}: ${(line.description ?? '').slice(0, 60)}</summary>
        <form class="row" method="post" action="/sandbox/person">
          ${hidden({ action: 'editLine', id, lineItemId: line.id, back })}
          ${fields(line)}
          <button class="primary">Save line ${index + 1}</button>
        </form>
        ${actButton({ action: 'deleteLine', words: `Delete line ${index + 1}`, back, fields: { id, lineItemId: line.id } })}
      </details>`,
    )}
    <details class="card"><summary>Add a line</summary>
      <form class="row" method="post" action="/sandbox/person">
        ${hidden({ action: 'addLine', id, back })}
        ${fields({ description: 'On-site visit', quantity: 10_000n, unitAmount: 1_500_000n, accountCode: '200' })}
        <button class="primary">Add line</button>
      </form>
    </details>`;
}

function fields(
  line: Pick<Line, 'description' | 'quantity' | 'unitAmount' | 'accountCode'>,
): Markup {
  return html`<label class="field wide">Description <textarea name="description" rows="2">
${line.description ?? ''}</textarea></label>
    <label class="field small">Quantity <input name="quantity" inputmode="decimal" value="${line.quantity === undefined ? '' : fineText(line.quantity)}" /></label>
    <label class="field small">Unit price <input name="unitAmount" inputmode="decimal" value="${line.unitAmount === undefined ? '' : fineText(line.unitAmount)}" /></label>
    <label class="field small">Account <input name="accountCode" value="${line.accountCode ?? ''}" /></label>`;
}
