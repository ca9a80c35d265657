import { html } from 'hono/html';
import { MARKETPLACE_NAME, TENANTS } from '../config.ts';
import type { Visitor } from '../host/visitors.ts';

export type Html = ReturnType<typeof html>;
export type Theme = 'light' | 'dark' | 'auto';

export interface PageContext {
  visitor: Visitor;
  theme: Theme;
  path: string;
}

const NAVIGATION = [
  ['/', 'Home'],
  ['/customers', 'Customers'],
  ['/subscriptions', 'Subscriptions'],
  ['/orders', 'Orders'],
  ['/integrations', 'Integrations'],
  ['/api-access', 'API access'],
  ['/simulator', 'Sandbox controls'],
] as const;

const LOGO = html`<svg viewBox="0 0 32 32" aria-hidden="true"><path d="M16 2 4 9v14l12 7 12-7V9zm0 4 8 4.7v3.1l-8-4.6-8 4.6v-3.1zm0 8.4 8 4.6v3.1l-8-4.6-8 4.6V19z"/></svg>`;

/** The frame of every page: brand, who is signed in, and the ways to go. */
export function layout(
  page: PageContext,
  {
    title,
    body,
    scripts = [],
    isFrame = false,
  }: { title: string; body: Html; scripts?: readonly string[]; isFrame?: boolean },
): Html {
  const here = (path: string) =>
    path === '/'
      ? page.path === '/'
      : page.path.startsWith(path) || (path === '/integrations' && page.path.startsWith('/apps/'));
  return html`<!doctype html>
<html lang="en" data-theme="${page.theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${MARKETPLACE_NAME}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/market.css">
${['controls.js', ...scripts].map((script) => html`<script type="module" src="/assets/${script}"></script>`)}
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="top">
  <a class="brand" href="/">${LOGO}${MARKETPLACE_NAME}</a>
  <div class="who">
    <label class="inline"><span>Signed in</span>
      <select data-act="user" aria-label="Signed in as">
        ${TENANTS.map(
          (tenant) => html`<optgroup label="${tenant.name}">
            ${tenant.users.map(
              (user) =>
                html`<option value="${user.id}" ${user.id === page.visitor.user.id ? 'selected' : ''}>${user.name}, ${tenant.name}</option>`,
            )}
          </optgroup>`,
        )}
      </select>
    </label>
    <select data-act="theme" aria-label="Colours">
      ${(['auto', 'light', 'dark'] as const).map(
        (theme) =>
          html`<option value="${theme}" ${theme === page.theme ? 'selected' : ''}>${{ auto: 'Auto', light: 'Light', dark: 'Dark' }[theme]}</option>`,
      )}
    </select>
  </div>
</header>
<div class="shell">
  <nav class="side" aria-label="Main"><ul>
    ${NAVIGATION.map(
      ([path, name]) =>
        html`<li><a href="${path}" ${here(path) ? html`aria-current="page"` : ''}>${name}</a></li>`,
    )}
  </ul></nav>
  <main id="content" class="${isFrame ? 'frame' : ''}">${body}</main>
</div>
</body>
</html>`;
}

/** `1234.5` of a currency, grouped: the amounts are decimal text and stay it. */
export function money({ currency, amount }: { currency: string; amount: string }): string {
  const [whole = '0', fraction] = amount.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${currency} ${grouped}${fraction ? `.${fraction}` : ''}`;
}

const TONES: Record<string, string> = {
  completed: 'good',
  active: 'good',
  enabled: 'good',
  processing: 'warn',
  submitted: 'warn',
  pending: 'warn',
  error: 'warn',
  creditHold: 'warn',
  hold: 'warn',
  disabled: 'warn',
};

export function chip(text: string): Html {
  return html`<span class="chip" data-tone="${TONES[text] ?? ''}">${text}</span>`;
}

export const SAID = html`<output class="said" data-said role="status"></output>`;
