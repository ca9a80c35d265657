import { expect } from 'vitest';
import { mapEverything, type ReadyRoad } from '../kit/ready-road.ts';
import { marksIn } from '../kit/xero-lines.ts';
import { must } from '../sandbox/must.ts';
import { sellYearly } from '../sandbox/stories/yearly.ts';
import { expectToTheCent, journey } from './journey.ts';

const parts = { settings: { yearly: 'parts' as const } };

const aMonth = async (ready: ReadyRoad): Promise<void> => {
  await ready.pass({ months: 1 });
  await ready.order({ action: 'billing-run' });
  await ready.syncAll();
};

/** The product is new here; the parts come with the check after its order. */
async function mapped(ready: ReadyRoad): Promise<void> {
  await ready.check();
  await mapEverything(ready);
  await ready.syncAll();
  await ready.syncAll();
}

journey(
  'a year is billed in monthly parts, with the open rest shown and settled on leaving',
  parts,
  async (ready) => {
    const { road, params } = ready;
    await ready.syncAll();
    const { subscriptionId, orders } = sellYearly(road.world);
    const { orderNumber } = must(orders[0], 'the order');
    await mapped(ready);
    await expectToTheCent(ready);
    const openRest = async () =>
      (await road.call('GET /v1/connections/:connectionId/ahead', { params })).parts.find(
        (one) => one.orderNumber === orderNumber,
      );
    expect(await openRest()).toMatchObject({ billed: 1, count: 12 });
    for (let months = 0; months < 2; months += 1) {
      await aMonth(ready);
      await expectToTheCent(ready);
    }
    expect(await openRest()).toMatchObject({ billed: 3, count: 12 });
    // What began in parts goes on so.
    await ready.settings({ yearly: 'own' });
    await aMonth(ready);
    expect(await openRest()).toMatchObject({ billed: 4, count: 12 });
    await ready.settings({ yearly: 'parts' });
    await expectToTheCent(ready);

    await ready.order({ action: 'cancel', subscriptionId });
    await ready.syncAll();
    await ready.syncAll();
    expect(await openRest()).toBeUndefined();
    expect(await ready.tasks('needs')).toEqual([]);
    await expectToTheCent(ready);
  },
);

journey('installed anew, parts that were billed are not billed again', parts, async (ready) => {
  const { road } = ready;
  await ready.syncAll();
  sellYearly(road.world);
  await mapped(ready);
  await aMonth(ready);
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
  const { settings } = await road.call('GET /v1/connections/:connectionId/settings', { params });
  await road.call('PUT /v1/connections/:connectionId/settings', {
    params,
    body: { settings: { ...settings, yearly: 'parts', accountCode: '200', monthOffPercent: null } },
  });
  await road.call('PUT /v1/connections/:connectionId/bill-from', {
    params,
    body: { date: ready.billFrom },
  });
  await mapEverything(again);
  await road.call('POST /v1/connections/:connectionId/openings', {
    params,
    body: { subscriptionIds: 'all', answer: 'next-order' },
  });
  for (let times = 0; times < 3; times += 1) {
    await check();
    road.world.clock.advance({ ms: 3_600_000 });
  }
  const { rows } = await road.call('GET /v1/connections/:connectionId/tasks', {
    params,
    query: { view: 'ready' },
  });
  expect(rows.filter(({ orderType }) => orderType === 'part')).toEqual([]);
  expect(marksIn(ready)).toEqual(marks);
});
