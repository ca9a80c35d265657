import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { connectors } from '../../server/connectors/index.ts';
import { instant } from '../../server/domain/dates.ts';
import { runIdSchema } from '../../server/domain/ids.ts';
import type { Run } from '../../server/domain/intent.ts';
import { finishRun, runAttemptsMax } from '../../server/sync/end-run.ts';
import { createMemoryStore } from '../kit/memory-store.ts';
import { createTestClock } from '../kit/test-clock.ts';
import { must } from '../sandbox/must.ts';
import { connectionId, connectionOf, tenantId } from './check-world.ts';

const runId = v.parse(runIdSchema, 'run-1');
type State = Run['parts'][number]['state'];

async function ending(states: readonly State[], attempts = 0) {
  const clock = createTestClock('2026-11-23T10:00:00Z');
  const store = createMemoryStore(clock);
  const xero = must(connectors.xero, 'Xero')({});
  const run: Run = {
    id: runId,
    connectionId,
    by: { kind: 'app' },
    kind: 'undo',
    startedAt: instant(clock.nowMs()),
    endedAt: null,
    attempts,
    takesBack: [],
    corrects: null,
    awaits: null,
    second: null,
    parts: states.map((state, at) => ({
      ref: `document:${at}`,
      seen: '',
      customerId: 'cu1',
      taskIds: [],
      amount: null,
      state,
      documentId: null,
      documentNumber: null,
      documentUrl: null,
      failure: null,
      vain: null,
    })),
  };
  await store.transact(tenantId, (tx) => tx.put('run', run));
  const context = { store, clock, connector: () => xero };
  const again = await finishRun({ context, tenantId, connection: connectionOf() }, runId);
  const stored = (await store.read(tenantId)).get('run', runId);
  return {
    afterMs: again === null ? null : Date.parse(again) - clock.nowMs(),
    hasEnded: stored?.endedAt !== null,
    states: stored?.parts.map(({ state }) => state),
    lateCommitMaxMs: xero.manifest.limits.lateCommitMaxMs,
  };
}

describe('a run', () => {
  test('ends when nothing of it is left', async () => {
    const states = ['written', 'blocked', 'stale', 'rejected'] as const;
    expect(await ending(states)).toMatchObject({ afterMs: null, hasEnded: true });
  });

  test.each(['waiting', 'delayed'] as const)(
    'does not end over a part that became %s while its last look was under way: it goes on at once',
    async (state) => {
      const { afterMs, hasEnded } = await ending(['written', state, 'unknown']);
      expect({ afterMs, hasEnded }).toEqual({ afterMs: 0, hasEnded: false });
    },
  );

  test('ends in spite of it when no round could write the part, which is then blocked', async () => {
    expect(await ending(['written', 'waiting'], runAttemptsMax)).toMatchObject({
      afterMs: null,
      hasEnded: true,
      states: ['written', 'blocked'],
    });
  });

  test('with a lost answer is taken up when nothing can arrive late any more', async () => {
    const { afterMs, hasEnded, lateCommitMaxMs } = await ending(['written', 'unknown']);
    expect({ afterMs, hasEnded }).toEqual({ afterMs: lateCommitMaxMs, hasEnded: false });
  });
});
