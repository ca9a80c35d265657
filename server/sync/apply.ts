import * as v from 'valibot';
import type { Connection } from '../domain/connection.ts';
import { type Instant, instant, millisecondsOf } from '../domain/dates.ts';
import { AppError, type Failure, failureOf } from '../domain/errors.ts';
import { intentIdSchema, type RunId, type TenantId } from '../domain/ids.ts';
import type { Element, Intent, Run } from '../domain/intent.ts';
import type { Plan } from '../domain/plan.ts';
import type { ConnectorSession, DocumentWrite, Outcome, Transaction } from '../domain/ports.ts';
import { connectionOf } from './connection-of.ts';
import type { EngineContext } from './context.ts';
import { freshDocuments } from './fresh-documents.ts';
import type { Lease } from './lease.ts';
import { mayBeAutomatic } from './may-be-automatic.ts';
import { planTasks } from './plan/plan.ts';
import { type PlanWorld, worldOf } from './plan/world.ts';
import { reassess } from './reassess.ts';
import { recoverIntents } from './recover.ts';
import { partOf, setParts } from './run-parts.ts';
import { settle } from './settle.ts';
import { canBeWritten, writeOf } from './write-plan.ts';

/** A run is taken up again this often after limits and unknown outcomes, then it stops and says so. */
export const runAttemptsMax = 50;

export interface Job {
  context: EngineContext;
  tenantId: TenantId;
  connection: Connection;
  session: ConnectorSession;
  lease: Lease;
}
/** One write of a run: its plan, or the links an undo sets free. */
export interface Step {
  write: DocumentWrite;
  plan: Plan | null;
  frees: readonly string[];
  before: string | null;
}

/**
 * Writes what was confirmed, and nothing else. Each batch: what is there is read, plans are made
 * again and must have the confirmed fingerprints, intents are stored, one call is made, its answer
 * is stored before anything else. Returns when the run goes on, or null when it is done.
 */
export async function applyRun(
  job: Job,
  runId: RunId,
  afterWriting: (job: Job, run: Run) => Promise<Failure | null>,
): Promise<Instant | null> {
  const { context, tenantId } = job;
  await recoverIntents(job);
  const run = (await context.store.read(tenantId)).get('run', runId);
  if (run === null || run.endedAt !== null) return null;
  let freshAtMs = await freshDocuments(job);
  let waiting = run.parts.filter(({ state }) => state === 'waiting' || state === 'delayed');
  const { readBeforeWriteMaxMs } = context.connector(job.connection.systemId).manifest.limits;
  for (let rounds = waiting.length; waiting.length > 0 && rounds > 0; rounds -= 1) {
    // A person may edit while we write: what is changed was read a moment ago, or is read again.
    const changes = waiting.some(({ ref }) => ref.startsWith('document:'));
    if (changes && context.clock.nowMs() - freshAtMs > readBeforeWriteMaxMs)
      freshAtMs = await freshDocuments(job);
    const blocked = await writeBatch(job, run, waiting);
    context.publish(tenantId, ['run', 'tasks', 'log'], job.connection.id);
    if (blocked !== null) return goOn(job, runId, blocked);
    waiting = (await partsOf(job, runId)).filter(
      ({ state }) => state === 'waiting' || state === 'delayed',
    );
  }
  const written = (await context.store.read(tenantId)).get('run', runId);
  const unfinished = written === null ? null : await afterWriting(job, written);
  return unfinished === null ? finishRun(job, runId) : goOn(job, runId, unfinished);
}

/** Plans the waiting parts again and writes the first batch of them; a failure here ends the round. */
async function writeBatch(job: Job, run: Run, waiting: Run['parts']): Promise<Failure | null> {
  const { context, tenantId } = job;
  const reader = await context.store.read(tenantId);
  const connection = connectionOf(reader, job.connection.id);
  const world = worldOf({
    reader,
    tenantId,
    connection,
    manifest: context.connector(connection.systemId).manifest,
    crypto: context.crypto,
    nowMs: context.clock.nowMs(),
  });
  const wanted = new Set(waiting.flatMap(({ taskIds }) => taskIds));
  const { plans } = planTasks(
    world,
    world
      .tasks()
      .filter((task) => wanted.has(task.id))
      .filter((task) => run.kind !== 'automatic' || mayBeAutomatic(world, task)),
  );
  const byRef = new Map(plans.map((plan) => [plan.ref, plan]));
  const stale = waiting.filter(({ ref, seen }) => byRef.get(ref)?.fingerprint !== seen);
  const blocked = waiting.filter((part) => {
    const plan = byRef.get(part.ref);
    return !stale.includes(part) && plan !== undefined && !canBeWritten(world, plan);
  });
  if (stale.length + blocked.length > 0)
    await context.store.transact(tenantId, (tx) => {
      const set = (state: 'stale' | 'blocked') => (part: Run['parts'][number]) => ({
        runId: run.id,
        ref: part.ref,
        state,
        failure: null,
      });
      setParts(tx, [...stale.map(set('stale')), ...blocked.map(set('blocked'))]);
      letGo(job, tx, [...stale, ...blocked]);
    });
  const steps = waiting.flatMap((part): Step[] => {
    const plan = byRef.get(part.ref);
    return plan === undefined || stale.includes(part) || blocked.includes(part)
      ? []
      : [
          {
            write: writeOf(world, plan),
            plan,
            frees: [],
            before: plan.target.kind === 'existing' ? plan.target.seen : null,
          },
        ];
  });
  return steps.length === 0 ? null : writeSteps(job, run, steps, world);
}

