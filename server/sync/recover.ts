import { instant, millisecondsOf } from '../domain/dates.ts';
import type { Intent } from '../domain/intent.ts';
import type { Transaction } from '../domain/ports/store.ts';
import type { Outcome, Recovered } from '../domain/ports/write.ts';
import { callOnce } from './call-once.ts';
import { connectionOf } from './connection-of.ts';
import { freshDocuments } from './fresh-documents.ts';
import type { Job } from './job.ts';
import { reassess, reassessTasks } from './reassess.ts';
import { partOf, setParts } from './run-parts.ts';
import { settle, settleDone } from './settle.ts';
import { ordersSetFree } from './written-lines.ts';

/** One look asks about this many unknown writes; the rest waits for the next look. */
const recoveredAtOnceMax = 200;
/** A call whose worker lost its lease tells nobody that it ended; it is over after this long. */
const underWayMaxMs = 10 * 60_000;

/**
 * Asks the system about writes whose answer was lost, once nothing can still arrive late
 * (`lateCommitMaxMs`). What happened is adopted; only what is surely absent becomes free to be
 * written again; what cannot be told stops and asks a person.
 */
export async function recoverIntents(job: Job): Promise<void> {
  const { context, tenantId, session, lease, connection } = job;
  const { lateCommitMaxMs } = context.connector(connection.systemId).manifest.limits;
  const nowMs = context.clock.nowMs();
  const due = (await context.store.read(tenantId))
    .list('intent')
    .filter(
      (intent) =>
        intent.connectionId === connection.id && hungUpMs(intent) + lateCommitMaxMs <= nowMs,
    )
    .slice(0, recoveredAtOnceMax);
  if (due.length === 0) return;
  const told = await withLineMarks(job, due, await session.recover(due));
  const answers = told.map(
    (answer, index): Recovered =>
      answer.status === 'absent' && due[index]?.begun === true ? { status: 'unfinished' } : answer,
  );
  const finished = await finish(job, due, answers);
  await context.store.transact(tenantId, (tx) => {
    lease.check(tx);
    for (const [index, intent] of due.entries()) {
      const outcome = finished.get(intent.id);
      if (outcome === undefined)
        adopt(
          job,
          tx,
          intent,
          answers[index] ?? { status: 'unclear', lookAt: intent.element.marker },
        );
      else if (tx.get('intent', intent.id) !== null) {
        const own = connectionOf(tx, connection.id);
        const begun = intent.begun === true || isBegun(due, answers, finished, intent);
        setParts(tx, [
          settle({ context, tx, tenantId, connection: own }, { ...intent, begun }, outcome),
        ]);
      }
    }
    reassess(
      { context, tx, tenantId, connection },
      due.flatMap(({ plan }) => plan?.taskIds ?? []),
      ordersSetFree(tx, due),
    );
    // Whatever else would go to that document waits for the answer too, and says so.
    if (answers.some(({ status }) => status === 'unclear'))
      reassessTasks(context, tx, tenantId, connection.id);
  });
  context.publish(tenantId, ['run', 'tasks', 'log'], connection.id);
}

/**
 * A group of which a part is there is finished before anything else touches its document: the elements
 * that lack are sent again, which does nothing twice. An outcome by intent.
 */
async function finish(
  { context, tenantId, session, lease }: Job,
  intents: readonly Intent[],
  answers: readonly Recovered[],
): Promise<Map<string, Outcome>> {
  const left = intents.filter((_, index) => answers[index]?.status === 'unfinished');
  const finished = new Map<string, Outcome>();
  for (const batch of new Set(left.map(({ element }) => element.batch))) {
    const group = left.filter(({ element }) => element.batch === batch);
    await context.store.transact(tenantId, (tx) => {
      lease.check(tx);
      for (const intent of group)
        tx.put('intent', {
          ...intent,
          sentAt: instant(context.clock.nowMs()),
          hungUpAt: null,
          attempts: intent.attempts + 1,
        });
    });
    const outcomes = await callOnce(
      session,
      group.map(({ element }) => element),
      group[0]?.idempotencyKey ?? '',
    );
    for (const [index, { id }] of group.entries()) {
      const outcome = outcomes[index];
      if (outcome !== undefined) finished.set(id, outcome);
    }
  }
  return finished;
}

