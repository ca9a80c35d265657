import { expect } from 'vitest';
import type { DecisionBody } from '../../server/http/bodies.ts';
import type { ReadyRoad } from '../kit/ready-road.ts';
import { must } from '../sandbox/must.ts';
import { activeSubscription, expectToTheCent, journey, marketOf } from './journey.ts';

const kept = ({ road, params }: ReadyRoad, query: Record<string, string>) =>
  road.call('GET /v1/connections/:connectionId/decisions', { params, query });

const exclude = (
  { road, params }: ReadyRoad,
  scope: DecisionBody['scope'],
  { reason, until }: { reason: string; until: string | null },
) =>
  road.call('POST /v1/connections/:connectionId/decisions', {
    params,
    body: { scope, value: { kind: 'exclude', reason, until } },
  });

journey('what is kept comes in pages, is found by name, and says its worth', {}, async (ready) => {
  await ready.check();
  const { customers, products, subscriptions } = marketOf(ready);
  const scopes: DecisionBody['scope'][] = [...products.keys()].flatMap((productKey) => [
    { kind: 'product', productKey },
    ...[...customers.keys()].map((customerId) => ({
      kind: 'customer-product' as const,
      customerId,
      productKey,
    })),
  ]);
  for (const subscriptionId of subscriptions.keys())
    scopes.push({ kind: 'subscription', subscriptionId, productKey: null });
  const several = scopes.slice(0, 60);
  for (const scope of several) await exclude(ready, scope, { reason: 'Own use', until: null });
  const first = await kept(ready, { kind: 'exclude' });
  expect([first.rows.length, first.total]).toEqual([50, 60]);
  const second = await kept(ready, { kind: 'exclude', page: must(first.next, 'a page') });
  expect([second.rows.length, second.next]).toEqual([10, null]);
  const ids = [...first.rows, ...second.rows].map(({ id }) => id);
  expect(new Set(ids).size).toBe(60);

  const one = must(first.rows[0], 'one');
  const { rows } = await kept(ready, { kind: 'exclude', search: one.subject.toUpperCase() });
  expect(rows.map(({ id }) => id)).toContain(one.id);
  expect(rows.every(({ subject }) => subject.includes(one.subject))).toBe(true);
  expect(rows.length).toBeLessThan(several.length);
  expect((await kept(ready, { kind: 'price' })).rows).toEqual([]);
});

journey('an exclusion that ended says so, and its orders are billed', {}, async (ready) => {
  const { road } = ready;
  await ready.syncAll();
  const { id: subscriptionId } = activeSubscription(ready, ({ currency }) => currency === 'AUD');
  const now = new Date(road.world.clock.nowMs());
  const day = (days: number) =>
    new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
  await exclude(
    ready,
    { kind: 'subscription', subscriptionId, productKey: null },
    { reason: 'Free month', until: day(20) },
  );
  const [running] = (await kept(ready, { kind: 'exclude' })).rows;
  expect(running).toMatchObject({ ended: false, value: { reason: 'Free month' } });
  expect(running?.worth).toHaveLength(1);
  road.world.clock.advance({ days: 21 });
  await ready.check();
  expect((await kept(ready, { kind: 'exclude' })).rows).toMatchObject([
    { ended: true, value: { until: day(20) } },
  ]);
  await ready.syncAll();
  await expectToTheCent(ready);
});
