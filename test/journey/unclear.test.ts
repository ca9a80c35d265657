import { expect } from 'vitest';
import type { ReadyRoad } from '../kit/ready-road.ts';
import { takeBack } from '../kit/take-back.ts';
import { standingIn, writesTo } from '../kit/xero-lines.ts';
import { must } from '../sandbox/must.ts';
import { journey, newOrder } from './journey.ts';

const writeTimeOutMs = 101_000;
const lateCommitMs = 125_000;
const answerKey = 'POST /v1/connections/:connectionId/unclear/:intentId' as const;

/**
 * An undo whose answer was lost, while a person approved and voided the very document: nobody can
 * tell any more whether ours was taken off.
 */
async function unclearUndo(ready: ReadyRoad) {
  const { road, params } = ready;
  const { clock, systems } = road.world;
  const { plans } = await ready.preview();
  const plan = must(plans[0], 'a plan');
  const written = await ready.ended((await ready.confirm([plan])).id);
  const [document] = standingIn(ready);
  systems.xero.setFault('time-out-before-commit', { times: 1 });
  const before = writesTo(ready);
  const undo = await takeBack(ready, { kind: 'run', runId: written.id });
  await road.until('the call', async () => writesTo(ready) > before);
  systems.xero.person.approve(document?.id ?? '');
  systems.xero.person.void(document?.id ?? '');
  clock.advance({ ms: writeTimeOutMs });
  await road.until('the time-out', async () =>
    (await ready.run(undo.id)).parts.some(({ state }) => state === 'unknown'),
  );
  clock.advance({ ms: lateCommitMs });
  const asked = await road.until('the question', async () => {
    const { unclear } = await road.call('GET /v1/connections/:connectionId/dashboard', { params });
    return unclear[0] ?? null;
  });
  return { asked, undo, written };
}

journey('an unclear undo asks a person; “it happened” settles it', {}, async (ready) => {
  const { road, params } = ready;
  const { asked, undo, written } = await unclearUndo(ready);
  expect(asked).toMatchObject({ what: 'undo', by: 'Owner' });
  expect(asked.lookAt).toMatch(/^INV-/);
  expect(Number(asked.amount?.amount)).toBeGreaterThan(0);
  const answer = { params: { ...params, intentId: asked.id }, body: { happened: true } };
  await road.call(answerKey, answer);
  expect((await ready.ended(undo.id)).parts.map(({ state }) => state)).toEqual(['written']);
  expect((await ready.run(written.id)).canUndo).toBe(false);
  const held = (await ready.tasks('needs')).filter(({ needs }) =>
    needs.some(({ code }) => code === 'undone'),
  );
  expect(held.length).toBeGreaterThan(0);
  const { unclear } = await road.call('GET /v1/connections/:connectionId/dashboard', { params });
  expect(unclear).toEqual([]);
  // Answered once.
  expect((await road.ask(answerKey, answer)).status).toBe(404);
  const { rows } = await road.call('GET /v1/log', { query: { action: 'decided' } });
  expect(rows[0]?.subject).toBe(asked.lookAt);
});

journey(
  '“it did not” takes the run up, which then says what stands in its way',
  {},
  async (ready) => {
    const { road, params } = ready;
    const { asked, undo } = await unclearUndo(ready);
    await road.call(answerKey, {
      params: { ...params, intentId: asked.id },
      body: { happened: false },
    });
    const run = await ready.ended(undo.id);
    expect(run.parts.map(({ state }) => state)).toEqual(['blocked']);
  },
);

journey(
  'what else would go to an unclear document asks for that answer, instead of looking ready',
  {},
  async (ready) => {
    const { road, params } = ready;
    const { clock, systems } = road.world;
    const [plan] = (await ready.preview()).plans;
    const written = await ready.ended((await ready.confirm([must(plan, 'a plan')])).id);
    const document = must(standingIn(ready)[0], 'a document');
    const line = must(document.lines[0], 'a line').lineItemId;
    const byHand = { description: 'By hand', quantity: '1', unitAmount: '5', accountCode: '200' };
    systems.xero.person.addLine(document.id, byHand);
    await ready.check();
    systems.xero.setFault('time-out-before-commit', { times: 1 });
    const before = writesTo(ready);
    const undo = await takeBack(ready, { kind: 'run', runId: written.id });
    await road.until('the call', async () => writesTo(ready) > before);
    systems.xero.person.editLine(document.id, line, { unitAmount: '1' });
    clock.advance({ ms: writeTimeOutMs });
    await road.until('the time-out', async () =>
      (await ready.run(undo.id)).parts.some(({ state }) => state === 'unknown'),
    );
    const { customerId } = must(plan, 'a plan');
    const { orderNumber } = await newOrder(ready, { customerId });
    const task = async () =>
      (await ready.tasks('all')).find((each) => each.orderNumber === orderNumber);
    clock.advance({ ms: lateCommitMs });
    await road.until('the question', async () => {
      await ready.check();
      return (await task())?.needs.some(({ code }) => code === 'outcome-unclear') ?? false;
    });
    const [asked] = (await task())?.needs ?? [];
    await road.call(answerKey, {
      params: { ...params, intentId: asked?.subject ?? '' },
      body: { happened: false },
    });
    // The line was changed meanwhile: whoever undoes it looks at that first.
    expect((await ready.ended(undo.id)).parts.map(({ state }) => state)).toEqual(['stale']);
    expect(await task()).toMatchObject({ state: 'ready', needs: [] });
  },
);
