import { expect } from 'vitest';
import type { Books } from '../bookkeeper/books.ts';
import { auditOfAgreements } from '../kit/agreement-books.ts';
import { connectConnectWise as connect } from '../kit/connectwise-road.ts';
import type { ReadyRoad } from '../kit/ready-road.ts';
import type { Visitor } from '../kit/visitor.ts';
import { must } from '../sandbox/must.ts';
import { journey, newOrder } from './journey.ts';

async function expectRight(ready: ReadyRoad, more: Partial<Books> = {}): Promise<void> {
  const { differences } = await auditOfAgreements(ready, more);
  expect(differences).toEqual([]);
}

const states = (run: { parts: readonly { state: string }[] }) =>
  run.parts.map(({ state }) => state);
const posted = (road: Visitor): number =>
  Object.entries(road.world.systems.connectwise.calls())
    .filter(([call]) => /^POST .*additions/.test(call))
    .reduce((sum, [, count]) => sum + count, 0);

journey('an order becomes an open addition of its agreement, once', { connect }, async (ready) => {
  await ready.syncAll();
  await expectRight(ready);
  await newOrder(ready, { quantity: 3 });
  const run = must(await ready.syncAll(), 'a run');
  expect(states(run)).toEqual(run.parts.map(() => 'written'));
  await expectRight(ready);
  expect(await ready.syncAll()).toBeNull();
});

journey(
  'an addition whose answer was lost is found again, never made twice',
  { connect },
  async (ready) => {
    const { road } = ready;
    await ready.syncAll();
    await newOrder(ready, { quantity: 4 });
    await ready.check();
    const sent = posted(road);
    road.world.systems.connectwise.setFault('time-out-after-commit', {
      times: 1,
      path: '/additions',
    });
    const { plans } = await ready.preview();
    const { id } = await ready.confirm(plans.filter(({ needs }) => needs.length === 0));
    await road.until('the write', async () => posted(road) > sent);
    road.world.clock.advance({ ms: 101_000 });
    await road.until('the time-out', async () => {
      const run = await ready.run(id);
      return run.parts.some(({ state }) => state === 'unknown') ? run : null;
    });
    road.world.clock.advance({ ms: 125_000 });
    const run = await ready.ended(id);
    expect(states(run)).toEqual(run.parts.map(() => 'written'));
    await expectRight(ready);
    expect(await ready.syncAll()).toBeNull();
  },
);

journey(
  'a part of a period that was written brings its open line along, whatever became of that first',
  { connect },
  async (ready) => {
    const { road } = ready;
    await ready.syncAll();
    const { subscriptionId } = await newOrder(ready, { quantity: 3 });
    await ready.syncAll();
    await ready.pass({ days: 6 });
    await ready.order({ action: 'change', subscriptionId, quantity: 7 });
    await ready.check();
    const fault = { times: 1, method: 'PATCH', path: '/additions' };
    road.world.systems.connectwise.setFault('server-error', fault);
    const { plans } = await ready.preview();
    const { id } = await ready.confirm(plans.filter(({ needs }) => needs.length === 0));
    await road.until('a lost write', async () => states(await ready.run(id)).includes('unknown'));
    road.world.clock.advance({ ms: 125_000 });
    const run = await ready.ended(id);
    expect(states(run)).toEqual(run.parts.map(() => 'written'));
    await expectRight(ready);
    expect(await ready.syncAll()).toBeNull();
  },
);

journey(
  'a part that an agreement would not work out is asked about before the agreement is opened',
  { connect, settings: { proration: 'system' } },
  async (ready) => {
    const { subscriptionId } = await newOrder(ready, { quantity: 3 });
    await ready.pass({ days: 6 });
    const [change] = await ready.order({ action: 'change', subscriptionId, quantity: 2 });
    await ready.check();
    const asking = (await ready.tasks('all')).find(
      ({ orderNumber }) => orderNumber === change?.orderNumber,
    );
    expect(asking?.needs.map(({ code }) => code)).toEqual(['proration-differs']);
  },
);

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
