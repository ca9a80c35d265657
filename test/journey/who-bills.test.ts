import { expect } from 'vitest';
import { connectConnectWise } from '../kit/connectwise-road.ts';
import type { ReadyRoad } from '../kit/ready-road.ts';
import { must } from '../sandbox/must.ts';
import { journey, newOrder } from './journey.ts';

/** Everybody is billed by the first connection here, until a person ticks the second. */
async function twoSystems(ready: ReadyRoad) {
  const { road } = ready;
  const { connectionId } = await connectConnectWise(road);
  const params = { connectionId };
  const shell = () => road.call('GET /v1/connections/:connectionId', { params });
  await road.call('POST /v1/connections/:connectionId/check', { params });
  await road.until('the first reading', async () => !(await shell()).checking);
  const billedBy = async (at: string, customerId: string) => {
    const page = await road.call('GET /v1/connections/:connectionId/mappings/customers', {
      params: { connectionId: at },
    });
    return must(
      page.rows.find(({ id }) => id === customerId),
      'the customer',
    ).billedBy;
  };
  return {
    second: connectionId,
    tick: (at: string, customerId: string, on = true) =>
      road.call('POST /v1/connections/:connectionId/mappings/customers/bulk', {
        params: { connectionId: at },
        body: { do: 'bills', ids: [customerId], on },
      }),
    /** As both connections' screens say it. */
    billers: async (customerId: string) => [
      await billedBy(ready.connectionId, customerId),
      await billedBy(connectionId, customerId),
    ],
    orders: async (at: string) => {
      const page = await road.call('GET /v1/connections/:connectionId/tasks', {
        params: { connectionId: at },
        query: { view: 'all' },
      });
      return page.rows.map(({ orderNumber }) => orderNumber);
    },
  };
}

journey(
  'a customer mapped in two systems is billed by the one that was ticked last, and by no other',
  {},
  async (ready) => {
    const { connectionId: first } = ready;
    const { second, tick, billers, orders } = await twoSystems(ready);
    const before = await newOrder(ready);
    const { customerId } = before;
    await ready.check();
    expect(await billers(customerId)).toEqual([first, first]);
    await tick(second, customerId);
    expect(await billers(customerId)).toEqual([second, second]);
    const after = await newOrder(ready, { customerId });
    await ready.check();
    expect(await orders(first)).toContain(before.orderNumber);
    expect(await orders(first)).not.toContain(after.orderNumber);
    expect(await orders(second)).toContain(after.orderNumber);
    expect(await orders(second)).not.toContain(before.orderNumber);
    await tick(first, customerId);
    expect(await billers(customerId)).toEqual([first, first]);
    await tick(first, customerId, false);
    expect(await billers(customerId)).toEqual([null, null]);
  },
);
