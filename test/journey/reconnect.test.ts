import { expect } from 'vitest';
import { mapEverything, type ReadyRoad } from '../kit/ready-road.ts';
import { takeBack } from '../kit/take-back.ts';
import { marksIn, standingIn, writesTo } from '../kit/xero-lines.ts';
import { expectToTheCent, journey, newOrder } from './journey.ts';

const hourMs = 3_600_000;
const mappedIn = async ({ road }: ReadyRoad, connectionId: string): Promise<number> => {
  const { rows } = await road.call('GET /v1/connections/:connectionId/mappings/customers', {
    params: { connectionId },
  });
  return rows.filter(({ target }) => target !== null).length;
};

journey(
  'disconnected in Xero: broken is shown, and connecting again keeps everything',
  {},
  async (ready) => {
    const { road, params } = ready;
    await ready.syncAll();
    const mapped = await mappedIn(ready, ready.connectionId);
    road.world.systems.xero.person.disconnect(ready.organisation);
    await ready.pass({ ms: hourMs });
    const broken = await road.call('GET /v1/connections/:connectionId', { params });
    expect(broken.state).toBe('broken');
    expect(broken.failure?.code).toBe('system.disconnected');
    expect(broken.failure?.next).not.toBe('');
    await newOrder(ready);
    await ready.check();
    const writes = writesTo(ready);

    expect(await road.connectXero(1, ready.connectionId)).toBe(ready.connectionId);
    expect((await road.call('GET /v1/connections/:connectionId', { params })).state).toBe('active');
    expect(await mappedIn(ready, ready.connectionId)).toBe(mapped);
    expect(writesTo(ready)).toBe(writes);
    const run = await ready.syncAll();
    expect(run?.parts.map(({ state }) => state)).toEqual(['written']);
    await expectToTheCent(ready);
  },
);

journey(
  'installed anew, the app recognises what it wrote and bills nothing twice',
  {},
  async (ready) => {
    const { road } = ready;
    await ready.syncAll();
    const marks = marksIn(ready);
    await road.control('/sandbox/install', { module: 'xero', action: 'remove' });
    road.world.clock.advance({ ms: hourMs });
    await road.install();
    await road.connectMarketplace();
    const connectionId = await road.connectXero();
    const params = { connectionId };
    const again: ReadyRoad = { ...ready, connectionId, params };
    await road.call('POST /v1/connections/:connectionId/check', { params });
    const { settings } = await road.call('GET /v1/connections/:connectionId/settings', { params });
    await road.call('PUT /v1/connections/:connectionId/settings', {
      params,
      body: { settings: { ...settings, accountCode: '200' } },
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
    const preview = await road.call('POST /v1/connections/:connectionId/preview', {
      params,
      body: { choice: { kind: 'all' } },
    });
    expect(preview.plans.filter(({ needs }) => needs.length === 0)).toEqual([]);
    expect(marksIn(ready)).toEqual(marks);
  },
);

/** While set, answers of the marketplace's order list wait for it. */
let held: Promise<void> | null = null;
journey(
  'an undo cut off by an uninstall goes on, also where a check is under way while Xero is connected again',
  {
    settings: { invoice: 'per-order' },
    change: (given, world) => ({
      ...given,
      fetch: async (request) => {
        const answer = await world.fetch(request);
        if (request.url.includes('/simpleapi/orders')) await held;
        return answer;
      },
    }),
  },
  async (ready) => {
    const { road } = ready;
    const written = await ready.syncAll();
    road.world.systems.xero.setFault('rate-limit-day', {
      times: 1,
      method: 'POST',
      retryAfterS: 7_200,
    });
    const { id } = await takeBack(ready, { kind: 'run', runId: written?.id ?? '' });
    await road.until('the limit', async () => {
      const { parts } = await ready.run(id);
      return parts.some(({ state }) => state === 'delayed');
    });
    await road.control('/sandbox/install', { module: 'xero', action: 'remove' });
    road.world.clock.advance({ ms: 3 * hourMs });
    await road.install();
    let release = (): void => undefined;
    held = new Promise((resolve) => {
      release = resolve;
    });
    // Its check, which knows of the connection from before, waits for the orders.
    await road.connectMarketplace();
    expect(await road.connectXero()).toBe(ready.connectionId);
    held = null;
    release();
    expect((await ready.ended(id)).parts.map(({ state }) => state)).toEqual(
      (await ready.run(id)).parts.map(() => 'written'),
    );
    expect(standingIn(ready)).toEqual([]);
  },
);