/** Whether another element of its document and part is there, as found or as just finished. */
const isBegun = (
  intents: readonly Intent[],
  answers: readonly Recovered[],
  finished: ReadonlyMap<string, Outcome>,
  { element: { ref, batch } }: Intent,
): boolean =>
  intents.some(
    ({ id, element }, index) =>
      element.ref === ref &&
      element.batch === batch &&
      (answers[index]?.status === 'happened' || finished.get(id)?.status === 'ok'),
  );

/**
 * A person may have taken the document's mark out of its reference before we looked for it; the marks
 * of its lines then still tell that it happened, in whichever document they stand.
 */
async function withLineMarks(
  job: Job,
  intents: readonly Intent[],
  answers: readonly Recovered[],
): Promise<readonly Recovered[]> {
  const isAbsentCreation = (index: number): boolean =>
    answers[index]?.status === 'absent' && intents[index]?.element.kind === 'document-create';
  if (!intents.some((_, index) => isAbsentCreation(index))) return answers;
  await freshDocuments(job);
  const snapshots = (await job.context.store.read(job.tenantId))
    .list('snapshot')
    .filter(({ connectionId }) => connectionId === job.connection.id);
  return answers.map((answer, index) => {
    if (!isAbsentCreation(index)) return answer;
    const marks = new Set<string>(intents[index]?.element.lineMarkers);
    const found = snapshots.find(({ document }) =>
      document.lines.some(({ marker }) => marker !== null && marks.has(marker)),
    );
    return found === undefined
      ? answer
      : { status: 'happened', document: found.document, company: null, item: null };
  });
}

/** The latest moment at which the call can have been given up. */
const hungUpMs = ({ sentAt, hungUpAt }: Intent): number =>
  hungUpAt === null ? millisecondsOf(sentAt) + underWayMaxMs : millisecondsOf(hungUpAt);

/**
 * The process that sent them is gone, at the latest now: calls of an earlier life count as given up
 * at this start, however long the machine was off or asleep.
 */
export async function hangUpLeftOver(
  { store, clock }: Pick<Job['context'], 'store' | 'clock'>,
  tenantId: Job['tenantId'],
): Promise<void> {
  const isOpen = ({ hungUpAt }: Intent) => hungUpAt === null;
  if (!(await store.read(tenantId)).list('intent').some(isOpen)) return;
  await store.transact(tenantId, (tx) => {
    for (const intent of tx.list('intent').filter(isOpen))
      tx.put('intent', { ...intent, hungUpAt: instant(clock.nowMs()) });
  });
}

function adopt(job: Job, tx: Transaction, intent: Intent, answer: Recovered): void {
  const { context, tenantId, connection } = job;
  // Somebody answered for it, or an earlier look settled it: nothing is adopted twice.
  if (tx.get('intent', intent.id) === null) return;
  switch (answer.status) {
    case 'happened':
      setParts(tx, [
        settleDone(
          { context, tx, tenantId, connection: connectionOf(tx, connection.id) },
          intent,
          answer,
          'recovered',
        ),
      ]);
      return;
    case 'absent':
      tx.remove('intent', intent.id);
      setParts(tx, [{ ...partOf(intent), state: 'waiting', failure: null }]);
      return;
    case 'unfinished':
      // Sent again without an answer: it is asked about once more.
      return;
    case 'unclear':
      if (intent.state === 'unclear') return;
      tx.put('intent', {
        ...intent,
        state: 'unclear',
        lookAt: answer.lookAt,
        attempts: intent.attempts + 1,
      });
      setParts(tx, [{ ...partOf(intent), state: 'blocked' }]);
      tx.log({
        actor: { kind: 'app' },
        action: 'recovered',
        result: 'asks',
        connectionId: connection.id,
        customerId: intent.plan?.customerId ?? null,
        subject: intent.plan?.lines[0]?.orderNumber ?? intent.element.ref,
        taskId: intent.plan?.taskIds[0] ?? null,
        orderId: intent.plan?.lines[0]?.orderId ?? null,
        documentId: intent.element.documentId,
        documentUrl: null,
        amount: null,
        failure: null,
        facts: { lookAt: answer.lookAt },
        details: { at: instant(context.clock.nowMs()) },
      });
      return;
    default:
      answer satisfies never;
  }
}
