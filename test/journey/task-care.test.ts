import { expect } from 'vitest';
import type { CareBody } from '../../server/http/bodies.ts';
import type { ReadyRoad } from '../kit/ready-road.ts';
import { writesTo } from '../kit/xero-lines.ts';
import { must } from '../sandbox/must.ts';
import { journey, newOrder } from './journey.ts';

const care = ({ road, params }: ReadyRoad, body: CareBody) =>
  road.call('PUT /v1/connections/:connectionId/tasks/care', { params, body });
const dashboard = ({ road, params }: ReadyRoad) =>
  road.call('GET /v1/connections/:connectionId/dashboard', { params });

/** One order that is ready, after everything else was billed. */
async function oneReady(ready: ReadyRoad) {
  await ready.syncAll();
  const { orderNumber } = await newOrder(ready);
  await ready.check();
  return must(
    (await ready.tasks('ready')).find((task) => task.orderNumber === orderNumber),
    'the task',
  );
}

journey('a task is given to a colleague, with a note, and the log says so', {}, async (ready) => {
  const { road } = ready;
  await road.signIn('bluegum-billing');
  await dashboard(ready);
  await road.signIn();
  await dashboard(ready);
  const people = await road.call('GET /v1/people', {});
  expect(people.map(({ id }) => id).sort()).toEqual(['bluegum-billing', 'bluegum-owner']);
  const { id } = await oneReady(ready);
  await care(ready, { taskIds: [id], assigneeId: 'bluegum-billing', note: 'Asked the customer' });
  const [row] = await ready.tasks('ready');
  expect(row?.care).toMatchObject({
    assignee: { id: 'bluegum-billing' },
    note: { text: 'Asked the customer' },
    snoozedUntil: null,
  });
  const { rows } = await road.call('GET /v1/log', { query: { action: 'task-cared' } });
  expect(rows[0]?.sentence).toMatch(/given to .+, noted “Asked the customer”$/);
  // A change of the order keeps it; taking everything back leaves nothing.
  await ready.check();
  await care(ready, { taskIds: [id], assigneeId: null, note: null });
  expect((await ready.tasks('ready'))[0]?.care.assignee).toBeNull();
  await expect(care(ready, { taskIds: [id], assigneeId: 'stranger' })).rejects.toThrow(
    /request\.invalid/,
  );
});

journey(
  'what is put off asks nobody, is not written by itself, and comes back on its day',
  {},
  async (ready) => {
    const { id, orderNumber } = await oneReady(ready);
    const writes = writesTo(ready);
    await expect(care(ready, { taskIds: [id], snoozedUntil: '2026-11-23' })).rejects.toThrow(
      /request\.invalid/,
    );
    await care(ready, { taskIds: [id], snoozedUntil: '2026-11-26' });
    expect(await ready.tasks('ready')).toEqual([]);
    expect((await ready.tasks('snoozed')).map((task) => task.orderNumber)).toEqual([orderNumber]);
    expect((await dashboard(ready)).ready.total).toBe(0);
    expect(await ready.syncAll()).toBeNull();
    expect(writesTo(ready)).toBe(writes);
    // Chosen by hand it can be written all the same.
    const { plans } = await ready.preview({ kind: 'tasks', taskIds: [id] });
    expect(plans).toHaveLength(1);
    await ready.pass({ days: 3 });
    expect((await ready.tasks('ready')).map((task) => task.orderNumber)).toContain(orderNumber);
    expect(await ready.tasks('snoozed')).toEqual([]);
  },
);

journey('nobody is told to be in a task that there is none of', {}, async (ready) => {
  const { road, params } = ready;
  const enter = () =>
    road.call('POST /v1/connections/:connectionId/tasks/presence', {
      params,
      body: { taskIds: ['made-up', '__proto__'] },
    });
  expect(await enter()).toEqual({ others: [] });
  await road.signIn('bluegum-billing');
  expect(await enter()).toEqual({ others: [] });
});

journey('who has a task open is told to the others, for a minute', {}, async (ready) => {
  const { road, params } = ready;
  const { id } = await oneReady(ready);
  const enter = () =>
    road.call('POST /v1/connections/:connectionId/tasks/presence', {
      params,
      body: { taskIds: [id] },
    });
  expect(await enter()).toEqual({ others: [] });
  await road.signIn('bluegum-billing');
  const { others } = await enter();
  expect(others).toHaveLength(1);
  expect((await ready.tasks('ready'))[0]?.present).toEqual(others);
  road.world.clock.advance({ ms: 61_000 });
  expect((await ready.tasks('ready'))[0]?.present).toEqual([]);
});
