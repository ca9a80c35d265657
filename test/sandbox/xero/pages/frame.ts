import { html } from 'hono/html';
import type { Organisation } from '../state.ts';
import { type Markup, page } from './layout.ts';

export type Section = 'invoices' | 'creditnotes' | 'contacts' | 'repeating' | 'settings';

const SECTIONS: [Section, string][] = [
  ['invoices', 'Invoices'],
  ['creditnotes', 'Credit notes'],
  ['contacts', 'Contacts'],
  ['repeating', 'Repeating'],
  ['settings', 'Settings'],
];

/** A page inside one organisation, with its navigation and what was refused last. */
export function frame(options: {
  organisation: Organisation;
  section: Section;
  title: string;
  body: Markup;
  problem?: string | undefined;
}): Markup {
  const { organisation, section, title, body, problem } = options;
  return page({
    title,
    body: html`<header class="bar"><div>
        <strong>${organisation.name}</strong> <a href="/">Change organisation</a>
        <nav aria-label="Sections">
          ${SECTIONS.map(
            ([name, words]) =>
              html`<a href="/o/${organisation.tenantId}/${name}" ${name === section ? html`aria-current="page"` : ''}>${words}</a>`,
          )}
        </nav>
      </div></header>
      <main>
        ${problem ? html`<p class="card problem" role="alert">${problem}</p>` : ''}
        ${body}
      </main>`,
  });
}

/** A button that does one act of the bookkeeper and comes back to this page. */
export function actButton(options: {
  action: string;
  words: string;
  fields: Record<string, string>;
  back: string;
  primary?: boolean;
  label?: string;
}): Markup {
  const { action, words, fields, back, primary, label } = options;
  return html`<form method="post" action="/sandbox/person">
    ${hidden({ ...fields, action, back })}
    <button class="${primary ? 'primary' : ''}" aria-label="${label ?? words}">${words}</button>
  </form>`;
}

export const hidden = (fields: Record<string, string>): Markup =>
  html`${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}`;
