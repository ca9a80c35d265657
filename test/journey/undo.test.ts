import { expect } from 'vitest';
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

  const decisions = await road.call('GET /v1/connections/:connectionId/decisions', { params });
  for (const { id, value } of decisions)
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
