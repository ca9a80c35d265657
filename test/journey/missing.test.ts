import { expect } from 'vitest';
import type { DecisionBody } from '../../server/http/bodies.ts';
import type { TaskRow } from '../../server/http/views/tasks.ts';
import type { BookMissing } from '../bookkeeper/missing.ts';
import { mapEverything, type ReadyRoad } from '../kit/ready-road.ts';
import { marksIn, writesTo } from '../kit/xero-lines.ts';
import { must } from '../sandbox/must.ts';
import { type ForgottenPeriod, forgetPeriod } from '../sandbox/stories/forgotten-period.ts';
import { expectToTheCent, journey, marketOf } from './journey.ts';

const missingIn = async (ready: ReadyRoad): Promise<TaskRow[]> =>
  (await ready.tasks('needs')).filter(({ orderType }) => orderType === 'missing');

/** Time passes until the forgotten period asks; the marketplace bills everything else. */
async function untilItAsks(ready: ReadyRoad, { start }: ForgottenPeriod): Promise<TaskRow> {
  const days = (Date.parse(start) - ready.road.world.clock.nowMs()) / 86_400_000;
  await ready.pass({ days: Math.ceil(days) + 2 });
  await ready.order({ action: 'billing-run' });
  await ready.check();
  expect(await missingIn(ready)).toEqual([]);
  await ready.pass({ days: 2 });
  const asked = await missingIn(ready);
  expect(asked).toHaveLength(1);
  return must(asked[0], 'the missing charge');
}
const decide = ({ road, params }: ReadyRoad, body: DecisionBody) =>
  road.call('POST /v1/connections/:connectionId/decisions', { params, body });

/** Says "bill it from the subscription" and writes it; what the bookkeeper has to know of it. */
async function billIt(ready: ReadyRoad, task: TaskRow, of: ForgottenPeriod): Promise<BookMissing> {
  const [need] = task.needs;
  const {
    seen = '',
    amount = '',
    currency = '',
    from = '',
    to = '',
    product = '',
  } = need?.facts ?? {};
  expect(need?.code).toBe('missing-charge');
  expect(from).toBe(of.start);
  await decide(ready, {
    scope: { kind: 'charge', key: need?.subject ?? '', revision: seen },
    value: { kind: 'accept', need: 'missing-charge', seen },
  });
  await ready.syncAll();
  const subscription = must(marketOf(ready).subscriptions.get(of.subscriptionId), 'it');
  return {
    order: task.orderNumber,
    customer: of.customerId,
    subscription: of.subscriptionId,
    product: subscription.items[0]?.productId ?? '',
    word: product,
    start: from,
    end: to,
    currency,
    amount,
  };
}

journey(
  'a period no order came for asks after three days, is billed from the subscription, and its order takes the line over',
  {},
  async (ready) => {
    await ready.syncAll();
    const forgotten = forgetPeriod(ready.road.world);
    const task = await untilItAsks(ready, forgotten);
    expect(task.customerName).not.toBe('');
    await ready.syncAll();
    // Never silently: what asks is not among what is written.
    expect(await missingIn(ready)).toHaveLength(1);
    await expectToTheCent(ready);

    const missing = [await billIt(ready, task, forgotten)];
    expect(await missingIn(ready)).toEqual([]);
    await expectToTheCent(ready, { missing });
    await ready.order({ action: 'billing-run' });
    await ready.syncAll();
    const marks = marksIn(ready);
    const writes = writesTo(ready);

    forgotten.remember();
    await ready.order({ action: 'billing-run' });
    await ready.syncAll();
    expect(marksIn(ready)).toEqual(marks);
    expect(writesTo(ready)).toBe(writes);
    expect(await ready.tasks('needs')).toEqual([]);
    expect(await ready.tasks('waiting')).toEqual([]);
    await expectToTheCent(ready, { missing });
  },
);

