import { html } from 'hono/html';
import type { Markup } from './layout.ts';

/** A button that does one act of a person and comes back to its page. */
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
