import { html, raw } from 'hono/html';
import { STYLE } from './style.ts';

/** What Hono's `html` gives; awaited when a part of it is. */
export type Markup = ReturnType<typeof html>;

/** One page of a sandbox system for the people who work in it: no script, own small style. */
export function page(options: { product: string; title: string; body: Markup }): Markup {
  const { product, title, body } = options;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title} - Sandbox ${product}</title>
        <style>${raw(STYLE)}</style>
      </head>
      <body>
        ${body}
      </body>
    </html>`;
}
