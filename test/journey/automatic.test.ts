import { expect } from 'vitest';
import { must } from '../sandbox/must.ts';
import { expectToTheCent, journey } from './journey.ts';

journey('automatic writes for switched-on customers only', {}, async (ready) => {
  const { road, params } = ready;
  const waiting = await ready.tasks('ready');
  const { customerId } = must(waiting[0], 'a task');
  const others = new Set(
    waiting.filter((task) => task.customerId !== customerId).map((task) => task.orderNumber),
  );
  expect(others.size).toBeGreaterThan(0);
  await road.call('POST /v1/connections/:connectionId/mappings/customers/bulk', {
    params,
    body: { do: 'automatic', ids: [customerId], on: true },
  });
  await ready.settings({ automatic: { mode: 'every-5-minutes' } });
  await ready.check();
  const ended = await road.until('the automatic run', async () => {
    const runs = await road.call('GET /v1/connections/:connectionId/runs', { params });
    return runs.find(({ kind, endedAt }) => kind === 'automatic' && endedAt !== null) ?? null;
  });
  expect(ended.parts.map(({ state }) => state)).toEqual(ended.parts.map(() => 'written'));
  const left = await ready.tasks('ready');
  expect(new Set(left.map((task) => task.orderNumber))).toEqual(others);
  const { rows } = await road.call('GET /v1/log', { query: { action: 'written' } });
  expect(new Set(rows.map((row) => row.customerId))).toEqual(new Set([customerId]));
  await expectToTheCent(ready, { waiting: [...others] });
});

journey('turning switches on shows exactly what automatic then writes', {}, async (ready) => {
  const { road, params } = ready;
  const waiting = await ready.tasks('ready');
  const chosen = [...new Set(waiting.map(({ customerId }) => customerId))].slice(0, 2);
  expect(chosen).toHaveLength(2);
  const shown = await ready.preview({ kind: 'automatic', customerIds: chosen });
  expect(new Set(shown.plans.map(({ customerId }) => customerId))).toEqual(new Set(chosen));
  expect((await ready.preview({ kind: 'automatic', customerIds: 'all' })).plans).toEqual([]);
  await road.call('POST /v1/connections/:connectionId/mappings/customers/bulk', {
    params,
    body: { do: 'automatic', ids: chosen, on: true },
  });
  // The same question before the setting is saved, now for those that are switched on.
  const again = await ready.preview({ kind: 'automatic', customerIds: 'all' });
  const fingerprints = (plans: typeof again.plans) => plans.map(({ fingerprint }) => fingerprint);
  expect(fingerprints(again.plans).sort()).toEqual(fingerprints(shown.plans).sort());
  await ready.settings({ automatic: { mode: 'every-5-minutes' } });
  await ready.check();
  const run = await road.until('the automatic run', async () => {
    const runs = await road.call('GET /v1/connections/:connectionId/runs', { params });
    return runs.find(({ kind, endedAt }) => kind === 'automatic' && endedAt !== null) ?? null;
  });
  expect(run.parts.map(({ state }) => state)).toEqual(shown.plans.map(() => 'written'));
});

journey('automatic once a day waits for its minute and runs once', {}, async (ready) => {
  const { road, params } = ready;
  await ready.settings({ automatic: { mode: 'daily', minuteOfDay: 23 * 60 } });
  await road.call('POST /v1/connections/:connectionId/mappings/customers/bulk', {
    params,
    body: { do: 'automatic', ids: 'all', on: true },
  });
  const automatic = async () => {
    const runs = await road.call('GET /v1/connections/:connectionId/runs', { params });
    return runs.filter(({ kind }) => kind === 'automatic');
  };
  await ready.check();
  expect(await automatic()).toEqual([]);
  // 12:00 in Sydney when the world begins; the minute is 23:00.
  await ready.pass({ ms: 11 * 3_600_000 + 60_000 });
  const [run] = await road.until('the run', async () => {
    const runs = await automatic();
    return runs.length === 1 && runs[0]?.endedAt !== null ? runs : null;
  });
  expect(run?.parts.every(({ state }) => state === 'written')).toBe(true);
  await ready.pass({ ms: 10 * 60_000 });
  expect(await automatic()).toHaveLength(1);
  await ready.syncAll();
  await expectToTheCent(ready);
});

journey('a customer whom Xero bills by itself waits for an answer', {}, async (ready) => {
  const { road, params } = ready;
  const key = 'POST /v1/connections/:connectionId/mappings/customers/bulk' as const;
  await road.call(key, { params, body: { do: 'automatic', ids: 'all', on: true } });
  const { rows } = await road.call('GET /v1/connections/:connectionId/mappings/customers', {
    params,
  });
  const scheduled = must(
    rows.find(({ billedBySchedule }) => billedBySchedule !== null),
    'a scheduled customer',
  );
  const runsEnded = async (count: number) =>
    road.until('the automatic run', async () => {
      const runs = await road.call('GET /v1/connections/:connectionId/runs', { params });
      return runs.filter(({ endedAt }) => endedAt !== null).length === count;
    });
  await ready.settings({ automatic: { mode: 'every-5-minutes' } });
  await ready.check();
  await runsEnded(1);
  const left = await ready.tasks('ready');
  expect(left.length).toBeGreaterThan(0);
  expect(new Set(left.map(({ customerId }) => customerId))).toEqual(new Set([scheduled.id]));
  await road.call(key, { params, body: { do: 'schedule-answered', ids: [scheduled.id] } });
  await ready.check();
  await runsEnded(2);
  expect(await ready.tasks('ready')).toEqual([]);
  await expectToTheCent(ready);
});
