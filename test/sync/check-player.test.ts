import { expect, test } from 'vitest';
import { cloudblue } from '../../server/marketplaces/cloudblue/adapter.ts';
import { createBudget, paced } from '../../server/sync/budget.ts';
import { checkTenant } from '../../server/sync/check/check.ts';
import type { CheckContext } from '../../server/sync/check/context.ts';
import { testCrypto } from '../kit/test-crypto.ts';
import { MARKETPLACE_URL, TENANT, testMarket } from '../sandbox/marketplace/testing.ts';
import { connectedWorld, tenantId } from './check-world.ts';

const minuteMs = 60_000;

/** The whole reading side on the played marketplace, at the pace the vendor allows. */
async function playedWorld() {
  const market = testMarket();
  const world = await connectedWorld();
  const calls: string[] = [];
  const clock = {
    nowMs: () => market.clock.nowMs(),
    waitUntil: async (ms: number, signal?: AbortSignal) => {
      if (signal === undefined)
        market.clock.advance({ ms: Math.max(0, ms - market.clock.nowMs()) });
      else await new Promise((resolve) => signal.addEventListener('abort', resolve));
    },
  };
  const budget = createBudget({
    store: world.store,
    clock,
    tenantId,
    id: 'marketplace',
    perMinute: 60,
    perDay: 5_000,
  });
  const { user, password, subscriptionKey, marketplaceCode } = TENANT.api;
  const marketplace = cloudblue.open({
    apiBase: `${MARKETPLACE_URL}/simpleapi`,
    method: 'native',
    credentials: { username: user, password, subscriptionKey, marketplace: marketplaceCode },
    clock,
    crypto: testCrypto,
    fetch: async (request) => {
      calls.push(`${request.method} ${new URL(request.url).pathname.replace('/simpleapi', '')}`);
      return market.marketplace.fetch(request);
    },
    spend: paced(budget, clock),
  });
  const context: CheckContext = {
    ...world.context,
    clock,
    openMarketplace: async () => marketplace,
  };
  return {
    ...world,
    calls,
    market,
    pass: (ms: number) => market.clock.advance({ ms }),
    check: () => checkTenant(context, tenantId, { purpose: 'background' }),
  };
}

test('a first check takes every completed order in with one detail call each, the next costs one page', async () => {
  const world = await playedWorld();
  const result = await world.check();
  expect(result.marketplace).toEqual({ status: 'ok', failures: [] });
  const reader = await world.store.read(tenantId);
  const completed = reader.list('order').filter(({ status }) => status === 'completed');
  expect(completed.length).toBeGreaterThan(5);
  expect(completed.every(({ detailed }) => detailed)).toBe(true);
  expect(new Set((await world.tasks()).map(({ orderId }) => orderId))).toEqual(
    new Set(completed.filter(({ charges }) => charges.length > 0).map(({ id }) => id)),
  );
  const details = world.calls.filter((call) => /orders\/./.test(call));
  expect(new Set(details).size).toBe(details.length);
  expect(details.length).toBe(completed.length);
  expect(reader.list('keptRecord')).toEqual([]);
  expect(reader.list('customer').length).toBeGreaterThan(0);
  expect(reader.list('product').length).toBeGreaterThan(0);
  expect(reader.list('subscription').length).toBeGreaterThan(0);

  world.calls.length = 0;
  world.pass(5 * minuteMs);
  await world.check();
  expect(world.calls.filter((call) => call !== 'POST /token')).toEqual(['GET /orders']);
});
