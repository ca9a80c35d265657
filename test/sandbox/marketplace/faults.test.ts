import { describe, expect, it } from 'vitest';
import { MARKETPLACE_FAULTS } from './api/faults.ts';
import { MARKETPLACE_URL, TENANT, testMarket } from './testing.ts';

describe('the faults of the marketplace', () => {
  it.each([
    ['status-500', 500],
    ['status-503', 503],
    ['token-expired', 401],
    ['rate-limit', 429],
    ['rate-limit-no-retry-after', 429],
    ['day-quota', 403],
  ])('%s answers %i as often as it is told, then no more', async (name, status) => {
    const market = testMarket();
    const token = await market.token();
    market.marketplace.setFault(name, { times: 2 });
    expect((await market.get('/orders', { token })).status).toBe(status);
    expect((await market.get('/orders', { token })).status).toBe(status);
    expect((await market.get('/orders', { token })).status).toBe(200);
  });

  it('keeps a fault to the operation that it is meant for', async () => {
    const market = testMarket();
    const token = await market.token();
    market.marketplace.setFault('status-500', { operation: 'getCustomers' });
    expect((await market.get('/orders', { token })).status).toBe(200);
    expect((await market.get('/customers', { token })).status).toBe(500);
  });

  it('says Retry-After for rate-limit and not for its twin', async () => {
    const market = testMarket();
    const token = await market.token();
    market.marketplace.setFault('rate-limit', { times: 1, retryAfterSeconds: 7 });
    expect((await market.get('/orders', { token })).headers.get('Retry-After')).toBe('7');
    market.marketplace.setFault('rate-limit-no-retry-after', { times: 1 });
    expect((await market.get('/orders', { token })).headers.has('Retry-After')).toBe(false);
  });

  it('html, error-document and broken-json are answers of 200 without the data', async () => {
    const market = testMarket();
    const token = await market.token();
    for (const name of ['html', 'error-document', 'broken-json']) {
      market.marketplace.setFault(name, { times: 1 });
      const response = await market.get('/orders', { token });
      expect(response.status).toBe(200);
      expect(await response.text()).not.toContain('pagination');
    }
  });

  it('time-out answers only when the caller hangs up', async () => {
    const market = testMarket();
    const token = await market.token();
    market.marketplace.setFault('time-out', true);
    const hangUp = new AbortController();
    const answer = market.marketplace.fetch(
      new Request(`${MARKETPLACE_URL}/simpleapi/orders`, {
        headers: {
          'X-Subscription-Key': TENANT.api.subscriptionKey,
          Authorization: `Bearer ${token}`,
        },
        signal: hangUp.signal,
      }),
    );
    const first = await Promise.race([
      answer,
      new Promise((done) => setTimeout(() => done('waits'), 50)),
    ]);
    expect(first).toBe('waits');
    hangUp.abort();
    await answer;
  });

  it('list-shift places an order between two pages, so that a record is met twice', async () => {
    const market = testMarket();
    const token = await market.token();
    market.marketplace.setFault('list-shift', { times: 1 });
    const first = await (await market.get('/orders?limit=5', { token })).json();
    const second = await (await market.get('/orders?limit=5&offset=5', { token })).json();
    expect(second.data[0].id).toBe(first.data[4].id);
    expect(second.pagination.total).toBe(first.pagination.total + 1);
  });

  it('duplicate-records repeats a record within a page', async () => {
    const market = testMarket();
    const token = await market.token();
    market.marketplace.setFault('duplicate-records', { times: 1 });
    const { data } = await (await market.get('/customers', { token })).json();
    expect(data.at(-1)).toEqual(data[0]);
  });

  it('malformed-record takes a needed member away, or puts in a word that nobody knows', async () => {
    const market = testMarket();
    const token = await market.token();
    market.marketplace.setFault('malformed-record', { times: 1, operation: 'getOrders' });
    const missing = await (await market.get('/orders', { token })).json();
    expect(missing.data[0]).not.toHaveProperty('customerId');
    expect(missing.data[1]).toHaveProperty('customerId');
    market.marketplace.setFault('malformed-record', {
      times: 1,
      operation: 'getCustomers',
      how: 'unknown-enum',
    });
    const odd = await (await market.get('/customers', { token })).json();
    expect(odd.data[0].status).toBe('somethingNew');
  });

  it('refuses a fault that it does not have', () => {
    const { marketplace } = testMarket();
    expect(() => marketplace.setFault('no-such-fault', true)).toThrow(RangeError);
    expect(marketplace.faults().map(({ name }) => name)).toEqual(
      MARKETPLACE_FAULTS.map(({ name }) => name),
    );
  });
});
