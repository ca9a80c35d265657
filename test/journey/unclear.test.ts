import { expect } from 'vitest';
import type { ReadyRoad } from '../kit/ready-road.ts';
import { takeBack } from '../kit/take-back.ts';
import { standingIn, writesTo } from '../kit/xero-lines.ts';
import { must } from '../sandbox/must.ts';
import { journey } from './journey.ts';

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
