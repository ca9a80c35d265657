import { html } from 'hono/html';
import type { Markup } from '../../people/layout.ts';
import { moneyText } from '../amounts.ts';
import { settlementOf } from '../rules/totals.ts';
import type { Organisation, SalesDocument } from '../state.ts';
import { frame } from './frame.ts';

const STATUSES: [string, string][] = [
  ['', 'All'],
  ['DRAFT', 'Draft'],
  ['SUBMITTED', 'Awaiting approval'],
  ['AUTHORISED', 'Awaiting payment'],
  ['PAID', 'Paid'],
  ['VOIDED', 'Voided'],
  ['DELETED', 'Deleted'],
];
const SHOWN_MAX = 500;

/** Invoices or credit notes of an organisation, newest first, by status. */
export function documentsPage(options: {
  organisation: Organisation;
  kind: SalesDocument['kind'];
  status: string;
  problem: string | undefined;
}): Markup {
  const { organisation, kind, status, problem } = options;
  const title = kind === 'invoice' ? 'Invoices' : 'Credit notes';
  const section = kind === 'invoice' ? 'invoices' : 'creditnotes';
  const all = [...organisation.documents.values()].filter((one) => one.kind === kind);
  const rows = all
    .filter((one) => status === '' || one.status === status)
    .reverse()
    .slice(0, SHOWN_MAX);
  const body = html`<h1>${title}</h1>
    <form class="row" method="get">
      <label class="field">Status
        <select name="status">
          ${STATUSES.map(([value, words]) => html`<option value="${value}" ${value === status ? 'selected' : ''}>${words}</option>`)}
        </select>
      </label>
      <button>Show</button>
    </form>
    ${rows.length === 0 ? html`<p class="card">Nothing here yet.</p>` : table(organisation, rows)}`;
  return frame({ organisation, section, title, body, problem });
}

function table(organisation: Organisation, rows: readonly SalesDocument[]): Markup {
  return html`<div class="card scroll"><table class="stack">
    <thead><tr><th>Number</th><th>Reference</th><th>To</th><th>Date</th><th>Status</th><th class="number">Total</th><th class="number">Due</th></tr></thead>
    <tbody>
      ${rows.map(
        (one) => html`<tr>
          <td><a href="/o/${organisation.tenantId}/documents/${one.id}">${one.number}</a></td>
          <td data-name="Reference">${one.reference}</td>
          <td data-name="To">${organisation.contacts.get(one.contactId)?.name ?? ''}</td>
          <td data-name="Date">${one.date}</td>
          <td><span class="status">${statusWords(one.status)}</span></td>
          <td class="number" data-name="Total">${moneyText(one.total)} ${one.currencyCode}</td>
          <td class="number" data-name="Due">${moneyText(settlementOf(organisation, one).due)}</td>
        </tr>`,
      )}
    </tbody>
  </table></div>`;
}

export const statusWords = (status: string): string =>
  STATUSES.find(([value]) => value === status)?.[1] ?? status;
