import { expect } from 'vitest';
import { mapEverything, type ReadyRoad } from '../kit/ready-road.ts';
import { marksIn, writesTo } from '../kit/xero-lines.ts';
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
