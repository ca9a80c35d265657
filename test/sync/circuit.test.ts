import { expect, test } from 'vitest';
import { instant, millisecondsOf } from '../../server/domain/dates.ts';
import { AppError, retryLater } from '../../server/domain/errors.ts';
import type { Limiter } from '../../server/domain/ports/limiter.ts';
import {
  createCircuits,
  failuresToOpen,
  restJitter,
  restMaxMs,
  restMinMs,
  restMs,
} from '../../server/sync/circuit.ts';
import { createMemoryStore } from '../kit/memory-store.ts';
import { createTestClock } from '../kit/test-clock.ts';
import { connectionId, connectionOf, tenantId } from './check-world.ts';

const start = '2026-11-23T10:00:00.000Z';
const free: Limiter = {
  run: (_, call) => call(),
  view: () => ({ minuteRemaining: null, dayRemaining: null, blockedUntil: null }),
};

/** A connection whose system answers as the test says, and what it was asked. */
function world() {
  const clock = createTestClock(start);
  const store = createMemoryStore(clock);
  const told: string[] = [];
  const made = () =>
    createCircuits({
      store,
      clock,
      random: { fraction: () => 0.5 },
      changed: () => told.push('changed'),
    }).guard(tenantId, connectionId, free);
  let limiter = made();
  const state = { status: 200, calls: 0, error: null as unknown };
  const ask = (purpose: 'background' | 'person' = 'background') =>
    limiter.run(purpose, async () => {
      state.calls += 1;
      if (state.error !== null) throw state.error;
      return new Response(null, { status: state.status });
    });
  return {
    clock,
    store,
    state,
    told,
    ask,
    restart: () => {
      limiter = made();
    },
    fail: async (times: number) => {
      for (let n = 0; n < times; n += 1) await ask().catch(() => undefined);
    },
    circuit: async () => (await store.read(tenantId)).get('circuit', connectionId),
    logged: async () =>
      (await store.log(tenantId, { before: null, limit: 100 })).entries.map(({ action }) => action),
    connect: () => store.transact(tenantId, (tx) => tx.put('connection', connectionOf())),
  };
}
const rests = { code: 'system.resting', retry: { kind: 'later' } };

test('server errors in a row make the calls rest, and nothing is sent until its time', async () => {
  const { state, fail, ask, circuit, clock, connect } = world();
  await connect();
  state.status = 500;
  await fail(failuresToOpen - 1);
  expect(await circuit()).toBeNull();
  await fail(1);
  expect(await circuit()).toMatchObject({ failures: failuresToOpen, trials: 0, openedAt: start });
  await clock.advance(restMinMs - 1);
  await expect(ask()).rejects.toMatchObject({
    ...rests,
    retry: { at: instant(Date.parse(start) + restMinMs) },
  });
  expect(state.calls).toBe(failuresToOpen);
});

test('time-outs and lost connections count; limits, refusals and a success between do not', async () => {
  const { state, fail, ask, circuit } = world();
  state.error = new AppError('system.timeout', { retry: retryLater() });
  await fail(failuresToOpen - 1);
  state.error = null;
  await ask();
  state.error = new AppError('system.unreachable', { retry: retryLater() });
  await fail(failuresToOpen - 1);
  state.error = null;
  state.status = 400;
  await fail(1);
  state.error = new AppError('system.limited', { retry: retryLater() });
  await fail(failuresToOpen * 2);
  expect(await circuit()).toBeNull();
  state.error = new AppError('system.timeout', { retry: retryLater() });
  await fail(failuresToOpen);
  expect(await circuit()).toMatchObject({ failure: { code: 'system.timeout' } });
});

test('one call tries; while it is under way no other does; a failure makes the rest longer', async () => {
  const { state, fail, ask, circuit, clock } = world();
  state.status = 503;
  await fail(failuresToOpen);
  await clock.advance(restMinMs);
  const before = state.calls;
  const both = await Promise.allSettled([ask(), ask()]);
  expect(state.calls - before).toBe(1);
  expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  const open = await circuit();
  expect(open?.trials).toBe(1);
  expect(millisecondsOf(open?.until ?? instant(0)) - clock.nowMs()).toBe(2 * restMinMs);
});

test('a success closes it; opening and closing are logged once each', async () => {
  const { state, fail, ask, circuit, clock, logged, told } = world();
  state.status = 500;
  await fail(failuresToOpen);
  for (let trial = 0; trial < 4; trial += 1) {
    await clock.advance(restMaxMs * 2);
    await fail(3);
  }
  expect(await logged()).toEqual(['circuit-opened']);
  state.status = 200;
  await clock.advance(restMaxMs * 2);
  await ask();
  await ask();
  expect(await circuit()).toBeNull();
  expect((await logged()).sort()).toEqual(['circuit-closed', 'circuit-opened']);
  expect(told.length).toBeGreaterThan(0);
});

test('a person tries at once, and closes it when it works', async () => {
  const { state, fail, ask, circuit } = world();
  state.status = 500;
  await fail(failuresToOpen);
  const before = await circuit();
  await ask('person');
  expect(await circuit()).toMatchObject({ until: before?.until, trials: 0 });
  state.status = 200;
  await ask('person');
  expect(await circuit()).toBeNull();
  await ask();
});

test('it survives a restart', async () => {
  const { state, fail, ask, restart } = world();
  state.status = 500;
  await fail(failuresToOpen);
  restart();
  state.status = 200;
  await expect(ask()).rejects.toMatchObject(rests);
  expect(state.calls).toBe(failuresToOpen);
});

test('a rest grows, is bounded and jittered', () => {
  const at = (trials: number, fraction: number) => restMs(trials, { fraction: () => fraction });
  expect(at(0, 0.5)).toBe(restMinMs);
  expect(at(3, 0.5)).toBe(8 * restMinMs);
  expect(at(1_000, 0.5)).toBe(restMaxMs);
  expect([at(0, 0), at(0, 1)]).toEqual([
    restMinMs * (1 - restJitter),
    restMinMs * (1 + restJitter),
  ]);
});
