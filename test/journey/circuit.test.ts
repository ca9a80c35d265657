import { expect } from 'vitest';
import { expectToTheCent, journey } from './journey.ts';

const betweenChecksMs = 6 * 60_000;

journey(
  'V16.5.2: a system that fails again and again is left alone for a while, says so, and a person tries at once',
  {},
  async (ready) => {
    const { road, params } = ready;
    const { clock, systems } = road.world;
    const card = () => road.call('GET /v1/connections/:connectionId', { params });
    systems.xero.setFault('server-error', {});
    const resting = await road.until('the calls to rest', async () => {
      clock.advance({ ms: betweenChecksMs });
      return (await card()).resting;
    });
    expect(resting).toMatchObject({ reason: { code: 'system.unreachable' } });
    expect(Date.parse(resting.until)).toBeGreaterThan(Date.parse(resting.since));
    const logged = async (action: 'circuit-opened' | 'circuit-closed') =>
      (await road.call('GET /v1/log', { query: { action } })).rows.length;
    expect(await logged('circuit-opened')).toBe(1);

    systems.xero.setFault('server-error', null);
    await road.call('POST /v1/connections/:connectionId/test', { params });
    expect((await card()).resting).toBeNull();
    expect(await logged('circuit-closed')).toBe(1);
    await ready.syncAll();
    await expectToTheCent(ready);
  },
);