journey(
  'an order that comes for another amount than was billed asks, and is corrected to the cent',
  { settings: { invoice: 'per-order' } },
  async (ready) => {
    await ready.syncAll();
    const forgotten = forgetPeriod(ready.road.world);
    const task = await untilItAsks(ready, forgotten);
    const missing = [await billIt(ready, task, forgotten)];
    forgotten.remember();
    const subscription = must(marketOf(ready).subscriptions.get(forgotten.subscriptionId), 'it');
    must(subscription.items[0], 'an item').quantity += 3;
    await ready.order({ action: 'billing-run' });
    await ready.syncAll();
    const [asks] = (await ready.tasks('needs')).filter(({ needs }) =>
      needs.some(({ code }) => code === 'revision-changed'),
    );
    const need = must(asks?.needs[0], 'the question');
    await decide(ready, {
      scope: { kind: 'charge', key: need.subject, revision: need.facts.seen ?? '' },
      value: {
        kind: 'accept',
        need: 'revision-changed',
        seen: `correct ${need.facts.seen ?? ''}`,
      },
    });
    await ready.syncAll();
    expect(await ready.tasks('needs')).toEqual([]);
    await expectToTheCent(ready, { missing });
  },
);

journey(
  'a missing charge waits until a day, is left out on purpose with a reason, or ends when its order comes',
  {},
  async (ready) => {
    const { road, params } = ready;
    await ready.syncAll();
    const forgotten = forgetPeriod(road.world);
    const { id, orderId } = await untilItAsks(ready, forgotten);
    const today = new Date(road.world.clock.nowMs());
    const until = new Date(today.getTime() + 5 * 86_400_000).toISOString().slice(0, 10);
    await decide(ready, { scope: { kind: 'order', orderId }, value: { kind: 'wait', until } });
    expect(await missingIn(ready)).toEqual([]);
    const [waits] = (await ready.tasks('ignored')).filter((task) => task.id === id);
    expect(waits?.ignored?.reason).toBe(`waits-until ${until}`);
    await ready.pass({ days: 6 });
    await ready.order({ action: 'billing-run' });
    await ready.check();
    expect((await missingIn(ready)).map((task) => task.id)).toEqual([id]);

    await road.call('POST /v1/connections/:connectionId/tasks/ignore', {
      params,
      body: { taskIds: [id], reason: 'given as a present' },
    });
    await ready.pass({ days: 1 });
    expect(await missingIn(ready)).toEqual([]);
    await road.call('POST /v1/connections/:connectionId/tasks/restore', {
      params,
      body: { taskIds: [id] },
    });
    expect(await missingIn(ready)).toHaveLength(1);

    forgotten.remember();
    await ready.order({ action: 'billing-run' });
    await ready.check();
    expect(await missingIn(ready)).toEqual([]);
    expect((await ready.tasks('all')).filter((task) => task.id === id)).toEqual([]);
    await ready.syncAll();
    await expectToTheCent(ready);
  },
);

journey(
  'installed anew, what was billed from a subscription is neither asked for nor billed again',
  {},
  async (ready) => {
    const { road } = ready;
    await ready.syncAll();
    const forgotten = forgetPeriod(road.world);
    await billIt(ready, await untilItAsks(ready, forgotten), forgotten);
    const marks = marksIn(ready);
    await road.control('/sandbox/install', { module: 'xero', action: 'remove' });
    road.world.clock.advance({ ms: 3_600_000 });
    await road.install();
    await road.connectMarketplace();
    const connectionId = await road.connectXero();
    const params = { connectionId };
    const again: ReadyRoad = { ...ready, connectionId, params };
    const check = () => road.call('POST /v1/connections/:connectionId/check', { params });
    await check();
    await road.call('PUT /v1/connections/:connectionId/bill-from', {
      params,
      body: { date: ready.billFrom },
    });
    await mapEverything(again);
    await road.call('POST /v1/connections/:connectionId/openings', {
      params,
      body: { subscriptionIds: 'all', answer: 'next-order' },
    });
    await check();
    road.world.clock.advance({ ms: 3_600_000 });
    await check();
    const tasks = async () =>
      (
        await road.call('GET /v1/connections/:connectionId/tasks', {
          params,
          query: { view: 'all' },
        })
      ).rows.filter(({ orderType }) => orderType === 'missing');
    // It is known as billed, and nothing about it is open.
    expect((await tasks()).map(({ state }) => state)).toEqual(['synced']);
    expect(marksIn(ready)).toEqual(marks);
  },
);
