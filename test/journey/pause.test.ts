import { expect } from 'vitest';
import { marksIn, writesTo } from '../kit/xero-lines.ts';
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
