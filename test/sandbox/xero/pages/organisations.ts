import { html } from 'hono/html';
import { type Markup, page } from '../../people/layout.ts';
import type { Organisation } from '../state.ts';

export function organisationsPage(organisations: readonly Organisation[]): Markup {
  return page({
    product: 'Xero',
    title: 'Organisations',
    body: html`<main class="narrow">
      <h1>Sandbox Xero</h1>
      <p class="quiet">A stand-in for Xero with a bookkeeper's view of what the API wrote. Choose an organisation.</p>
      ${organisations.map(
        (one) => html`<p class="card">
          <a href="/o/${one.tenantId}/invoices"><strong>${one.name}</strong></a><br />
          <small>${one.baseCurrency}, ${one.documents.size} documents, ${one.contacts.size} contacts</small>
        </p>`,
      )}
    </main>`,
  });
}
