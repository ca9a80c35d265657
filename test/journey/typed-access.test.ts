import { expect } from 'vitest';
import { connectConnectWise as connect } from '../kit/connectwise-road.ts';
import type { ReadyRoad } from '../kit/ready-road.ts';
import { journey } from './journey.ts';

const test = ({ road, params }: ReadyRoad) =>
  road.ask('POST /v1/connections/:connectionId/test', { params });
const card = ({ road, params }: ReadyRoad) =>
  road.call('GET /v1/connections/:connectionId', { params });

journey(
  'a right that was taken is told with its system, and named by the test of the connection with where to grant it',
  { connect },
  async (ready) => {
    const { person } = ready.road.world.systems.connectwise;
    await ready.syncAll();
    person.setRight('Finance > Agreements', 'Inquire', false);
    await ready.check();
    const broken = await card(ready);
    expect(broken.state).toBe('broken');
    expect(broken.failure?.next).toContain('Test connection');
    const { rows } = await ready.road.call('GET /v1/log', {
      query: { action: 'connection-broken' },
    });
    expect(rows[0]?.failure?.next).toBe(broken.failure?.next);
    const refused = await test(ready);
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({
      code: 'connect.right',
      message: expect.stringContaining('Finance > Agreements, Inquire'),
      next: expect.stringContaining('System > Security Roles'),
    });
    // A test that fails mends nothing.
    expect((await card(ready)).state).toBe('broken');
    person.setRight('Finance > Agreements', 'Inquire', true);
    expect((await test(ready)).status).toBe(200);
    expect((await card(ready)).state).toBe('active');
  },
);

journey(
  'keys that are no longer accepted say what to check, in the words of typed access',
  { connect },
  async (ready) => {
    await ready.syncAll();
    ready.road.world.systems.connectwise.person.newKeys();
    await ready.check();
    const { failure } = await card(ready);
    expect(failure?.message).toContain('ConnectWise PSA');
    expect(failure?.next).toContain('type the access anew');
    expect(await (await test(ready)).json()).toMatchObject({
      code: 'connect.refused',
      message: expect.stringContaining('ConnectWise PSA'),
      next: expect.stringContaining('both keys'),
    });
  },
);
