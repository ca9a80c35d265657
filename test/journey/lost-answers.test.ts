import { expect } from 'vitest';
import { marksIn, writesTo } from '../kit/xero-lines.ts';
import { expectToTheCent, journey } from './journey.ts';

/** Longer than a write may take, shorter than the lease on the connection. */
const writeTimeOutMs = 101_000;
const lateCommitMs = 125_000;

for (const fault of ['time-out-before-commit', 'time-out-after-commit', 'late-commit'])
  journey(`${fault}: unknown for two minutes, then right, never twice`, {}, async (ready) => {
    const { road } = ready;
    const { clock, systems } = road.world;
    const { plans } = await ready.preview();
    systems.xero.setFault(fault, { times: 1 });
    const before = writesTo(ready);
    const { id } = await ready.confirm(plans);
    await road.until('the write', async () => writesTo(ready) > before);
    clock.advance({ ms: writeTimeOutMs });
    const unknown = await road.until('the time-out', async () => {
      const run = await ready.run(id);
      return run.parts.some(({ state }) => state === 'unknown') ? run : null;
    });
    expect(unknown.endedAt).toBeNull();
    const applying = await ready.tasks('waiting');
    expect(applying.length).toBeGreaterThan(0);
    clock.advance({ ms: lateCommitMs });
    const run = await ready.ended(id);
    expect(run.parts.map(({ state }) => state)).toEqual(run.parts.map(() => 'written'));
    const marks = marksIn(ready);
    expect(new Set(marks).size).toBe(marks.length);
    expect(await ready.syncAll()).toBeNull();
    await expectToTheCent(ready);
  });
