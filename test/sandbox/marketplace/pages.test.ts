import { describe, expect, it } from 'vitest';
import { must } from '../must.ts';
import { SECRET_CANARY } from './seed/customers.ts';
import {
  APP_URL,
  MARKETPLACE_URL,
  OTHER_TENANT,
  TENANT,
  type TestMarket,
  testMarket,
} from './testing.ts';

const visit = (market: TestMarket, path: string, cookie?: string) =>
  market.marketplace.fetch(
    new Request(MARKETPLACE_URL + path, cookie ? { headers: { Cookie: cookie } } : {}),
  );
const cookieOf = (market: TestMarket, userId: string) =>
  must(market.marketplace.visitors.switchTo(userId).setCookie.split(';')[0], 'a cookie');

const MANIFEST = {
  name: 'Ledgerport',
  version: '1.2.3',
  vendor: { name: 'Ledgerport' },
  scopes: ['orders:read', 'something:new'],
  data: { retentionDays: 30 },
};

function appWithManifest(market: TestMarket) {
  market.appAnswers((request) =>
    request.url.endsWith('/.well-known/marketplace-app.json')
      ? Response.json(MANIFEST)
      : Response.json({}),
  );
}

describe("the reseller's pages", () => {
  it.each([
    '/',
    '/customers',
    '/subscriptions',
    '/orders',
    '/integrations',
    '/integrations/psa',
    '/integrations/psa/xero',
    '/api-access',
    '/apps/ledgerport',
  ])('%s shows for each reseller, without the contact secrets of customers', async (path) => {
    const market = testMarket();
    for (const userId of ['bluegum-owner', 'wattle-reader']) {
      const response = await visit(market, path, cookieOf(market, userId));
      const text = await response.text();
      expect(response.status).toBe(200);
      expect(text).toContain('<h1>');
      expect(text).not.toContain(SECRET_CANARY);
    }
  });

  it('shows a reseller nothing of another one', async () => {
    const market = testMarket();
    const [filed] = market.marketplace.market.account(TENANT.tenantId).orders;
    const path = `/orders/${filed?.order.id}`;
    expect((await visit(market, path, cookieOf(market, 'bluegum-owner'))).status).toBe(200);
    expect((await visit(market, path, cookieOf(market, 'wattle-owner'))).status).toBe(404);
  });

  it('lists Xero behind "Get PSA Integrations", and leads by Install now to what the app asks for', async () => {
    const market = testMarket();
    appWithManifest(market);
    expect(await (await visit(market, '/integrations')).text()).toContain('Get PSA Integrations');
    expect(await (await visit(market, '/integrations/psa')).text()).toContain(
      'href="/integrations/psa/xero"',
    );
    expect(await (await visit(market, '/integrations/psa/xero')).text()).toContain('Install now');
    const consent = await (await visit(market, '/integrations/psa/xero/install')).text();
    expect(consent).toContain('Read your orders');
    expect(consent).toContain('something:new');
    expect(consent).toContain(TENANT.name);
    expect(consent).toContain('Continue');
  });

  it('does not ask for consent when the app cannot say what it needs', async () => {
    const market = testMarket();
    market.appAnswers(() => new Response('', { status: 500 }));
    const consent = await (await visit(market, '/integrations/psa/xero/install')).text();
    expect(consent).not.toContain('Continue');
    expect(consent).toContain('Nothing was installed');
  });

  it('frames the app with its exact address and sandbox, only while it is enabled', async () => {
    const market = testMarket();
    expect(await (await visit(market, '/apps/ledgerport')).text()).not.toContain('<iframe');
    await market.marketplace.installations.addTile(TENANT, 'xero', 'bluegum-owner');
    const response = await visit(market, '/apps/ledgerport');
    const text = await response.text();
    expect(text).toContain(`data-src="${APP_URL}/embed?mp=sandbox"`);
    expect(text).toContain(
      'sandbox="allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads"',
    );
    expect(response.headers.get('Content-Security-Policy')).toContain(`frame-src ${APP_URL}`);
    expect(
      await (await visit(market, '/apps/ledgerport', cookieOf(market, 'wattle-owner'))).text(),
    ).not.toContain('<iframe');
  });

  it('lets only the owner install, disable and remove', async () => {
    const market = testMarket();
    const act = (userId: string, action: string) =>
      market.marketplace.fetch(
        new Request(`${MARKETPLACE_URL}/host/tile`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', Cookie: cookieOf(market, userId) },
          body: JSON.stringify({ module: 'xero', action }),
        }),
      );
    expect((await act('bluegum-billing', 'install')).status).toBe(403);
    expect(market.sentToApp).toEqual([]);
    for (const [action, state] of [
      ['install', 'enabled'],
      ['disable', 'disabled'],
      ['enable', 'enabled'],
      ['remove', 'uninstalled'],
      ['redact', 'none'],
      ['install', 'enabled'],
    ]) {
      expect((await act('bluegum-owner', action ?? '')).status).toBe(200);
      expect(market.marketplace.installations.of(TENANT.tenantId).state).toBe(state);
    }
  });

  it('shows what a tool needs to read the API, each reseller its own', async () => {
    const market = testMarket();
    const text = await (
      await visit(market, '/api-access', cookieOf(market, 'wattle-owner'))
    ).text();
    for (const value of [
      OTHER_TENANT.api.user,
      OTHER_TENANT.api.password,
      OTHER_TENANT.api.subscriptionKey,
      `${MARKETPLACE_URL}/simpleapi`,
    ])
      expect(text).toContain(value);
    expect(text).not.toContain(TENANT.api.subscriptionKey);
  });
});
