import { html } from 'hono/html';
import { type Markup, page } from '../../people/layout.ts';
import type { Organisation } from '../state.ts';
import type { AuthorizeRequest } from './access.ts';
import { SCOPE_WORDS } from './scopes.ts';
import { USERS } from './users.ts';

/** Sign-in and consent on one page: who, which organisation, what the app may do, Allow or Cancel. */
export function consentPage(options: {
  request: AuthorizeRequest;
  appName: string;
  organisations: readonly Organisation[];
}): Markup {
  const { request, appName, organisations } = options;
  const words = request.scopes.flatMap((scope) => SCOPE_WORDS[scope] ?? []);
  const body = html`<main class="narrow">
    <h1>${appName} wants access to your organisation</h1>
    <form method="post" action="/identity/connect/consent" class="card">
      <input type="hidden" name="request" value="${request.id}" />
      <fieldset>
        <legend>Sign in as</legend>
        ${USERS.map(
          (user, index) => html`<label class="choice">
            <input type="radio" name="user" value="${user.id}" ${index === 0 ? 'checked' : ''} />
            <span>${user.email} <small>${user.role}</small></span>
          </label>`,
        )}
      </fieldset>
      <fieldset>
        <legend>Organisation</legend>
        ${organisations.map(
          (organisation, index) => html`<label class="choice">
            <input type="radio" name="organisation" value="${organisation.tenantId}" ${index === 0 ? 'checked' : ''} />
            <span>${organisation.name} <small>${organisation.baseCurrency}</small></span>
          </label>`,
        )}
      </fieldset>
      <h2>${appName} will be able to</h2>
      <ul>${words.map((word) => html`<li>${word}</li>`)}</ul>
      <p class="row">
        <button class="primary" name="answer" value="allow">Allow access</button>
        <button name="answer" value="cancel">Cancel</button>
      </p>
    </form>
  </main>`;
  return page({ product: 'Xero', title: `Allow ${appName}?`, body });
}
