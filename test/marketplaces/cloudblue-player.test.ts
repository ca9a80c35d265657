import { afterAll, expect, test } from 'vitest';
import { instant } from '../../server/domain/dates.ts';
import { cloudblue } from '../../server/marketplaces/cloudblue/adapter.ts';
import { marketplaceBattery } from '../batteries/marketplace.ts';
import { createJudge } from '../contract/judge.ts';
import { createTestClock } from '../kit/test-clock.ts';
import { testCrypto } from '../kit/test-crypto.ts';
import { MARKETPLACE_URL, NOW_MS, TENANT, testMarket } from '../sandbox/marketplace/testing.ts';

const { user, password, subscriptionKey, marketplaceCode } = TENANT.api;
const credentials = { username: user, password, subscriptionKey, marketplace: marketplaceCode };
const dayMs = 86_400_000;
const judge = createJudge({ cloudblue: `${MARKETPLACE_URL}/simpleapi` });

// Every request keeps to the description, and none of those that are made is left out of the judging.
afterAll(() => {
  expect(judge.problems()).toEqual([]);
  expect(judge.operations('cloudblue')).toEqual([
    'GET /customers',
    'GET /orders',
    'GET /orders/{id}',
    'GET /products',
    'GET /subscriptions',
    'GET /subscriptions/{id}',
    'POST /token',
  ]);
});

function open(
  changes: { credentials?: Readonly<Record<string, string>>; spend?: () => Promise<void> } = {},
  market = testMarket(),
) {
  const { marketplace: player } = market;
  return cloudblue.open({
    apiBase: `${MARKETPLACE_URL}/simpleapi`,
    method: 'native',
    credentials,
    clock: createTestClock(new Date(NOW_MS).toISOString()),
    crypto: testCrypto,
    fetch: async (request) => {
      await judge.hear(request);
      return player.fetch(request);
    },
    spend: async () => {},
    ...changes,
  });
}

marketplaceBattery({
  name: 'CloudBlue on the sandbox',
  open,
  window: { from: NOW_MS - 31 * dayMs, to: NOW_MS },
  wrongCredentials: { ...credentials, password: 'wrong' },
  secretWords: /password|admin_login|"login"/,
});

test('a wrong subscription key asks somebody to reconnect', async () => {
  const marketplace = open({ credentials: { ...credentials, subscriptionKey: 'wrong' } });
  await expect(marketplace.test()).rejects.toMatchObject({ code: 'marketplace.credentials' });
});

test.each([
  ['status-500', {}, 'marketplace.unreachable'],
  ['status-503', { retryAfterSeconds: 30 }, 'marketplace.unreachable'],
  ['html', {}, 'marketplace.answer'],
  ['error-document', {}, 'marketplace.answer'],
  ['broken-json', {}, 'marketplace.answer'],
  ['token-expired', {}, 'marketplace.credentials'],
  ['wrong-credentials', {}, 'marketplace.credentials'],
  ['rate-limit', { retryAfterSeconds: 20 }, 'marketplace.limited'],
  ['rate-limit-no-retry-after', {}, 'marketplace.limited'],
  ['day-quota', {}, 'marketplace.quota'],
])('the fault %s %j is %s', async (fault, options, code) => {
  const market = testMarket();
  market.marketplace.setFault(fault, options);
  await expect(open({}, market).customers()).rejects.toMatchObject({ code });
});

test.each(['duplicate-records', 'list-shift'])(
  'under %s every order is read once',
  async (fault) => {
    const market = testMarket();
    const marketplace = open({}, market);
    const span = { from: instant(NOW_MS - 31 * dayMs), to: instant(NOW_MS) };
    const before = (await marketplace.orders(span)).records.map(({ id }) => id);
    market.marketplace.setFault(fault, {});
    const after = (await marketplace.orders(span)).records.map(({ id }) => id);
    expect(new Set(after).size).toBe(after.length);
    for (const id of before) expect(after).toContain(id);
  },
);

test.each(['missing-field', 'wrong-type'])(
  'a record spoiled by %s is kept, the rest is read',
  async (how) => {
    const market = testMarket();
    const marketplace = open({}, market);
    const before = await marketplace.customers();
    market.marketplace.setFault('malformed-record', { how });
    const after = await marketplace.customers();
    expect(after.records.length + after.unreadable.length).toBe(before.records.length);
  },
);

test('the OpenID way reads the same customers', async () => {
  const market = testMarket();
  const { realm, clientId, clientSecret } = TENANT.api.oidc;
  const marketplace = cloudblue.open({
    apiBase: `${MARKETPLACE_URL}/simpleapi`,
    method: 'oidc',
    credentials: {
      ...credentials,
      clientId,
      clientSecret,
      tokenUrl: `${MARKETPLACE_URL}/auth/realms/${realm}/protocol/openid-connect/token`,
    },
    clock: createTestClock(new Date(NOW_MS).toISOString()),
    crypto: testCrypto,
    fetch: async (request) => market.marketplace.fetch(request),
    spend: async () => {},
  });
  const ids = (await marketplace.customers()).records.map(({ id }) => id);
  expect(ids).toEqual((await open({}, market).customers()).records.map(({ id }) => id));
});
