import { html } from 'hono/html';
import { hidden } from './forms.ts';
import type { Markup } from './layout.ts';

export interface FormField {
  name: string;
  words: string;
  value?: string;
  type?: 'text' | 'date' | 'decimal';
  /** A list to choose from: value and words. */
  choices?: readonly [string, string][];
  isWide?: boolean;
}

/** A form for one act; its fields are the act's. */
export function actForm(options: {
  action: string;
  fields: Record<string, string>;
  inputs: readonly FormField[];
  words: string;
  back: string;
}): Markup {
  const { action, fields, inputs, words, back } = options;
  return html`<form class="row" method="post" action="/sandbox/person">
    ${hidden({ ...fields, action, back })}
    ${inputs.map(inputOf)}
    <button class="primary">${words}</button>
  </form>`;
}

function inputOf({ name, words, value = '', type = 'text', choices, isWide }: FormField): Markup {
  if (choices)
    return html`<label class="field">${words}
      <select name="${name}">
        ${choices.map(([one, text]) => html`<option value="${one}" ${one === value ? 'selected' : ''}>${text}</option>`)}
      </select>
    </label>`;
  return html`<label class="field ${isWide ? 'wide' : type === 'decimal' ? 'small' : ''}">${words}
    <input name="${name}" type="${type === 'date' ? 'date' : 'text'}" value="${value}"
      ${type === 'decimal' ? html`inputmode="decimal"` : ''} />
  </label>`;
}

/** Rows under headings; `number` headings align to the end. An empty table says so. */
export function table(options: {
  heads: readonly (string | { words: string; isNumber: true })[];
  rows: readonly (readonly (string | Markup)[])[];
  label: string;
  none: string;
}): Markup {
  const { heads, rows, label, none } = options;
  if (rows.length === 0) return html`<p class="card">${none}</p>`;
  const words = (head: (typeof heads)[number]) => (typeof head === 'string' ? head : head.words);
  const style = (head: (typeof heads)[number]) => (typeof head === 'string' ? '' : 'number');
  return html`<div class="card scroll" tabindex="0" role="region" aria-label="${label}"><table class="stack">
    <thead><tr>${heads.map((head) => html`<th class="${style(head)}">${words(head)}</th>`)}</tr></thead>
    <tbody>${rows.map(
      (cells) =>
        html`<tr>${cells.map((cell, index) => {
          const head = heads[index] ?? '';
          return index === 0
            ? html`<td>${cell}</td>`
            : html`<td class="${style(head)}" data-name="${words(head)}">${cell}</td>`;
        })}</tr>`,
    )}</tbody>
  </table></div>`;
}

export const facts = (list: readonly [string, string | Markup][]): Markup =>
  html`<dl class="card facts">${list.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;

export const link = (href: string, words: string): Markup => html`<a href="${href}">${words}</a>`;

export const number = (words: string): { words: string; isNumber: true } => ({
  words,
  isNumber: true,
});
