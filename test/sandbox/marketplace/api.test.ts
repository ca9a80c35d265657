import { describe, expect, it } from 'vitest';
import { API_PATH, GATEWAY } from './config.ts';
import { runBilling } from './orders/billing-run.ts';
import { MARKETPLACE_URL, OTHER_TENANT, TENANT, testMarket } from './testing.ts';

describe('reading lists (SimpleAPI 1.15, getOrders and its like)', () => {
  it('answers ten, newest first, when no limit is asked for', async () => {
    const market = testMarket();
    const body = await (await market.get('/orders', { token: await market.token() })).json();
    expect(body.pagination).toMatchObject({ offset: 0, limit: 10 });
    expect(body.data).toHaveLength(10);
    const dates = body.data.map(({ creationDate }: { creationDate: string }) => creationDate);
    expect(dates).toEqual([...dates].sort().reverse());
  });

  it('pages with offset and limit through all of them once', async () => {
    const market = testMarket();
    const token = await market.token();
    const seen: string[] = [];
    for (let offset = 0; offset < 100; offset += 7) {
      const { data } = await (
        await market.get(`/orders?offset=${offset}&limit=7`, { token })
      ).json();
      seen.push(...data.map(({ id }: { id: string }) => id));
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(market.marketplace.market.account(TENANT.tenantId).orders.length);
  });

  it.each([
    '/orders?custumerId=1',
    '/orders?limit=0',
    '/orders?limit=x',
    '/orders?offset=-1',
    '/orders?creationTimeFrom=2026-11-01',
    '/orders?status=completed&status=error',
    '/subscriptions?creationDateFrom=yesterday',
    '/customers?modifiedSince=2026-11-01',
  ])('refuses %s with 400', async (path) => {
    const market = testMarket();
    expect((await market.get(path, { token: await market.token() })).status).toBe(400);
  });

  it('filters orders by each parameter that the description names', async () => {
    const market = testMarket();
    const token = await market.token();
    const filed = market.marketplace.market.account(TENANT.tenantId).orders[3];
    const order = filed?.order;
    for (const [name, value] of Object.entries({
      customerId: order?.customerId,
      subscriptionId: order?.subscriptionId,
      orderNumber: order?.orderNumber,
      status: order?.status,
      statusCode: order?.statusCode,
      creationTimeFrom: order?.creationDate,
      creationTimeTo: order?.creationDate,
    })) {
      const path = `/orders?limit=1000&${name}=${encodeURIComponent(value ?? '')}`;
      const { data } = await (await market.get(path, { token })).json();
      expect(
        data.map(({ id }: { id: string }) => id),
        name,
      ).toContain(order?.id);
    }
    const none = await (
      await market.get('/orders?creationTimeFrom=2030-01-01T00:00:00Z', { token })
    ).json();
    expect(none.pagination.total).toBe(0);
  });

  it('hides the orders of billing runs when it is told to, in the list and by their id', async () => {
    const market = testMarket();
    market.clock.advance({ months: 1 });
    const [billed] = runBilling(market.scene()).filter(({ type }) => type === 'unknown');
    const token = await market.token();
    expect((await market.get(`/orders/${billed?.id}`, { token })).status).toBe(200);
    market.marketplace.market.account(TENANT.tenantId).hideBillingOrders = true;
    expect((await market.get(`/orders/${billed?.id}`, { token })).status).toBe(404);
    const { data } = await (await market.get('/orders?limit=1000', { token })).json();
    expect(data.some(({ type }: { type: string }) => type === 'unknown')).toBe(false);
  });
});

describe('who may read', () => {
  it('carries X-Correlation-ID on answers and on refusals', async () => {
    const market = testMarket();
    for (const response of [
      await market.get('/orders'),
      await market.get('/orders', { token: await market.token() }),
    ])
      expect(response.headers.get('X-Correlation-ID')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('refuses a call without the subscription key, and one without the token, with 401', async () => {
    const market = testMarket();
    const token = await market.token();
    expect((await market.get('/orders', { token, key: 'wrong' })).status).toBe(401);
    expect((await market.get('/orders')).status).toBe(401);
    expect((await market.get('/orders', { token: `${token}x` })).status).toBe(401);
  });

  it('refuses a token together with the key of another reseller', async () => {
    const market = testMarket();
    const token = await market.token();
    expect(
      (await market.get('/orders', { token, key: OTHER_TENANT.api.subscriptionKey })).status,
    ).toBe(401);
  });

  it('lets a token go after 1,500 seconds', async () => {
    const market = testMarket();
    const token = await market.token();
    market.clock.advance({ ms: 1_499_000 });
    expect((await market.get('/orders', { token })).status).toBe(200);
    market.clock.advance({ ms: 1_000 });
    expect((await market.get('/orders', { token })).status).toBe(401);
  });

  it('gives the same rights for a token of the identity service (password grant)', async () => {
    const market = testMarket();
    const { oidc, user, password } = TENANT.api;
    const ask = (secret: string) =>
      market.marketplace.fetch(
        new Request(`${MARKETPLACE_URL}/auth/realms/${oidc.realm}/protocol/openid-connect/token`, {
          method: 'POST',
          body: new URLSearchParams({
            grant_type: 'password',
            username: user,
            password,
            client_id: oidc.clientId,
            client_secret: secret,
            scope: 'openid',
          }),
        }),
      );
    const { access_token, expires_in } = await (await ask(oidc.clientSecret)).json();
    expect(expires_in).toBe(1500);
    expect((await market.get('/customers', { token: access_token })).status).toBe(200);
    expect((await ask('wrong')).status).toBe(401);
  });

  it('answers the 61st call of a minute with 429 and Retry-After (the vendor recommends 60 a minute)', async () => {
    const market = testMarket();
    const token = await market.token();
    for (let call = 1; call < GATEWAY.callsPerMinute; call += 1)
      await market.get('/reports', { token });
    const refused = await market.get('/reports', { token });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
    market.clock.advance({ ms: 60_000 });
    expect((await market.get('/reports', { token })).status).toBe(200);
  });

  it('answers 403 when the 5,000 calls of a day are used up, until the next day', async () => {
    const market = testMarket();
    for (let call = 0; call < GATEWAY.callsPerDay; call += 1) {
      if (call % GATEWAY.callsPerMinute === 0) market.clock.advance({ ms: 60_000 });
      await market.get('/reports');
    }
    market.clock.advance({ ms: 60_000 });
    expect((await market.get('/reports')).status).toBe(403);
    market.clock.advance({ days: 1 });
    expect((await market.get('/reports', { token: await market.token() })).status).toBe(200);
  });

  it.each([
    ['a wrong password', { authorization: 'Basic eDp5' }, { marketplace: 'au' }, 401],
    ['a wrong marketplace', {}, { marketplace: 'xx' }, 400],
    ['a misspelt member', {}, { market: 'au' }, 400],
  ])('refuses a token for %s', async (_, headers, body, status) => {
    const market = testMarket();
    const { user, password, subscriptionKey } = TENANT.api;
    const response = await market.marketplace.fetch(
      new Request(`${MARKETPLACE_URL}${API_PATH}/token`, {
        method: 'POST',
        headers: {
          'X-Subscription-Key': subscriptionKey,
          authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
          ...headers,
        },
        body: JSON.stringify(body),
      }),
    );
    expect(response.status).toBe(status);
  });
});
