import { expect } from 'vitest';
import type { Visitor } from '../kit/visitor.ts';
import { must } from '../sandbox/must.ts';
import { journey, newOrder } from './journey.ts';

const systemId = 'connectwise';

/** Typed access, tested and kept as the page does it. */
async function connect(road: Visitor) {
  await road.control('/sandbox/install', { module: systemId, action: 'install' });
  const user = must(road.world.systems.connectwise.users()[0], 'an API member');
  const credentials = { site: 'na', ...user, currency: 'AUD', timeZone: 'Australia/Sydney' };
  const params = { systemId };
  const tested = await road.call('POST /v1/systems/:systemId/test', {
    params,
    body: { credentials },
  });
  expect(tested).toEqual({ accountName: 'Wattle Cloud', baseCurrency: 'AUD' });
  const { id } = await road.call('POST /v1/systems/:systemId/connect', {
    params,
    body: { credentials },
  });
  return { connectionId: id, settings: {} };
}

interface Addition {
  id: number;
  agreementId: number;
  description: string;
  quantity: number;
  effectiveDate: string;
  cancelledDate?: string;
}

/** Additions that carry our mark, by the API. */
async function ourAdditions(road: Visitor): Promise<Addition[]> {
  const agreements: { id: number }[] = await rows(road, 'finance/agreements');
  const all: Addition[] = [];
  for (const { id } of agreements)
    all.push(...(await rows(road, `finance/agreements/${id}/additions`)));
  return all.filter(({ description }) => /\[LP[0-9A-Z]{16}/.test(description));
}

async function rows(road: Visitor, path: string) {
  const { systems, clients, urls, fetch } = road.world;
  const user = must(systems.connectwise.users()[0], 'an API member');
  const response = await fetch(
    new Request(
      `${urls.systems.connectwise}/v4_6_release/apis/3.0/${path}?pageSize=1000&orderBy=id`,
      {
        headers: {
          Authorization: `Basic ${btoa(`${user.companyId}+${user.publicKey}:${user.privateKey}`)}`,
          clientId: clients.connectwise.clientId,
        },
      },
    ),
  );
  return response.json();
}

const isOpen = ({ cancelledDate }: Addition): boolean => cancelledDate === undefined;
const states = (run: { parts: readonly { state: string }[] }) =>
  run.parts.map(({ state }) => state);

journey('an order becomes an open addition of its agreement, once', { connect }, async (ready) => {
  const { road } = ready;
  await ready.syncAll();
  const before = await ourAdditions(road);
  await newOrder(ready, { quantity: 3 });
  const run = must(await ready.syncAll(), 'a run');
  expect(states(run)).toEqual(run.parts.map(() => 'written'));
  const after = await ourAdditions(road);
  const known = new Set(before.map(({ id }) => id));
  const made = after.filter(({ id }) => !known.has(id)).filter(isOpen);
  expect(made.map(({ quantity }) => quantity)).toEqual([3]);
  expect(await ready.syncAll()).toBeNull();
});

journey(
  'an addition whose answer was lost is found again, never made twice',
  { connect },
  async (ready) => {
    const { road } = ready;
    await ready.syncAll();
    const before = (await ourAdditions(road)).filter(isOpen).length;
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
    expect((await ourAdditions(road)).filter(isOpen)).toHaveLength(before + 1);
    expect(await ready.syncAll()).toBeNull();
  },
);

const posted = (road: Visitor): number =>
  Object.entries(road.world.systems.connectwise.calls())
    .filter(([call]) => /^POST .*additions/.test(call))
    .reduce((sum, [, count]) => sum + count, 0);
