import { expect } from 'vitest';
import { decisionsIn } from '../kit/decisions.ts';
import { documentsIn, marksIn, standingIn } from '../kit/xero-lines.ts';
import { expectToTheCent, journey } from './journey.ts';

journey('undo takes back what was written; billing it again gives new marks', {}, async (ready) => {
  const { road, params } = ready;
  const written = await ready.syncAll();
  const marks = marksIn(ready);
  expect(marks.length).toBeGreaterThan(0);
  const undo = await road.call('POST /v1/connections/:connectionId/runs/:runId/undo', {
    params: { ...params, runId: written?.id ?? '' },
  });
  const undone = await ready.ended(undo.id);
  expect(undone.parts.map(({ state }) => state)).toEqual(undone.parts.map(() => 'written'));
  expect(standingIn(ready)).toEqual([]);
  expect(documentsIn(ready).every(({ status }) => status === 'DELETED')).toBe(true);

  // Held, also after looking again, until a person bills it.
  expect(await ready.syncAll()).toBeNull();
  const held = await ready.tasks('needs');
  expect(held.length).toBeGreaterThan(0);
  for (const { needs } of held) expect(needs.map(({ code }) => code)).toContain('undone');

  for (const { id, value } of await decisionsIn(ready))
    if (value.kind === 'hold')
      await road.call('DELETE /v1/connections/:connectionId/decisions/:decisionId', {
        params: { ...params, decisionId: id },
      });
  const again = await ready.syncAll();
  expect(again?.parts.map(({ state }) => state)).toEqual(again?.parts.map(() => 'written'));
  const fresh = marksIn(ready);
  expect(fresh.length).toBe(marks.length);
  expect(fresh.filter((mark) => marks.includes(mark))).toEqual([]);
  await expectToTheCent(ready);
});

journey('undo is refused once a person approved a document', {}, async (ready) => {
  const { road, params } = ready;
  const written = await ready.syncAll();
  const [document] = standingIn(ready);
  road.world.clock.advance({ ms: 1_000 });
  road.world.systems.xero.person.approve(document?.id ?? '');
  await ready.check();
  const runId = written?.id ?? '';
  expect((await ready.run(runId)).canUndo).toBe(false);
  const refused = await road.ask('POST /v1/connections/:connectionId/runs/:runId/undo', {
    params: { ...params, runId },
  });
  expect(refused.status).toBe(409);
  await expectToTheCent(ready);
});

journey(
  'an undo that meets the day’s limit goes on by itself, also after a kill',
  { settings: { invoice: 'per-order' } },
  async (ready) => {
    const { road, params } = ready;
    const { clock, systems } = road.world;
    const written = await ready.syncAll();
    const runId = written?.id ?? '';
    const retryAfterS = 7_200;
    systems.xero.setFault('rate-limit-day', { times: 1, method: 'POST', retryAfterS });
    const key = 'POST /v1/connections/:connectionId/runs/:runId/undo' as const;
    const undo = await road.call(key, { params: { ...params, runId } });
    const delayed = await road.until('the limit', async () => {
      const run = await ready.run(undo.id);
      return run.parts.some(({ state }) => state === 'delayed') ? run : null;
    });
    expect(delayed.endedAt).toBeNull();
    expect(delayed.parts.every(({ state }) => state !== 'waiting')).toBe(true);
    expect(standingIn(ready).length).toBeGreaterThan(0);
    // Nobody starts it a second time meanwhile.
    expect((await ready.run(runId)).canUndo).toBe(false);
    expect((await road.ask(key, { params: { ...params, runId } })).status).toBe(409);

    await road.crash();
    await road.begin();
    clock.advance({ ms: (retryAfterS + 120) * 1000 });
    const done = await ready.ended(undo.id);
    expect(done.parts.map(({ state }) => state)).toEqual(done.parts.map(() => 'written'));
    expect(standingIn(ready)).toEqual([]);
    expect((await ready.run(runId)).canUndo).toBe(false);
    expect(await ready.syncAll()).toBeNull();
  },
);
