import { expect } from 'vitest';
import type { Books } from '../bookkeeper/books.ts';
import { connectAutotask as connect } from '../kit/autotask-road.ts';
import { auditOfContracts } from '../kit/contract-books.ts';
import { mapEverything, type ReadyRoad } from '../kit/ready-road.ts';
import { must } from '../sandbox/must.ts';
import { activeSubscription, journey, marketOf, newOrder } from './journey.ts';

const hourMs = 3_600_000;

async function expectRight(ready: ReadyRoad, more: Partial<Books> = {}): Promise<void> {
  const { differences } = await auditOfContracts(ready, more);
  expect(differences).toEqual([]);
}

const writes = ({ road }: ReadyRoad): number =>
  Object.entries(road.world.systems.autotask.calls())
    .filter(([call]) => /^(POST|PATCH|DELETE) /.test(call) && !call.includes('/query'))
    .reduce((sum, [, count]) => sum + count, 0);

journey(
  'a subscription is kept true from its first order through seats and months to its end',
  { connect },
  async (ready) => {
    await ready.syncAll();
    const { subscriptionId } = await newOrder(ready, { quantity: 3, discountPercent: 10 });
    await ready.syncAll();
    await expectRight(ready);
    await ready.pass({ days: 6 });
    await ready.order({ action: 'change', subscriptionId, quantity: 7 });
    await ready.syncAll();
    await expectRight(ready);
    await ready.pass({ days: 8 });
    await ready.order({ action: 'change', subscriptionId, quantity: 5 });
    await ready.syncAll();
    await expectRight(ready);
    await ready.pass({ months: 1 });
    await ready.order({ action: 'billing-run' });
    await ready.syncAll();
    await expectRight(ready);
    await ready.pass({ days: 2 });
    await ready.order({ action: 'cancel', subscriptionId, refundSetup: true });
    await ready.syncAll();
    await expectRight(ready);
    expect(await ready.syncAll()).toBeNull();
  },
);

journey(
  'where Autotask prorates, a change is a dated one and nothing is charged beside it',
  { connect, settings: { proration: 'system' } },
  async (ready) => {
    await ready.syncAll();
    const { subscriptionId } = await newOrder(ready, { quantity: 3 });
    await ready.syncAll();
    await ready.pass({ days: 6 });
    await ready.order({ action: 'change', subscriptionId, quantity: 7 });
    await ready.syncAll();
    await expectRight(ready);
    await ready.pass({ days: 8 });
    await ready.order({ action: 'cancel', subscriptionId, refundSetup: true });
    await ready.syncAll();
    await expectRight(ready);
    expect(await ready.syncAll()).toBeNull();
  },
);

journey(
  'seats changed on the first day of a period change the line by what is meant, not to the difference',
  { connect },
  async (ready) => {
    await ready.syncAll();
    const { subscriptionId } = await newOrder(ready, { quantity: 3 });
    await ready.syncAll();
    await ready.pass({ months: 1 });
    await ready.order({ action: 'billing-run' });
    await ready.order({ action: 'change', subscriptionId, quantity: 5 });
    await ready.syncAll();
    await expectRight(ready);
  },
);

journey(
  'a cancellation without a charge ends its line, and so does a term that runs out without an order',
  { connect },
  async (ready) => {
    await ready.syncAll();
    const left = await newOrder(ready, { quantity: 3 });
    const expiring = await newOrder(ready, { quantity: 4 });
    await ready.syncAll();
    await ready.pass({ days: 3 });
    await ready.order({
      action: 'raw',
      customerId: left.customerId,
      type: 'cancellation',
      details: [],
      subscriptionId: left.subscriptionId,
    });
    await ready.syncAll();
    await expectRight(ready);
    const subscription = must(
      marketOf(ready).subscriptions.get(expiring.subscriptionId),
      'the subscription',
    );
    Object.assign(subscription, {
      renewalStatus: false,
      expirationDate: subscription.period.end,
    });
    await ready.pass({ months: 1 });
    await ready.order({ action: 'billing-run' });
    await ready.pass({ days: 2 });
    await ready.syncAll();
    await expectRight(ready);
    expect(await ready.syncAll()).toBeNull();
  },
);

journey(
  'installed anew, lines that stay open are recognised: nothing is written twice, later orders go on',
  { connect },
  async (ready) => {
    const { road } = ready;
    await ready.syncAll();
    const { subscriptionId } = await newOrder(ready, { quantity: 3 });
    await ready.syncAll();
    await ready.pass({ days: 4 });
    await ready.order({ action: 'change', subscriptionId, quantity: 8 });
    await ready.syncAll();
    await expectRight(ready);
    // The last tile that is removed uninstalls the app.
    for (const module of ['xero', 'autotask'])
      await road.control('/sandbox/install', { module, action: 'remove' });
    road.world.clock.advance({ ms: hourMs });
    const late = await newOrder(ready, { quantity: 2 });
    await road.install();
    await road.connectMarketplace();
    const { connectionId, settings } = await connect(road);
    const params = { connectionId };
    const again: ReadyRoad = { ...ready, connectionId, params };
    await road.call('POST /v1/connections/:connectionId/check', { params });
    const { settings: fresh } = await road.call('GET /v1/connections/:connectionId/settings', {
      params,
    });
    await road.call('PUT /v1/connections/:connectionId/settings', {
      params,
      body: { settings: { ...fresh, ...settings } },
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
    const { plans } = await road.call('POST /v1/connections/:connectionId/preview', {
      params,
      body: { choice: { kind: 'all' } },
    });
    const open = plans.filter(({ needs }) => needs.length === 0);
    expect(open.flatMap(({ lines }) => lines.map(({ orderNumber }) => orderNumber))).toEqual([
      late.orderNumber,
    ]);
    expect(activeSubscription(ready).id).not.toBe('');
    const before = writes(ready);
    const run = await road.call('POST /v1/connections/:connectionId/runs', {
      params,
      body: { parts: open.map(({ ref, fingerprint, taskIds }) => ({ ref, fingerprint, taskIds })) },
    });
    await road.until('the run to end', async () => {
      const found = await road.call('GET /v1/connections/:connectionId/runs/:runId', {
        params: { ...params, runId: run.id },
      });
      return found.endedAt === null ? null : found;
    });
    expect(writes(ready)).toBe(before + 2);
  },
);