/** Tasks of parts that will not be written any more wait for nothing: they are judged as they are. */
function letGo({ context, tenantId, connection }: Job, tx: Transaction, parts: Run['parts']): void {
  const ids = [...new Set(parts.flatMap(({ taskIds }) => taskIds))];
  for (const id of ids) {
    const task = tx.get('task', id);
    if (task?.failure?.retry.kind === 'later') tx.put('task', { ...task, failure: null });
  }
  reassess({ context, tx, tenantId, connection }, ids);
}

/** Writes steps up to one vendor call; the rest waits for the next round and a fresh look. */
export async function writeSteps(
  job: Job,
  run: Pick<Run, 'id' | 'by'>,
  steps: readonly Step[],
  world: PlanWorld,
): Promise<Failure | null> {
  const { context, tenantId, session, lease, connection } = job;
  const free = await withoutUnclear(job, run, steps);
  const elements = session.prepare(free.map(({ write }) => write));
  const [first] = elements;
  if (first === undefined) return null;
  const batch = elements
    .filter((element) => element.batch === first.batch)
    .slice(0, world.manifest.batch.documents);
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
  await context.store.transact(tenantId, (tx) => {
    lease.check(tx);
    assertUntouched(tx, intents);
    setParts(
      tx,
      intents.map((intent) => ({ ...partOf(intent), state: 'writing', failure: null })),
    );
    for (const intent of intents) {
      tx.put('intent', { ...intent, idempotencyKey });
      for (const taskId of intent.plan?.taskIds ?? []) {
        const task = tx.get('task', taskId);
        if (task !== null) tx.put('task', { ...task, state: 'applying', failure: null });
      }
    }
  });
  const outcomes = await callOnce(session, batch, idempotencyKey);
  await context.store.transact(tenantId, (tx) => {
    lease.check(tx);
    const changes = intents.map((intent, index) =>
      settle(
        { context, tx, tenantId, connection: connectionOf(tx, connection.id) },
        { ...intent, idempotencyKey },
        outcomes[index] ?? missingAnswer,
      ),
    );
    setParts(tx, changes);
    const freed = intents
      .flatMap(({ frees }) => frees)
      .flatMap((id) => tx.get('link', id)?.orderId ?? []);
    reassess(
      { context, tx, tenantId, connection },
      intents.flatMap(({ plan }) => plan?.taskIds ?? []),
      [...new Set(freed)],
    );
  });
  const unsent = outcomes.find(
    (outcome) => outcome.status === 'unsent' || outcome.status === 'unknown',
  );
  return unsent?.status === 'unsent' || unsent?.status === 'unknown' ? unsent.failure : null;
}

/** An error that got past the connector tells nothing about what the system did. */
async function callOnce(
  session: ConnectorSession,
  batch: readonly Element[],
  idempotencyKey: string,
): Promise<Outcome[]> {
  try {
    return await session.write(batch, idempotencyKey);
  } catch (error) {
    return batch.map(() => ({ status: 'unknown', failure: failureOf(error) }));
  }
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
    plan: step?.plan ?? null,
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

/** Parts that could not be written wait for the time the system named; unknown ones for recovery. */
async function goOn(
  { context, tenantId, connection }: Job,
  runId: RunId,
  failure: Failure,
): Promise<Instant | null> {
  const { manifest } = context.connector(connection.systemId);
  const nowMs = context.clock.nowMs();
  const wishedMs =
    failure.retry.kind === 'later' && failure.retry.at !== null
      ? millisecondsOf(failure.retry.at)
      : nowMs + manifest.limits.lateCommitMaxMs;
  return context.store.transact(tenantId, (tx) => {
    const run = tx.get('run', runId);
    if (run === null) return null;
    const ends = failure.retry.kind !== 'later' || run.attempts >= runAttemptsMax;
    const anyUnknown = run.parts.some(({ state }) => state === 'unknown');
    const parts = run.parts.map((part) =>
      part.state === 'waiting' || part.state === 'delayed'
        ? { ...part, state: 'delayed' as const, failure }
        : part,
    );
    tx.put('run', {
      ...run,
      parts,
      attempts: run.attempts + 1,
      endedAt: ends && !anyUnknown ? instant(nowMs) : null,
    });
    return ends && !anyUnknown ? null : instant(Math.max(wishedMs, nowMs + 1000));
  });
}

async function finishRun(
  { context, tenantId, connection }: Job,
  runId: RunId,
): Promise<Instant | null> {
  const { lateCommitMaxMs } = context.connector(connection.systemId).manifest.limits;
  const at = instant(context.clock.nowMs());
  return context.store.transact(tenantId, (tx) => {
    const run = tx.get('run', runId);
    if (run === null) return null;
    const unknown = run.parts.some(({ state }) => state === 'unknown' || state === 'writing');
    if (!unknown) tx.put('run', { ...run, endedAt: at });
    return unknown ? instant(context.clock.nowMs() + lateCommitMaxMs) : null;
  });
}

const partsOf = async ({ context, tenantId }: Job, runId: RunId): Promise<Run['parts']> =>
  (await context.store.read(tenantId)).get('run', runId)?.parts ?? [];
const missingAnswer: Outcome = {
  status: 'unknown',
  failure: {
    code: 'system.answer',
    said: null,
    retry: { kind: 'later', at: null },
    reference: null,
  },
};
