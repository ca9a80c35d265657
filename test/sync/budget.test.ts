import { expect, test } from 'vitest';
import { tenantKey } from '../../server/domain/ids.ts';
import { createBudget, paced } from '../../server/sync/budget.ts';
import { createMemoryStore } from '../kit/memory-store.ts';
import { createTestClock } from '../kit/test-clock.ts';

const tenantId = tenantKey('m', 't');
function world({ perMinute = 60, perDay = 5_000, jumps = false } = {}) {
  const clock = createTestClock('2026-11-23T22:00:00Z', { jumps });
  const store = createMemoryStore(clock);
  const options = { store, clock, tenantId, id: 'marketplace', perMinute, perDay };
  return { clock, store, budget: createBudget(options), again: () => createBudget(options) };
}
const times = async (count: number, work: () => Promise<void>) => {
  for (let n = 0; n < count; n += 1) await work();
};

test('background leaves a tenth of the minute to people, and the next place comes after a minute', async () => {
  const { budget, clock } = world();
  await times(54, () => budget.spend('background'));
  await expect(budget.spend('background')).rejects.toMatchObject({
    code: 'marketplace.limited',
    retry: { kind: 'later', at: '2026-11-23T22:01:00.000Z' },
  });
  await times(6, () => budget.spend('person'));
  await expect(budget.spend('person')).rejects.toMatchObject({ code: 'marketplace.limited' });
  await clock.advance(60_000);
  await budget.spend('background');
  expect(await budget.view()).toEqual({ dayUsed: 61, dayMax: 5_000, minuteUsed: 1, minuteMax: 60 });
});

test('background leaves a tenth of the day, which ends at midnight', async () => {
  const { budget, clock } = world({ perMinute: 1_000, perDay: 100 });
  await times(90, () => budget.spend('background'));
  await expect(budget.spend('background')).rejects.toMatchObject({
    code: 'marketplace.quota',
    retry: { kind: 'later', at: '2026-11-24T00:00:00.000Z' },
  });
  await times(10, () => budget.spend('person'));
  await expect(budget.spend('person')).rejects.toMatchObject({ code: 'marketplace.quota' });
  await clock.advance(2 * 3_600_000);
  await budget.spend('background');
  expect((await budget.view()).dayUsed).toBe(1);
});

test('the day is stored ahead in batches: a restart never forgets a call', async () => {
  const { budget, store, again } = world();
  await times(25, () => budget.spend('background'));
  expect(store.commits()).toBe(2);
  const { dayUsed } = await again().view();
  expect(dayUsed).toBeGreaterThanOrEqual(25);
  expect(dayUsed).toBeLessThanOrEqual(40);
});

test('many at once take a place each', async () => {
  const { budget } = world();
  const taken = await Promise.allSettled(
    Array.from({ length: 80 }, () => budget.spend('background')),
  );
  expect(taken.filter(({ status }) => status === 'fulfilled')).toHaveLength(54);
});

test('paced calls wait for their minute, but not for another day', async () => {
  const { budget, clock } = world({ perDay: 200, jumps: true });
  const spend = paced(budget, clock);
  const startMs = clock.nowMs();
  await times(180, () => spend('background'));
  expect(clock.nowMs() - startMs).toBe(3 * 60_000);
  await expect(spend('background')).rejects.toMatchObject({ code: 'marketplace.quota' });
});
