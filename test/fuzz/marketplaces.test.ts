import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instant } from '../../server/domain/dates.ts';
import type { Marketplace } from '../../server/domain/ports/marketplace.ts';
import { cloudblue } from '../../server/marketplaces/cloudblue/adapter.ts';
import { marketplaces } from '../../server/marketplaces/index.ts';
import { createTestClock } from '../kit/test-clock.ts';
import { testCrypto } from '../kit/test-crypto.ts';
import { MARKETPLACE_URL, NOW_MS, TENANT, testMarket } from '../sandbox/marketplace/testing.ts';
import { disturbance, disturbed } from './answers.ts';
import { inputs } from './length.ts';
import { recorded } from './recorded.ts';
import { endsWell } from './verdict.ts';

const dayMs = 86_400_000;
const span = { from: instant(NOW_MS - 31 * dayMs), to: instant(NOW_MS) };

describe('CloudBlue, with answers that no marketplace should give', async () => {
  const { user, password, subscriptionKey, marketplaceCode } = TENANT.api;
  const { marketplace: player } = testMarket();
  const honest = recorded(async (request) => player.fetch(request));
  const open = (fetch = honest): Marketplace =>
    cloudblue.open({
      apiBase: `${MARKETPLACE_URL}/simpleapi`,
      method: 'native',
      credentials: { username: user, password, subscriptionKey, marketplace: marketplaceCode },
      clock: createTestClock(new Date(NOW_MS).toISOString()),
      crypto: testCrypto,
      fetch,
      spend: async () => {},
    });
  const [order] = (await open().orders(span)).records;
  const [subscription] = (await open().subscriptions()).records;

  const questions: Record<string, (from: Marketplace) => unknown> = {
    test: (from) => from.test(),
    customers: (from) => from.customers(),
    products: (from) => from.products(),
    orders: (from) => from.orders(span),
    'an order': (from) => from.order(order?.id ?? ''),
    subscriptions: (from) => from.subscriptions(),
    'a subscription': (from) => from.subscription(subscription?.id ?? ''),
  };
  test.each(Object.entries(questions))(
    'T38, V1.5.2: %s: whatever comes is read or told, and ends',
    async (_name, ask) => {
      await fc.assert(
        fc.asyncProperty(disturbance, (how) =>
          endsWell(() => ask(open(disturbed(honest, how))), /^marketplace\./),
        ),
        inputs(40),
      );
    },
  );
});

test('every marketplace that is registered is fuzzed', () => {
  expect(marketplaces).toEqual([cloudblue]);
});
