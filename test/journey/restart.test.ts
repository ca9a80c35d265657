import { expect } from 'vitest';
import { marksIn, writesTo } from '../kit/xero-lines.ts';
import { expectToTheCent, journey } from './journey.ts';

const lateCommitMs = 125_000;

journey('a restart between seeing and writing changes nothing', {}, async (ready) => {
  const { plans } = await ready.preview();
  await ready.road.restart();
  expect((await ready.preview()).plans.map(({ fingerprint }) => fingerprint).sort()).toEqual(
    plans.map(({ fingerprint }) => fingerprint).sort(),
  );
  await ready.ended((await ready.confirm(plans)).id);
  await ready.road.restart();
  expect(await ready.syncAll()).toBeNull();
  await expectToTheCent(ready);
});

for (const fault of ['time-out-before-commit', 'time-out-after-commit', 'late-commit'])
  journey(`a kill during a write that ends in ${fault}: nothing twice`, {}, async (ready) => {
    const { road } = ready;
    const { plans } = await ready.preview();
    road.world.systems.xero.setFault(fault, { times: 1 });
    const before = writesTo(ready);
    const { id } = await ready.confirm(plans);
    await road.until('the write', async () => writesTo(ready) > before);
    await road.crash();
    await road.begin();
    expect((await ready.run(id)).endedAt).toBeNull();
    road.world.clock.advance({ ms: lateCommitMs });
    const run = await ready.ended(id);
    expect(run.parts.map(({ state }) => state)).toEqual(run.parts.map(() => 'written'));
    expect(new Set(marksIn(ready)).size).toBe(marksIn(ready).length);
    expect(await ready.syncAll()).toBeNull();
    await expectToTheCent(ready);
  });
