import * as v from 'valibot';
import { instant } from '../domain/dates.ts';
import { AppError, type Failure } from '../domain/errors.ts';
import { intentIdSchema } from '../domain/ids.ts';
import type { Element, Intent, Run } from '../domain/intent.ts';
import type { Plan } from '../domain/plan.ts';
import type { Reader, Transaction } from '../domain/ports/store.ts';
import type { DocumentWrite, Outcome } from '../domain/ports/write.ts';
import { batchOf, vainAfter } from './batch.ts';
import { callOnce } from './call-once.ts';
import { connectionOf } from './connection-of.ts';
import { requireEnabled } from './enabled.ts';
import type { Job } from './job.ts';
import type { PlanWorld } from './plan/world.ts';
import { withoutPoison } from './poison.ts';
import { reassess } from './reassess.ts';
import { partOf, setParts } from './run-parts.ts';
import { settle, settleDivided } from './settle.ts';
import { ordersSetFree } from './written-lines.ts';

type Vain = NonNullable<Run['parts'][number]['vain']>;

/** One write of a run: its plan, or the links an undo sets free. */
export interface Step {
  write: DocumentWrite;
  plan: Plan | null;
  frees: readonly string[];
  before: string | null;
}

/**
 * Writes steps up to one vendor call; the rest waits for the next round and a fresh look. While a
 * person has paused the connection no call begins: the run stops there and is taken up on resuming.
 */
export async function writeSteps(
  job: Job,
  run: Pick<Run, 'id' | 'by'>,
  steps: readonly Step[],
  world: PlanWorld,
): Promise<Failure | null> {
  const { context, tenantId, session, lease, connection } = job;
  const free = await withoutPoison(job, run, await withoutUnclear(job, run, steps));
  const vain = vainIn(await context.store.read(tenantId), run.id);
  const batch = batchOf(session.prepare(free.map(({ write }) => write)), {
    sizeMax: world.manifest.batch.documents,
    vainOf: ({ ref }) => vain.get(ref)?.times ?? 0,
  });
  if (batch.length === 0) return null;
  const intents = batch.map((element) =>
    intentOf(
      job,
      run,
      element,
      free.find(({ write }) => write.ref === element.ref),
    ),
  );
  const idempotencyKey = context.crypto.hash(
    intents.map(({ id, bodyHash }) => `${id} ${bodyHash}`).join('\n'),
  );
  const isPaused = await context.store.transact(tenantId, (tx) => {
    lease.check(tx);
    requireEnabled(tx);
    if (connectionOf(tx, connection.id).paused !== null) return true;
    assertUntouched(tx, intents);
    setParts(
      tx,
      intents.map((intent) => ({ ...partOf(intent), state: 'writing', failure: null })),
    );
    for (const intent of intents) {
      tx.put('intent', { ...intent, idempotencyKey });
      for (const taskId of intent.plan?.taskIds ?? []) {
        const task = tx.get('task', taskId);
        if (task !== null)
          tx.put('task', { ...task, state: 'applying', failure: null, refusedOn: null });
      }
    }
    return false;
  });
  if (isPaused) return paused;
  const outcomes = await callOnce(session, batch, idempotencyKey);
  const refused = refusedTogether(outcomes);
  await context.store.transact(tenantId, (tx) => {
    lease.check(tx);
    const changes = intents.map((intent, index) => {
      const within = { context, tx, tenantId, connection: connectionOf(tx, connection.id) };
      const outcome = outcomes[index] ?? missingAnswer;
      const change =
        refused === null
          ? settle(
              within,
              { ...intent, idempotencyKey, begun: hasBeside(intents, outcomes, intent, 'ok') },
              outcome,
              hasBeside(intents, outcomes, intent, 'rejected') ? [] : intent.frees,
            )
          : settleDivided(within, intent);
      const lost = refused ?? (outcome.status === 'unknown' ? outcome.failure : null);
      if (lost === null) return change;
      const how = refused === null ? 'unknown' : 'refused';
      const before = vain.get(intent.element.ref) ?? null;
      return {
        ...change,
        vain: vainWith(before, {
          failure: lost,
          how,
          size: batch.length,
          at: within.context.clock.nowMs(),
        }),
      };
    });
    setParts(tx, changes);
    reassess(
      { context, tx, tenantId, connection },
      intents.flatMap(({ plan }) => plan?.taskIds ?? []),
      ordersSetFree(tx, intents),
    );
  });
  const unsent = outcomes.find(
    (outcome) => outcome.status === 'unsent' || outcome.status === 'unknown',
  );
  return unsent?.status === 'unsent' || unsent?.status === 'unknown' ? unsent.failure : null;
}

