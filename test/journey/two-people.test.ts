import { expect } from 'vitest';
import { secondWaitMaxMs } from '../../server/domain/two-people.ts';
import type { ReadyRoad } from '../kit/ready-road.ts';
import { lookAtUndo, takeBack } from '../kit/take-back.ts';
import { standingIn, writesTo } from '../kit/xero-lines.ts';
import { must } from '../sandbox/must.ts';
import { orderMuch } from '../sandbox/stories/big-order.ts';
import { expectToTheCent, journey } from './journey.ts';

const owner = 'bluegum-owner';
const operator = 'bluegum-billing';
const limit = { amount: '1', currency: 'AUD' };

const second = ({ road, params }: ReadyRoad, runId: string, answer: 'given' | 'declined') =>
  road.ask('POST /v1/connections/:connectionId/runs/:runId/second', {
    params: { ...params, runId },
    body: { answer },
  });
const codeOf = async (response: Response): Promise<string> => (await response.json()).code;
const grant = ({ road, params }: ReadyRoad, userId: string, granted = true) =>
  road.call('PUT /v1/connections/:connectionId/grants', { params, body: { userId, granted } });
/** Opens the app once, so that people know of each other. */
async function visit(ready: ReadyRoad, userId: string): Promise<void> {
  await ready.road.signIn(userId);
  await ready.road.call('GET /v1/connections/:connectionId/dashboard', { params: ready.params });
}
async function prepare(ready: ReadyRoad) {
  await ready.check();
  const { plans } = await ready.preview();
  return ready.confirm(plans.filter(({ needs }) => needs.length === 0));
}

journey(
  'an operator prepares, and who was named approves: above the limit never the same person',
  { settings: { invoice: 'per-order', postAs: 'approved', accountCode: '200' } },
  async (ready) => {
    const { road, params } = ready;
    await visit(ready, operator);
    const prepared = await prepare(ready);
    expect(prepared.awaits).toMatchObject({ why: 'grant', notBy: [operator] });
    expect(writesTo(ready)).toBe(0);
    // The waiting is a task with its reason, and who prepared it.
    const [waiting] = await ready.tasks('waiting');
    expect(waiting?.failure?.code).toBe('run.second');
    expect(await codeOf(await second(ready, prepared.id, 'given'))).toBe('access.grant');

    await road.signIn(owner);
    const people = await grant(ready, operator);
    expect(people.people.find(({ id }) => id === operator)?.granted).not.toBeNull();
    await ready.settings({ twoPeopleAbove: limit });
    await visit(ready, operator);
    // The right does not let them confirm what they prepared themselves.
    expect(await codeOf(await second(ready, prepared.id, 'given'))).toBe('run.same-person');
    expect((await second(ready, prepared.id, 'declined')).status).toBe(200);
    expect(await ready.tasks('waiting')).toEqual([]);

    await road.signIn(owner);
    const above = await prepare(ready);
    expect(above.awaits).toMatchObject({ why: 'limit', limit, notBy: [owner] });
    // Who set the limit cannot step over it by raising it, and everybody sees that they tried.
    await ready.settings({ twoPeopleAbove: null });
    expect(await codeOf(await second(ready, above.id, 'given'))).toBe('run.same-person');
    const { rows } = await road.call('GET /v1/log', { query: { level: 'errors-and-action' } });
    expect(rows.find(({ action }) => action === 'limit-changed')?.actor).toContain('Owner');
    expect(writesTo(ready)).toBe(0);

    await visit(ready, operator);
    expect((await second(ready, above.id, 'given')).status).toBe(200);
    const ended = await ready.ended(above.id);
    expect(ended.parts.every(({ state }) => state === 'written')).toBe(true);
    expect([ended.by, ended.second?.answer]).toEqual(['Owner', 'given']);
    await expectToTheCent(ready);

    // Taking back is money too: the owner who removed the limit is still under it today.
    await road.signIn(owner);
    const undo = await takeBack(ready, { kind: 'run', runId: above.id });
    expect(undo.awaits?.why).toBe('limit');
    const standing = standingIn(ready).length;
    expect((await lookAtUndo(ready, { kind: 'run', runId: above.id })).documents).toEqual([]);
    expect(standing).toBeGreaterThan(0);
    const audit = await road.call('GET /v1/audit', {});
    const actions = audit.rows.map(({ action }) => action);
    expect(actions).toContain('grant');
    expect(actions).toContain('second');
    expect(params.connectionId).toBe(ready.connectionId);
  },
);

