import { html } from 'hono/html';
import { type AppConfig, GATEWAY, type TenantConfig } from '../config.ts';
import type { Html } from './layout.ts';

/** What a reseller copies into a tool that reads the marketplace for them. */
export function accessPage(
  { api, name }: TenantConfig,
  config: AppConfig,
  used: { minute: number; day: number },
): Html {
  const rows = (pairs: readonly (readonly [string, string])[]) =>
    html`<dl>${pairs.map(([term, value]) => html`<dt>${term}</dt><dd><code>${value}</code></dd>`)}</dl>`;
  return html`<h1>API access</h1>
<p>The Marketplace API of ${name}. Treat the password and the key like the key to your office.</p>
<div class="card"><h2>Connection</h2>
${rows([
  ['Base URL', config.apiBase],
  ['Marketplace', api.marketplaceCode],
  ['API user', api.user],
  ['Password', api.password],
  ['Subscription key', api.subscriptionKey],
])}</div>
<div class="card" style="margin-block-start:1rem"><h2>OpenID Connect</h2>
<p class="quiet">Instead of the token call, a tool may sign in at the identity service.</p>
${rows([
  ['Token URL', `${config.issuer}/auth/realms/${api.oidc.realm}/protocol/openid-connect/token`],
  ['Realm', api.oidc.realm],
  ['Client id', api.oidc.clientId],
  ['Client secret', api.oidc.clientSecret],
  ['Grant and scope', 'password, openid'],
])}</div>
<div class="card" style="margin-block-start:1rem"><h2>Use</h2>
<p>${used.minute} of ${GATEWAY.callsPerMinute} calls in the last minute, ${used.day} of ${GATEWAY.callsPerDay} today.</p></div>`;
}
