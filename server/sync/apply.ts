import type { Instant } from '../domain/dates.ts';
import type { Failure } from '../domain/errors.ts';
import type { RunId } from '../domain/ids.ts';
import type { Run } from '../domain/intent.ts';
import type { Transaction } from '../domain/ports/store.ts';
import { connectionOf } from './connection-of.ts';
import { finishRun, goOn } from './end-run.ts';
import { freshDocuments, freshOnes } from './fresh-documents.ts';
import type { Job } from './job.ts';
import { mayBeAutomatic } from './may-be-automatic.ts';
import { planTasks } from './plan/plan.ts';
import { worldOf } from './plan/world.ts';
import { reassess } from './reassess.ts';
import { recoverIntents } from './recover.ts';
import { setParts } from './run-parts.ts';
import { canBeWritten, writeOf } from './write-plan.ts';
import { type Step, writeSteps } from './write-steps.ts';

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
  const { limits, standing } = context.connector(job.connection.systemId).manifest;
  for (let rounds = waiting.length; waiting.length > 0 && rounds > 0; rounds -= 1) {
    // A person may edit while we write: what is changed was read a moment ago, or is read again.
    const changed = waiting.flatMap(({ ref }) => documentOf(ref) ?? []);
    if (changed.length > 0 && context.clock.nowMs() - freshAtMs > limits.readBeforeWriteMaxMs)
      freshAtMs =
        standing === undefined
          ? await freshDocuments(job)
          : await freshOnes(job, standing.document, changed);
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

const documentOf = (ref: string): string | null => /^document:(.+)$/.exec(ref)?.[1] ?? null;

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

const partsOf = async ({ context, tenantId }: Job, runId: RunId): Promise<Run['parts']> =>
  (await context.store.read(tenantId)).get('run', runId)?.parts ?? [];