journey('automatic above the limit waits, and holds nothing else up', {}, async (ready) => {
  const { road, params } = ready;
  await visit(ready, operator);
  await road.signIn(owner);
  await grant(ready, operator);
  await road.call('POST /v1/connections/:connectionId/mappings/customers/bulk', {
    params,
    body: { do: 'automatic', ids: 'all', on: true },
  });
  const { orderNumber } = orderMuch(road.world);
  await ready.settings({ automatic: { mode: 'every-5-minutes' }, twoPeopleAbove: limit });
  await ready.pass({ ms: 300_000 });
  const runs = await road.call('GET /v1/connections/:connectionId/runs', { params });
  const waits = must(
    runs.find(({ kind }) => kind === 'automatic'),
    'the automatic run',
  );
  expect(waits).toMatchObject({ endedAt: null, awaits: { why: 'limit', notBy: [owner] } });
  expect((await ready.tasks('waiting')).map((task) => task.orderNumber)).toContain(orderNumber);
  // It is asked once, however often is looked.
  await ready.pass({ ms: 300_000 });
  await ready.pass({ ms: 300_000 });
  expect((await road.call('GET /v1/connections/:connectionId/runs', { params })).length).toBe(
    runs.length,
  );
  const { awaiting, running } = await road.call('GET /v1/connections/:connectionId/dashboard', {
    params,
  });
  expect([awaiting.map(({ id }) => id), running]).toEqual([[waits.id], null]);
  // Who switched automatic on for the customers prepared it too.
  expect(await codeOf(await second(ready, waits.id, 'given'))).toBe('run.same-person');
  await road.crash();
  await road.begin();
  expect(writesTo(ready)).toBe(0);
  await visit(ready, operator);
  expect((await second(ready, waits.id, 'given')).status).toBe(200);
  const ended = await ready.ended(waits.id);
  expect(ended.parts.every(({ state }) => state === 'written')).toBe(true);
  // What Xero bills by itself is not automatic's; here one prepares it and the other confirms.
  const rest = await prepare(ready);
  expect(rest.awaits?.notBy).toEqual([operator]);
  await road.signIn(owner);
  expect((await second(ready, rest.id, 'given')).status).toBe(200);
  await ready.ended(rest.id);
  await expectToTheCent(ready);
});

journey(
  'an operator without the right neither approves nor switches automatic on',
  {},
  async (ready) => {
    const { road, params } = ready;
    await visit(ready, operator);
    const on = await road.ask('POST /v1/connections/:connectionId/mappings/customers/bulk', {
      params,
      body: { do: 'automatic', ids: 'all', on: true },
    });
    expect([on.status, await codeOf(on)]).toEqual([403, 'access.grant']);
    const self = await road.ask('PUT /v1/connections/:connectionId/grants', {
      params,
      body: { userId: operator, granted: true },
    });
    expect([self.status, await codeOf(self)]).toEqual([403, 'access.forbidden']);
    // Drafts are preparing: they are written at once, and somebody approves them in Xero.
    const run = await prepare(ready);
    expect(run.awaits).toBeNull();
    await ready.ended(run.id);
    await expectToTheCent(ready);
    // Above a limit drafts wait for somebody else, and not for ever.
    await road.signIn(owner);
    await ready.settings({ twoPeopleAbove: limit });
    orderMuch(road.world);
    const forgotten = await prepare(ready);
    expect(forgotten.awaits).not.toBeNull();
    await ready.pass({ ms: secondWaitMaxMs });
    await road.signIn(owner);
    const ended = await ready.ended(forgotten.id);
    expect(ended).toMatchObject({ awaits: null, second: { answer: 'expired' } });
    expect(ended.parts.every(({ state }) => state === 'blocked')).toBe(true);
  },
);
