import * as v from 'valibot';
import { expect, test } from 'vitest';
import { connectors } from '../../server/connectors/index.ts';
import { date, instant } from '../../server/domain/dates.ts';
import { runIdSchema } from '../../server/domain/ids.ts';
import type { Run } from '../../server/domain/intent.ts';
import { money } from '../../server/domain/money.ts';
import { secondWaitMaxMs } from '../../server/domain/two-people.ts';
import { composeMail } from '../../server/http/mail/compose.ts';
import type { EngineContext } from '../../server/sync/context.ts';
import { digestOf } from '../../server/sync/mail/digest.ts';
import { expireSeconds } from '../../server/sync/second-person.ts';
import { createMemoryStore } from '../kit/memory-store.ts';
import { planWorld } from '../kit/plan-world.ts';
import { createTestClock } from '../kit/test-clock.ts';
import { testCrypto } from '../kit/test-crypto.ts';
import { must } from '../sandbox/must.ts';
import { connectionId, tenantId } from './check-world.ts';

const runId = v.parse(runIdSchema, 'run-1');

/** A run of one order, prepared on 23 November at ten, that waits for its second person. */
async function waiting() {
  const clock = createTestClock('2026-11-23T10:00:00Z');
  const store = createMemoryStore(clock);
  const xero = must(connectors.xero, 'Xero')({});
  const made = planWorld({ orders: [{ placedOn: date('2026-11-10') }] });
  const task = must(made.tasks[0], 'a task');
  const run: Run = {
    id: runId,
    connectionId,
    by: { kind: 'user', id: 'u1', name: 'Ana' },
    kind: 'manual',
    startedAt: instant(clock.nowMs()),
    endedAt: null,
    attempts: 0,
    takesBack: [],
    corrects: null,
    awaits: { why: 'limit', limit: { amount: '5', currency: 'AUD' }, notBy: ['u1'] },
    second: null,
    parts: [
      {
        ref: 'new:1',
        seen: '',
        customerId: 'cust1',
        taskIds: [task.id],
        amount: money('10', 'AUD'),
        state: 'waiting',
        documentId: null,
        documentNumber: null,
        documentUrl: null,
        failure: null,
        vain: null,
      },
    ],
  };
  const failure = {
    code: 'run.second' as const,
    said: null,
    retry: { kind: 'later' as const, at: null },
    reference: null,
  };
  await store.transact(tenantId, (tx) => {
    made.fill(tx);
    tx.put('run', run);
    tx.put('task', { ...task, state: 'waiting', failure });
  });
  const told: (string | null)[] = [];
  const context = {
    store,
    clock,
    crypto: testCrypto,
    connector: () => xero,
    publish: (...[, , of]: Parameters<EngineContext['publish']>) => told.push(of),
  };
  return { clock, store, told, expire: () => expireSeconds(context, tenantId) };
}

test('a run that nobody confirms ends after its time: nothing is written, its orders are free, and it is told', async () => {
  const { clock, store, told, expire } = await waiting();
  await clock.advance(secondWaitMaxMs - 1);
  expect(await expire()).toBe(0);
  await clock.advance(1);
  expect(await expire()).toBe(1);
  const reader = await store.read(tenantId);
  const run = must(reader.get('run', runId), 'the run');
  expect(run).toMatchObject({
    awaits: null,
    endedAt: instant(clock.nowMs()),
    second: { by: { kind: 'app' }, answer: 'expired' },
  });
  expect(run.parts.map(({ state }) => state)).toEqual(['blocked']);
  expect(reader.list('task').map(({ state, failure }) => [state, failure])).toEqual([
    ['ready', null],
  ]);
  const { entries } = await store.log(tenantId, { before: null, limit: 10 });
  // What asks is shown at every notification level.
  expect(entries[0]).toMatchObject({
    action: 'second-expired',
    result: 'asks',
    facts: { prepared: 'Ana', documents: '1', days: '7' },
  });
  expect(told).toEqual([connectionId]);
  // Once is enough.
  expect(await expire()).toBe(0);
});

test('the digest tells what waits for a second person, and not as what goes on by itself', async () => {
  const { clock, store } = await waiting();
  const reader = await store.read(tenantId);
  const connection = must(reader.get('connection', connectionId), 'the connection');
  const letter = digestOf(reader, connection, clock.nowMs());
  expect(letter).toMatchObject({
    second: { count: 1, money: [money('10', 'AUD')] },
    waiting: { count: 0 },
  });
  const { text } = composeMail(
    {
      tenant: 'Reseller',
      marketplace: 'Market',
      system: 'Xero',
      account: 'Demo',
      link: (screen) => `https://app.example/#/${screen}`,
      home: 'c/c1',
    },
    letter,
  );
  expect(text).toMatch(/Waits for a second person.*1 run/);
  expect(text).toContain('https://app.example/#/c/c1/runs');
});
