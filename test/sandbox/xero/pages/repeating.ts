import { html } from 'hono/html';
import type { Markup } from '../../people/layout.ts';
import { moneyText } from '../amounts.ts';
import type { Organisation } from '../state.ts';
import { frame } from './frame.ts';

export function repeatingPage(organisation: Organisation): Markup {
  const body = html`<h1>Repeating invoices</h1>
    <div class="card scroll"><table class="stack">
      <thead><tr><th>To</th><th>Reference</th><th>Every</th><th>Next</th><th class="number">Total</th></tr></thead>
      <tbody>
        ${organisation.repeating.map(
          (one) => html`<tr>
            <td>${organisation.contacts.get(one.contactId)?.name ?? ''}</td>
            <td data-name="Reference">${one.reference}</td>
            <td data-name="Every">${one.period} ${one.unit === 'MONTHLY' ? 'month' : 'week'}</td>
            <td data-name="Next">${one.nextDate}</td>
            <td class="number" data-name="Total">${moneyText(one.total)} ${one.currencyCode}</td>
          </tr>`,
        )}
      </tbody>
    </table></div>`;
  return frame({ organisation, section: 'repeating', title: 'Repeating invoices', body });
}
