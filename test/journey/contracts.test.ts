import { expect } from 'vitest';
import { connectAutotask as connect } from '../kit/autotask-road.ts';
import { autotaskRows } from '../kit/autotask-rows.ts';
import { auditOfContracts } from '../kit/contract-books.ts';
import type { Visitor } from '../kit/visitor.ts';
import { must } from '../sandbox/must.ts';
import { journey, marketOf, newOrder } from './journey.ts';

const adjustments = (road: Visitor): number =>
  Object.entries(road.world.systems.autotask.calls())
    .filter(([call]) => call.includes('ContractServiceAdjustments'))
    .reduce((sum, [, count]) => sum + count, 0);

/** Services that carry our mark, with the units of their newest range. */
async function ourServices(road: Visitor) {
  const services = (await autotaskRows(road, 'ContractServices')).filter(
    ({ internalDescription }) => /^LP[0-9A-Z]{16}$/.test(String(internalDescription)),
  );
  // One query answers 500 rows, a service has one a month, and three calls at once are the limit.
  const units: Record<string, unknown>[][] = [];
  for (const { id } of services)
    units.push(
      await autotaskRows(road, 'ContractServiceUnits', {
        op: 'eq',
        field: 'contractServiceID',
        value: id,
      }),
    );
  return services.map(({ internalDescription }, index) => ({
    mark: internalDescription,
    units: (units[index] ?? []).sort((a, b) =>
      String(a.startDate) < String(b.startDate) ? 1 : -1,
    )[0]?.units,
  }));
}

journey('an order becomes a contract service with its units, once', { connect }, async (ready) => {
  const { road } = ready;
  await ready.syncAll();
  const before = await ourServices(road);
  await newOrder(ready, { quantity: 3 });
  const run = must(await ready.syncAll(), 'a run');
  expect(run.parts.map(({ state }) => state)).toEqual(run.parts.map(() => 'written'));
  const after = await ourServices(road);
  const known = new Set(before.map(({ mark }) => mark));
  const made = after.filter(({ mark }) => !known.has(mark));
  expect(made.map(({ units }) => units)).toEqual([3]);
  expect(new Set(after.map(({ mark }) => mark)).size).toBe(after.length);
  expect((await auditOfContracts(ready)).differences).toEqual([]);
});

journey(
  'a service whose answer was lost is found again and finished, never made twice',
  { connect },
  async (ready) => {
    const { road } = ready;
    await ready.syncAll();
    const before = (await ourServices(road)).length;
    await newOrder(ready, { quantity: 4 });
    await ready.check();
    road.world.systems.autotask.setFault('time-out-after-commit', {
      times: 1,
      path: 'ServiceAdjustments',
    });
    const sent = adjustments(road);
    const { plans } = await ready.preview();
    const { id } = await ready.confirm(plans.filter(({ needs }) => needs.length === 0));
    await road.until('the write', async () => adjustments(road) > sent);
    road.world.clock.advance({ ms: 101_000 });
    await road.until('the time-out', async () => {
      const run = await ready.run(id);
      return run.parts.some(({ state }) => state === 'unknown') ? run : null;
    });
    road.world.clock.advance({ ms: 125_000 });
    const run = await ready.ended(id);
    expect(run.parts.map(({ state }) => state)).toEqual(run.parts.map(() => 'written'));
    const after = await ourServices(road);
    expect(after).toHaveLength(before + 1);
    expect(await ready.syncAll()).toBeNull();
  },
);

journey(
  'a yearly subscription ordered today stands on a yearly contract, before the marketplace lists it',
  { connect },
  async (ready) => {
    const { road, params } = ready;
    await ready.syncAll();
    const { customers, products } = marketOf(ready);
    const yearly = must(
      [...products.values()].find(({ billingPeriod }) => billingPeriod.type === 'year'),
      'a product paid yearly',
    );
    const customer = must(
      [...customers.values()].find(({ currency }) => currency === 'AUD'),
      'a customer',
    );
    const ids = { customerId: customer.id, productId: yearly.id };
    await ready.order({ action: 'place', ...ids, quantity: 2 });
    await ready.check();
    const { rows } = await road.call('GET /v1/connections/:connectionId/mappings/products', {
      params,
    });
    const { target } = must(
      rows.find((row) => row.fee === null && row.target !== null),
      'a mapped product',
    );
    await road.call('PUT /v1/connections/:connectionId/mappings/products', {
      params,
      body: { productKey: yearly.id, fee: null, targetId: target?.id ?? null },
    });
    expect(await ready.syncAll()).not.toBeNull();
    expect((await auditOfContracts(ready)).differences).toEqual([]);
  },
);

journey(
  'seats given back on the day they began are given back once',
  { connect },
  async (ready) => {
    await ready.syncAll();
    const { subscriptionId } = await newOrder(ready, { quantity: 8 });
    await ready.syncAll();
    await ready.order({ action: 'change', subscriptionId, quantity: 7 });
    await ready.syncAll();
    expect((await auditOfContracts(ready)).differences).toEqual([]);
    expect(await ready.syncAll()).toBeNull();
  },
);

journey(
  'a sale and a change of its seats on one day come to what was ordered last',
  { connect },
  async (ready) => {
    await ready.syncAll();
    const { subscriptionId } = await newOrder(ready, { quantity: 2 });
    ready.road.world.clock.advance({ ms: 1_000 });
    await ready.order({ action: 'change', subscriptionId, quantity: 9 });
    await ready.syncAll();
    expect((await auditOfContracts(ready)).differences).toEqual([]);
    expect(await ready.syncAll()).toBeNull();
  },
);

journey(
  'an open line that somebody changed comes back by a dated change, not by a correction beside it',
  { connect },
  async (ready) => {
    const { road, params } = ready;
    await ready.syncAll();
    const { mark, units } = must((await ourServices(road))[0], 'a service of ours');
    const service = must(
      (await autotaskRows(road, 'ContractServices')).find(
        (row) => row.internalDescription === mark,
      ),
      'the service',
    );
    const { person } = road.world.systems.autotask;
    await ready.pass({ days: 1 });
    person.create(
      'ContractServiceAdjustments',
      {
        contractServiceID: String(service.id),
        effectiveDate: '2026-12-01T00:00:00',
        unitChange: '-1',
      },
      Number(service.contractID),
    );
    await ready.check();
    const { rows } = await road.call('GET /v1/connections/:connectionId/drifts', {
      params,
      query: {},
    });
    const { documentId, seen } = must(rows[0], 'what was changed');
    await road.call('POST /v1/connections/:connectionId/drifts', {
      params,
      body: { documentId, seen, linkIds: 'all', answer: 'again' },
    });
    const before = (await autotaskRows(road, 'ContractCharges')).length;
    const run = must(await ready.syncAll(), 'a run');
    expect(run.parts.map(({ state }) => state)).toEqual(['written']);
    expect(await autotaskRows(road, 'ContractCharges')).toHaveLength(before);
    const ours = (await ourServices(road)).find(
      ({ mark }) => mark === service?.internalDescription,
    );
    expect(ours?.units).toBe(units);
    expect(await ready.syncAll()).toBeNull();
  },
);
