import { expect } from 'vitest';
import { connectConnectWise as connect } from '../kit/connectwise-road.ts';
import { connectWiseRows } from '../kit/connectwise-rows.ts';
import type { ReadyRoad } from '../kit/ready-road.ts';
import { must } from '../sandbox/must.ts';
import { journey, newOrder } from './journey.ts';

const seats = 31;
const additions = async ({ road }: ReadyRoad) => {
  const agreements = await connectWiseRows(road, 'finance/agreements');
  const all = await Promise.all(
    agreements.map(({ id }) => connectWiseRows(road, `finance/agreements/${id}/additions`)),
  );
  return all.flat();
};
const quantities = async (ready: ReadyRoad) =>
  (await additions(ready)).map(({ quantity }) => Number(quantity));

/** A sale is billed, somebody deletes its addition, and the customer buys more seats. */
async function changedAfterRemoval(ready: ReadyRoad, quantity: number) {
  await ready.syncAll();
  const { subscriptionId } = await newOrder(ready, { quantity: seats });
  await ready.syncAll();
  const addition = must(
    (await additions(ready)).find((one) => one.quantity === seats),
    'the addition',
  );
  ready.road.world.systems.connectwise.person.remove('Addition', Number(addition.id));
  await ready.pass({ months: 1 });
  await ready.order({ action: 'billing-run' });
  ready.road.world.clock.advance({ ms: 1_000 });
  await ready.order({ action: 'change', subscriptionId, quantity });
  await ready.syncAll();
  return { subscriptionId };
}
const removedNeeds = async (ready: ReadyRoad) =>
  (await ready.tasks('all'))
    .flatMap(({ needs }) => needs)
    .filter(({ code }) => code === 'line-removed');

journey(
  'an addition that somebody deleted is not put back by a later order, until a person wants it',
  { connect },
  async (ready) => {
    const { subscriptionId } = await changedAfterRemoval(ready, 38);
    expect(await quantities(ready)).not.toContain(38);
    const [need] = await removedNeeds(ready);
    expect(need).toMatchObject({ subject: subscriptionId });
    await ready.road.call('POST /v1/connections/:connectionId/decisions', {
      params: ready.params,
      body: {
        scope: { kind: 'subscription', subscriptionId, productKey: null },
        value: { kind: 'accept', need: 'line-removed', seen: need?.facts.seen ?? '' },
      },
    });
    await ready.syncAll();
    expect((await quantities(ready)).filter((one) => one === 38)).toHaveLength(1);
    expect(await removedNeeds(ready)).toEqual([]);
    const { rows } = await ready.road.call('GET /v1/connections/:connectionId/drifts', {
      params: ready.params,
      query: {},
    });
    expect(rows).toEqual([]);
    expect(await ready.syncAll()).toBeNull();
  },
);

journey(
  'where it is right that an addition is gone, later orders still ask, and one answer holds for all of them',
  { connect },
  async (ready) => {
    const { road, params } = ready;
    const { subscriptionId } = await changedAfterRemoval(ready, 38);
    const { rows } = await road.call('GET /v1/connections/:connectionId/drifts', {
      params,
      query: {},
    });
    const { documentId, seen } = must(rows[0], 'what was changed');
    await road.call('POST /v1/connections/:connectionId/drifts', {
      params,
      body: { documentId, seen, linkIds: 'all', answer: 'theirs' },
    });
    await ready.syncAll();
    expect(await quantities(ready)).not.toContain(38);
    expect((await removedNeeds(ready)).length).toBeGreaterThan(0);
    await road.call('POST /v1/connections/:connectionId/decisions', {
      params,
      body: {
        scope: { kind: 'subscription', subscriptionId, productKey: null },
        value: { kind: 'exclude', reason: 'billed elsewhere', until: null },
      },
    });
    await ready.pass({ months: 1 });
    await ready.order({ action: 'billing-run' });
    await ready.syncAll();
    expect(await removedNeeds(ready)).toEqual([]);
    expect(await quantities(ready)).not.toContain(38);
  },
);
