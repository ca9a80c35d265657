import { expect } from 'vitest';
import { marksIn, writesTo } from '../kit/xero-lines.ts';
import { must } from '../sandbox/must.ts';
import { expectToTheCent, journey, newOrder } from './journey.ts';

const automaticEveryMs = 5 * 60_000 + 30_000;

journey(
  'pause stops every write, by hand and by itself, and reading goes on',
  {},
  async (ready) => {
    const { road, params } = ready;
    await road.call('POST /v1/connections/:connectionId/mappings/customers/bulk', {
      params,
      body: { do: 'automatic', ids: 'all', on: true },
    });
    const { plans } = await ready.preview();
    const pause = async (paused: boolean) =>
      road.call('POST /v1/connections/:connectionId/pause', { params, body: { paused } });
    expect((await pause(true)).paused?.by).toBe('Owner');
    await ready.settings({ automatic: { mode: 'every-5-minutes' } });

    const parts = plans.map(({ ref, fingerprint, taskIds }) => ({ ref, fingerprint, taskIds }));
    const refused = await road.ask('POST /v1/connections/:connectionId/runs', {
      params,
      body: { parts },
    });
    expect(refused.ok).toBe(false);
    expect(await refused.json()).toMatchObject({ code: 'work.paused' });
    const { orderNumber } = await newOrder(ready);
    await ready.pass({ ms: automaticEveryMs });
    expect((await ready.tasks('ready')).map((task) => task.orderNumber)).toContain(orderNumber);
    expect(writesTo(ready)).toBe(0);

    await pause(false);
    await ready.pass({ ms: automaticEveryMs });
    await road.until('the automatic run', async () => marksIn(ready).length > 0);
    await road.until('its end', async () => (await ready.tasks('waiting')).length === 0);
    await ready.syncAll();
    await expectToTheCent(ready);
  },
);

journey(
  'pause in the middle of a run stops it after the call in flight, and resuming goes on',
  {},
  async (ready) => {
    const { road, params } = ready;
    const { clock, systems } = road.world;
    const slowMs = 20_000;
    const { plans } = await ready.preview();
    const text = must(must(plans[0], 'a plan').target.reference, 'its reference');
    // The first call is refused as a whole, so that the run needs several more.
    systems.xero.setFault('poison', { text, status: 400 });
    systems.xero.setFault('slow', { method: 'PUT', delayMs: slowMs, times: 1 });
    const { id } = await ready.confirm(plans);
    await road.until('the call in flight', async () => writesTo(ready) > 0);
    const pause = (paused: boolean) =>
      road.call('POST /v1/connections/:connectionId/pause', { params, body: { paused } });
    await pause(true);
    clock.advance({ ms: slowMs });
    const stopped = await road.until('the stop', async () => {
      const run = await ready.run(id);
      return run.parts.every(({ state }) => state === 'delayed') ? run : null;
    });
    expect(stopped.endedAt).toBeNull();
    expect(new Set(stopped.parts.map(({ failure }) => failure?.code))).toEqual(
      new Set(['work.paused']),
    );
    // Another call may have begun before the pause was heard; none does after it.
    const begun = writesTo(ready);
    await ready.pass({ ms: automaticEveryMs });
    expect(writesTo(ready)).toBe(begun);
    expect(begun).toBeLessThan(3);
    expect(marksIn(ready)).toEqual([]);

    systems.xero.setFault('poison', null);
    await pause(false);
    const ended = await ready.ended(id);
    expect(ended.parts.map(({ state }) => state)).toEqual(plans.map(() => 'written'));
    await expectToTheCent(ready);
  },
);