/** How another element of its document and part ended. */
const hasBeside = (
  intents: readonly Intent[],
  outcomes: readonly Outcome[],
  { element: { ref, batch } }: Intent,
  status: Outcome['status'],
): boolean =>
  intents.some(
    ({ element }, index) =>
      element.ref === ref && element.batch === batch && outcomes[index]?.status === status,
  );

/** What a call that was refused as a whole said; null where its elements were told apart. */
function refusedTogether(outcomes: readonly Outcome[]): Failure | null {
  const [first] = outcomes;
  const all = outcomes.every(
    (outcome) => outcome.status === 'rejected' && outcome.together === true,
  );
  return outcomes.length > 1 && all && first?.status === 'rejected' ? first.failure : null;
}

/** By the name of the part: what of a run was sent in vain before. */
const vainIn = (reader: Reader, runId: string): ReadonlyMap<string, Vain> =>
  new Map(
    (reader.get('run', runId)?.parts ?? []).flatMap(({ ref, vain }) =>
      vain === null ? [] : [[ref, vain] as const],
    ),
  );

function vainWith(
  before: Vain | null,
  call: { failure: Failure; how: 'refused' | 'unknown'; size: number; at: number },
): Vain {
  return {
    times: vainAfter(before?.times ?? 0, call.how),
    alone: (before?.alone ?? 0) + (call.size === 1 ? 1 : 0),
    since: before?.since ?? instant(call.at),
    failure: call.failure,
  };
}

/**
 * What a person must look at first holds only what it touches: those parts are blocked and said so,
 * instead of failing the run, and every later one, again and again.
 */
async function withoutUnclear(
  { context, tenantId }: Job,
  run: Pick<Run, 'id'>,
  steps: readonly Step[],
): Promise<readonly Step[]> {
  const unclear = (await context.store.read(tenantId))
    .list('intent')
    .filter(({ state }) => state === 'unclear');
  const documents = new Set(unclear.flatMap(({ element }) => element.documentId ?? []));
  const charges = new Set(unclear.flatMap(({ plan }) => plan?.lines ?? []).map(chargeOf));
  const held = steps.filter(
    ({ write, plan }) =>
      (write.before !== null && documents.has(write.before.id)) ||
      plan?.lines.some((line) => charges.has(chargeOf(line))),
  );
  if (held.length === 0) return steps;
  await context.store.transact(tenantId, (tx) =>
    setParts(
      tx,
      held.map(({ write }) => ({
        runId: run.id,
        ref: write.ref,
        state: 'blocked' as const,
        failure: null,
      })),
    ),
  );
  return steps.filter((step) => !held.includes(step));
}

const chargeOf = ({ chargeKey }: Plan['lines'][number]): string => chargeKey;

/** A charge or document with a write under way is not touched again until that one is known. */
function assertUntouched(tx: Transaction, intents: readonly Intent[]): void {
  const open = tx.list('intent');
  const charges = new Set(
    open.flatMap(({ plan }) => plan?.lines.map(({ chargeKey }) => chargeKey) ?? []),
  );
  const documents = new Set(open.flatMap(({ element }) => element.documentId ?? []));
  for (const { plan, element } of intents) {
    const busy =
      plan?.lines.some(({ chargeKey }) => charges.has(chargeKey)) ||
      (element.documentId !== null && documents.has(element.documentId));
    if (busy) throw new AppError('work.busy');
  }
}

function intentOf(
  { context, connection }: Job,
  run: Pick<Run, 'id' | 'by'>,
  element: Element,
  step: Step | undefined,
): Intent {
  return {
    id: v.parse(intentIdSchema, context.ids.next()),
    connectionId: connection.id,
    runId: run.id,
    element,
    bodyHash: context.crypto.hash(element.body),
    idempotencyKey: '',
    before: step?.before ?? null,
    plan: partOfPlan(step?.plan ?? null, element),
    mappingId: null,
    frees: [...(step?.frees ?? [])],
    lookAt: null,
    state: 'unknown',
    by: run.by,
    sentAt: instant(context.clock.nowMs()),
    hungUpAt: null,
    failure: null,
    attempts: 0,
  };
}

/** Where a document takes several elements, each carries the lines that it writes. */
const partOfPlan = (plan: Plan | null, { kind, lineMarkers }: Element): Plan | null =>
  plan === null || kind !== 'document-change'
    ? plan
    : { ...plan, lines: plan.lines.filter(({ marker }) => lineMarkers.includes(marker)) };

/** Resuming wakes the run at once, whatever time stands here. */
const paused: Failure = {
  code: 'work.paused',
  said: null,
  retry: { kind: 'later', at: null },
  reference: null,
};

const missingAnswer: Outcome = {
  status: 'unknown',
  failure: {
    code: 'system.answer',
    said: null,
    retry: { kind: 'later', at: null },
    reference: null,
  },
};
