import { expect } from 'vitest';
import type { DecisionBody } from '../../server/http/bodies.ts';
import type { NeedView, TaskRow } from '../../server/http/views/tasks.ts';
import type { ReadyRoad } from '../kit/ready-road.ts';
import { must } from '../sandbox/must.ts';
import { activeSubscription, expectToTheCent, journey, marketOf, newOrder } from './journey.ts';

const asking = async (
  ready: ReadyRoad,
  code: string,
): Promise<{ task: TaskRow; need: NeedView }[]> =>
  (await ready.tasks('needs')).flatMap((task) =>
    task.needs.flatMap((need) => (need.code === code ? [{ task, need }] : [])),
  );
const decide = ({ road, params }: ReadyRoad, body: DecisionBody) =>
  road.call('POST /v1/connections/:connectionId/decisions', { params, body });
const accept = (need: NeedView): DecisionBody['value'] => ({
  kind: 'accept',
  need: need.code,
  seen: need.facts.seen ?? '',
});

/** The one task that asks it, which nothing writes before the answer. */
async function onlyAsking(ready: ReadyRoad, code: string, orderNumber: string) {
  await ready.syncAll();
  const found = await asking(ready, code);
  expect(found.map(({ task }) => task.orderNumber)).toEqual([orderNumber]);
  return must(found[0], code);
}
async function expectBilled(ready: ReadyRoad, orderNumber: string): Promise<void> {
  await ready.syncAll();
  const done = (await ready.tasks('done')).map((task) => task.orderNumber);
  expect(done).toContain(orderNumber);
}

journey('sold below cost', {}, async (ready) => {
  const { orderNumber } = await newOrder(ready, { discountPercent: 95 });
  const { task, need } = await onlyAsking(ready, 'below-cost', orderNumber);
  expect(need.guard).toBe(true);
  const view = await ready.road.call('GET /v1/connections/:connectionId/tasks/:taskId', {
    params: { ...ready.params, taskId: task.id },
  });
  for (const { needs, charges } of view.groups)
    for (const each of needs) {
      const charge = must(
        charges.find(({ key }) => key === each.subject),
        'its charge',
      );
      await decide(ready, {
        scope: { kind: 'charge', key: charge.key, revision: '' },
        value: accept(each),
      });
    }
  await expectBilled(ready, orderNumber);
  await expectToTheCent(ready);
});

async function rawOrder(
  ready: ReadyRoad,
  more: { type: 'sales' | 'unknown'; detail: string; total: string },
): Promise<string> {
  const subscription = activeSubscription(ready, ({ currency }) => currency === 'AUD');
  const product = must(
    marketOf(ready).products.get(subscription.items[0]?.productId ?? ''),
    'its product',
  );
  const price = { currency: 'AUD', amount: '200.00' };
  const [order] = await ready.order({
    action: 'raw',
    customerId: subscription.customerId,
    subscriptionId: subscription.id,
    type: more.type,
    total: more.total,
    details: [
      {
        type: more.detail,
        productId: product.id,
        mpn: product.mpn,
        description: product.name,
        quantity: 1,
        unitPrice: price,
        extendedPrice: price,
      },
    ],
  });
  return must(order, 'an order').orderNumber;
}

journey('charges that are not the total', {}, async (ready) => {
  const orderNumber = await rawOrder(ready, { type: 'sales', detail: 'setup', total: '999.00' });
  const { need } = await onlyAsking(ready, 'total-differs', orderNumber);
  await decide(ready, { scope: { kind: 'order', orderId: need.subject }, value: accept(need) });
  await expectBilled(ready, orderNumber);
  await expectToTheCent(ready, { accepted: [orderNumber] });
});

journey('an order of an unknown type', {}, async (ready) => {
  const orderNumber = await rawOrder(ready, { type: 'unknown', detail: 'setup', total: '200.00' });
  const { need } = await onlyAsking(ready, 'unknown-order', orderNumber);
  await decide(ready, { scope: { kind: 'order', orderId: need.subject }, value: accept(need) });
  await expectBilled(ready, orderNumber);
  await expectToTheCent(ready, { accepted: [orderNumber] });
});

journey('a currency that Xero has switched off', {}, async (ready) => {
  const { road } = ready;
  const customer = must(
    [...marketOf(ready).customers.values()].find(({ currency }) => currency === 'USD'),
    'a customer in dollars',
  );
  await ready.syncAll();
  road.world.systems.xero.setFault('multi-currency-off', {});
  await ready.pass({ days: 1.1 });
  const { orderNumber } = await newOrder(ready, { customerId: customer.id });
  await onlyAsking(ready, 'currency-disabled', orderNumber);
  road.world.systems.xero.setFault('multi-currency-off', null);
  await ready.pass({ days: 1.1 });
  await expectBilled(ready, orderNumber);
  await expectToTheCent(ready);
});

journey(
  'running subscriptions and periods across "bill from"',
  { openings: 'unanswered' },
  async (ready) => {
    const { road, params } = ready;
    await ready.check();
    const openings = await asking(ready, 'opening');
    const straddles = await asking(ready, 'straddle');
    expect(openings.length).toBeGreaterThan(0);
    expect(straddles.length).toBeGreaterThan(0);
    for (const { need } of openings)
      await road.call('POST /v1/connections/:connectionId/openings', {
        params,
        body: { subscriptionIds: [need.subject], answer: 'next-order' },
      });
    expect(await asking(ready, 'opening')).toEqual([]);
    for (const { need } of straddles)
      await decide(ready, {
        scope: { kind: 'customer', customerId: need.subject },
        value: { kind: 'straddle', answer: 'bill' },
      });
    expect(await ready.tasks('needs')).toEqual([]);
    for (const { task } of [...openings, ...straddles]) await expectBilled(ready, task.orderNumber);
    await expectToTheCent(ready);
  },
);

journey(
  '"billed by me already" leaves the period out',
  { openings: 'unanswered' },
  async (ready) => {
    await ready.road.call('POST /v1/connections/:connectionId/openings', {
      params: ready.params,
      body: { subscriptionIds: 'all', answer: 'next-order' },
    });
    for (const { need } of await asking(ready, 'straddle'))
      await decide(ready, {
        scope: { kind: 'customer', customerId: need.subject },
        value: { kind: 'straddle', answer: 'already-billed' },
      });
    await ready.syncAll();
    expect(await ready.tasks('needs')).toEqual([]);
    await expectToTheCent(ready);
  },
);
