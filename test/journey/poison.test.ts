import { expect } from 'vitest';
import { marksIn, writesTo } from '../kit/xero-lines.ts';
import { must } from '../sandbox/must.ts';
import { expectToTheCent, journey } from './journey.ts';

const roundMs = 200_000;

for (const status of [400, 500])
  journey(
    `one invoice that Xero answers with ${status} for ever: the others are written, it asks a person`,
    {},
    async (ready) => {
      const { road } = ready;
      const { clock, systems } = road.world;
      const { plans } = await ready.preview();
      const bad = must(plans[0], 'a plan');
      const text = must(bad.target.reference, 'its reference');
      expect(plans.length).toBeGreaterThan(3);
      systems.xero.setFault('poison', { text, status });
      const { id } = await ready.confirm(plans);
      const ended = await road.until('the end', async () => {
        clock.advance({ ms: roundMs });
        const run = await ready.run(id);
        return run.endedAt === null ? null : run;
      });
      const stateOf = (ref: string) => ended.parts.find((part) => part.ref === ref);
      expect(stateOf(bad.ref)?.state).toBe('rejected');
      expect(ended.parts.filter(({ ref }) => ref !== bad.ref).map(({ state }) => state)).toEqual(
        plans.slice(1).map(() => 'written'),
      );
      const marks = marksIn(ready);
      expect(new Set(marks).size).toBe(marks.length);

      const needs = await ready.tasks('needs');
      expect(needs.map(({ id: taskId }) => taskId).sort()).toEqual([...bad.taskIds].sort());
      expect(needs[0]?.needs[0]).toMatchObject({ code: 'write-rejected' });
      expect(stateOf(bad.ref)?.failure?.said).toMatch(/error occurred|could not be read/);
      const { rows } = await road.call('GET /v1/log', { query: { action: 'rejected' } });
      expect(rows).toHaveLength(1);

      // Nobody is asked again by himself; a person who mended it writes it again.
      const calls = writesTo(ready);
      await ready.pass({ ms: roundMs });
      expect(writesTo(ready)).toBe(calls);
      systems.xero.setFault('poison', null);
      const again = await ready.preview({ kind: 'tasks', taskIds: bad.taskIds });
      const done = await ready.ended((await ready.confirm(again.plans)).id);
      expect(done.parts.map(({ state }) => state)).toEqual(['written']);
      await expectToTheCent(ready);
    },
  );
