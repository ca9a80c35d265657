import { html } from 'hono/html';
import { type Markup, page } from './layout.ts';

export interface Section {
  words: string;
  href: string;
  isCurrent: boolean;
}

/** A page inside one account of a system, with its navigation and what was refused last. */
export function framed(options: {
  product: string;
  account: string;
  /** A way out to the other accounts, where there are some. */
  out?: { words: string; href: string };
  sections: readonly Section[];
  title: string;
  body: Markup;
  problem?: string | undefined;
}): Markup {
  const { product, account, out, sections, title, body, problem } = options;
  return page({
    product,
    title,
    body: html`<header class="bar"><div>
        <strong>${account}</strong> ${out ? html`<a href="${out.href}">${out.words}</a>` : ''}
        <nav aria-label="Sections">
          ${sections.map(
            ({ words, href, isCurrent }) =>
              html`<a href="${href}" ${isCurrent ? html`aria-current="page"` : ''}>${words}</a>`,
          )}
        </nav>
      </div></header>
      <main>
        ${problem ? html`<p class="card problem" role="alert">${problem}</p>` : ''}
        ${body}
      </main>`,
  });
}
