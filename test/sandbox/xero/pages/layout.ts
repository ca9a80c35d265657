import { html, raw } from 'hono/html';
import { STYLE } from './style.ts';

/** What Hono's `html` gives; awaited when a part of it is. */
export type Markup = ReturnType<typeof html>;

/** One page of the sandbox Xero: no script, own small style. */
export function page({ title, body }: { title: string; body: Markup }): Markup {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title} - Sandbox Xero</title>
        <style>${raw(STYLE)}</style>
      </head>
      <body>
        ${body}
      </body>
    </html>`;
}
