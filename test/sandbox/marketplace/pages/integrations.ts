import { html } from 'hono/html';
import type { AppConfig, Tile } from '../config.ts';
import type { Installation } from '../host/installations.ts';
import type { Visitor } from '../host/visitors.ts';
import { chip, type Html, type PageContext, SAID } from './layout.ts';
import type { ManifestView } from './manifest.ts';

export const APP_PATH = '/apps/ledgerport';
const SANDBOX =
  'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads';

export function integrationsPage(tiles: readonly Tile[], installation: Installation): Html {
  const placed = tiles.filter(({ module }) => installation.modules.includes(module));
  return html`<h1>Integrations</h1>
<p>Connect what you run your business with. An integration sees only what you agree to, and you can remove it at any time.</p>
${
  placed.length === 0
    ? html`<div class="card"><h2>Nothing is connected yet</h2><p class="quiet">Accounting and PSA products can take your orders over as invoices.</p>
        <p><a class="button primary" href="/integrations/psa">Get PSA Integrations</a></p></div>`
    : html`<ul class="cards">${placed.map((tile) => html`<li>${tileCard(tile, installation)}</li>`)}</ul>
        <p><a class="button" href="/integrations/psa">Get PSA Integrations</a></p>`
}`;
}

export function tilesPage(tiles: readonly Tile[], installation: Installation): Html {
  return html`<h1>PSA Integrations</h1>
<ul class="cards">${tiles.map((tile) => html`<li>${tileCard(tile, installation)}</li>`)}</ul>`;
}

function tileCard(tile: Tile, installation: Installation): Html {
  const isIn = installation.modules.includes(tile.module);
  return html`<div class="card"><div class="tile"><span class="mark" aria-hidden="true">${tile.name.slice(0, 1)}</span><div>
  <h2><a href="/integrations/psa/${tile.module}">${tile.name}</a></h2><p class="quiet">${tile.sentence}</p>
  ${isIn ? chip(installation.state) : ''}</div></div></div>`;
}

export function tilePage(tile: Tile, installation: Installation): Html {
  const isIn = installation.modules.includes(tile.module);
  return html`<h1>${tile.name}</h1>
<div class="card">
  <p>${tile.sentence}</p>
  <p class="quiet">By Ledgerport. Works with orders, subscriptions and customers of this marketplace.</p>
  ${
    isIn
      ? html`<p>${chip(installation.state)}</p><div class="row">
          <a class="button primary" href="${APP_PATH}?module=${tile.module}">Open</a>
          ${installation.state === 'enabled' ? tileButton(tile, 'disable', 'Disable') : tileButton(tile, 'enable', 'Enable')}
          ${tileButton(tile, 'remove', 'Uninstall')}</div>`
      : html`<div class="row"><a class="button primary" href="/integrations/psa/${tile.module}/install">Install now</a>
          ${installation.state === 'uninstalled' ? tileButton(tile, 'redact', 'Delete the data it kept') : ''}</div>`
  }
</div>${SAID}`;
}

function tileButton(tile: Tile, action: string, label: string): Html {
  return html`<form data-path="/host/tile"><input type="hidden" name="module" value="${tile.module}">
    <input type="hidden" name="action" value="${action}"><button type="submit">${label}</button></form>`;
}

export function consentPage(
  tile: Tile,
  manifest: ManifestView | undefined,
  { tenant, user }: Visitor,
): Html {
  if (!manifest)
    return html`<h1>Install ${tile.name}</h1><div class="card"><p>The app does not answer at the moment, so it cannot say what it needs. Nothing was installed.</p>
      <p><a class="button" href="/integrations/psa/${tile.module}/install">Try again</a></p></div>`;
  return html`<h1>Install ${tile.name}</h1>
<div class="card">
  <p><strong>${manifest.name}</strong> ${manifest.version} by ${manifest.vendor} will be able to:</p>
  <ul>${manifest.scopes.map(({ code, sentence }) => html`<li>${sentence} <code>${code}</code></li>`)}</ul>
  <p class="quiet">After you remove it, it keeps data for at most ${manifest.retentionDays} days.
    ${manifest.privacy ? html`<a href="${manifest.privacy}" rel="noreferrer">Privacy</a>` : ''}</p>
  <p>You consent as <strong>${user.name}</strong> for all of <strong>${tenant.name}</strong>.${user.role === 'owner' ? '' : ' Only an owner may do this.'}</p>
  <div class="row">
    <form data-path="/host/tile" data-then="${APP_PATH}?module=${tile.module}">
      <input type="hidden" name="module" value="${tile.module}"><input type="hidden" name="action" value="install">
      <button type="submit" class="primary">Continue</button></form>
    <a class="button" href="/integrations/psa/${tile.module}">Cancel</a>
  </div>
</div>${SAID}`;
}

/** The page that frames the app: exactly the address, the sandbox tokens and the messages of the embedding profile. */
export function appPage(
  page: PageContext,
  tile: Tile,
  installation: Installation,
  config: AppConfig & { screen: string },
): Html {
  if (installation.state !== 'enabled')
    return html`<div style="padding:2rem"><h1>Ledgerport</h1><div class="card"><p>The app is ${installation.state === 'none' ? 'not installed' : installation.state}.</p>
      <p><a class="button primary" href="/integrations/psa/${tile.module}">${installation.modules.length === 0 ? 'Install it' : 'Manage it'}</a></p></div></div>`;
  const hash = config.screen === '' ? '' : `#/${config.screen}`;
  const source = `${config.appBaseUrl}/embed?mp=${config.marketplaceId}${hash}`;
  return html`<div class="app-bar"><h1>${tile.name}</h1><a href="/integrations/psa/${tile.module}">Manage</a></div>
<iframe title="Ledgerport" sandbox="${SANDBOX}" data-src="${source}" data-app-origin="${config.appBaseUrl}"
  data-module="${tile.module}" data-theme="${page.theme}" data-locale="en-AU"></iframe>`;
}
