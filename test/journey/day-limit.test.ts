import { expect } from 'vitest';
import { writesTo } from '../kit/xero-lines.ts';
import { expectToTheCent, journey } from './journey.ts';

const retryAfterS = 66_975;

journey("Xero's day limit: tasks wait with a time, then the run goes on", {}, async (ready) => {
  const { road } = ready;
  const { clock, systems } = road.world;
  const { plans } = await ready.preview();
  systems.xero.setFault('rate-limit-day', { times: 1, method: 'PUT', retryAfterS });
  const dueMs = clock.nowMs() + retryAfterS * 1000;
  const { id } = await ready.confirm(plans);
  const delayed = await road.until('the limit', async () => {
    const run = await ready.run(id);
    return run.parts.some(({ state }) => state === 'delayed') ? run : null;
  });
  const [part] = delayed.parts;
  expect(Date.parse(part?.failure?.retryAt ?? '')).toBeGreaterThanOrEqual(dueMs);
  const waiting = await ready.tasks('waiting');
  expect(waiting.length).toBeGreaterThan(0);
  for (const { retryAt } of waiting)
    expect(Date.parse(retryAt ?? '')).toBeGreaterThanOrEqual(dueMs);

  const written = writesTo(ready);
  clock.advance({ ms: 3_600_000 });
  await ready.check();
  expect(writesTo(ready)).toBe(written);
  expect((await ready.run(id)).endedAt).toBeNull();

  // Run and check wake at once, with a token that ended: neither waits for the other's renewal.
  clock.advance({ ms: retryAfterS * 1000 });
  const run = await ready.ended(id);
  expect(run.parts.map(({ state }) => state)).toEqual(run.parts.map(() => 'written'));
  expect(await ready.tasks('waiting')).toEqual([]);
  await expectToTheCent(ready);
});
