import type { Failure } from '../domain/errors.ts';
import { retryNever } from '../domain/errors.ts';
import type { Run } from '../domain/intent.ts';
import type { Reader } from '../domain/ports/store.ts';
import { bodyOf } from './element-body.ts';
import type { Job } from './job.ts';
import { reassess } from './reassess.ts';
import { setParts } from './run-parts.ts';
import { added } from './settle.ts';
import { urlOf } from './url-of.ts';
import type { Step } from './write-steps.ts';

/** Vain calls alone, after which one is set aside when others were written meanwhile. */
const aloneTriesMin = 2;
/** The same where nothing else was written that could tell the element from the system. */
const aloneTriesMax = 6;

type Part = Run['parts'][number];

/**
 * Sets aside what fails every time although it is alone and its outcome is known to be "not done": its
 * part ends as rejected and its tasks ask a person, with the system's words and what was sent. Gives
 * the steps that are left.
 */
export async function withoutPoison(
  job: Job,
  run: Pick<Run, 'id' | 'by'>,
  steps: readonly Step[],
): Promise<readonly Step[]> {
  const { context, tenantId, session, lease } = job;
  const reader = await context.store.read(tenantId);
  const poisoned = steps.flatMap((step) => {
    const part = partIn(reader, run.id, step.write.ref);
    const failure = part === null ? null : failureOfPoison(reader, job, part);
    return failure === null ? [] : [{ step, failure }];
  });
  if (poisoned.length === 0) return steps;
  const bodies = session.prepare(poisoned.map(({ step }) => step.write));
  await context.store.transact(tenantId, (tx) => {
    lease.check(tx);
    for (const { step, failure } of poisoned) {
      const { plan, write } = step;
      setParts(tx, [{ runId: run.id, ref: write.ref, state: 'rejected', failure }]);
      for (const taskId of plan?.taskIds ?? []) {
        const task = tx.get('task', taskId);
        if (task !== null)
          tx.put('task', { ...task, failure, refusedOn: null, attempts: task.attempts + 1 });
      }
      tx.log({
        actor: run.by,
        action: 'rejected',
        result: 'failed',
        connectionId: job.connection.id,
        customerId: plan?.customerId ?? null,
        subject: plan?.lines[0]?.orderNumber ?? write.ref,
        taskId: plan?.taskIds[0] ?? null,
        orderId: plan?.lines[0]?.orderId ?? null,
        documentId: write.before?.id ?? null,
        documentUrl: urlOf(tx, job, write.before?.id ?? null),
        amount: plan === null ? null : added(plan),
        failure,
        facts: { order: plan?.lines[0]?.orderNumber ?? '' },
        details: {
          plan,
          said: failure.said,
          sent: bodies.filter(({ ref }) => ref === write.ref).map(bodyOf),
        },
      });
    }
    const taskIds = poisoned.flatMap(({ step }) => step.plan?.taskIds ?? []);
    reassess({ context, tx, tenantId, connection: job.connection }, taskIds);
  });
  return steps.filter((step) => !poisoned.some((one) => one.step === step));
}

function failureOfPoison(reader: Reader, { context, connection }: Job, part: Part): Failure | null {
  if (part.vain === null) return null;
  const { alone, since, failure } = part.vain;
  const lastWriteAt = reader.get('connection', connection.id)?.lastWriteAt ?? null;
  const othersGo = lastWriteAt !== null && lastWriteAt > since;
  if (alone < (othersGo ? aloneTriesMin : aloneTriesMax)) return null;
  context.logger.warn('set aside alone', { ref: part.ref, alone, code: failure.code });
  return { ...failure, code: 'system.fails-on-this', retry: retryNever };
}

const partIn = (reader: Reader, runId: string, ref: string): Part | null =>
  reader.get('run', runId)?.parts.find((part) => part.ref === ref) ?? null;
