import { html } from 'hono/html';
import type { Html } from '../marketplace/pages/layout.ts';
import type { ArrivedMail } from './mailbox.ts';

/** What arrived, newest first; a mail's own HTML stands in a frame that runs and fetches nothing. */
export const mailPage = (mails: readonly ArrivedMail[]): Html => html`<h1>Mailbox</h1>
<p>Every mail that anybody in this world was sent. Nothing leaves this machine.</p>
${
  mails.length === 0
    ? html`<p class="quiet">Nothing arrived yet.</p>`
    : mails.toReversed().map(
        ({ subject, from, to, at, html: content, text }) => html`<section class="card">
  <h2>${subject}</h2><p class="quiet">From ${from} to ${to.join(', ')}, ${at}</p>
  <p>${[...text.matchAll(/https?:\/\/\S+/g)].map(([link]) => html`<a class="button" href="${link}">Open</a> `)}</p>
  <iframe title="${subject}" sandbox="" style="inline-size:100%;block-size:26rem;border:1px solid #8884" srcdoc="${content}"></iframe>
</section>`,
      )
}`;
