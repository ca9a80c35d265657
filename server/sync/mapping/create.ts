import * as v from 'valibot';
import type { CompanyDraft } from '../../domain/company.ts';
import { instant } from '../../domain/dates.ts';
import { type Failure, failureOf } from '../../domain/errors.ts';
import { intentIdSchema } from '../../domain/ids.ts';
import type { Element, Intent } from '../../domain/intent.ts';
import type { ItemDraft } from '../../domain/item.ts';
import type { Transaction } from '../../domain/ports/store.ts';
import type { Outcome } from '../../domain/ports/write.ts';
import type { Task } from '../../domain/task.ts';
import type { Actor } from '../../domain/tenant.ts';
import { connectionOf } from '../connection-of.ts';
import type { Job } from '../job.ts';
import { reassess } from '../reassess.ts';
import { newRunId } from '../run.ts';
import { settle } from '../settle.ts';

export type Creation = { mappingId: string } & (
  | { kind: 'company'; draft: CompanyDraft }
  | { kind: 'item'; draft: ItemDraft }
);
export interface Created {
  created: string[];
  failed: { mappingId: string; failure: Failure }[];
}

/**
 * Creates companies or items in the system, in as few calls as it allows, by the same protocol as
 * documents: intents first, one call a batch, the answer stored with the mapping it completes.
 */
export async function createInSystem(
  job: Job,
  creations: readonly Creation[],
  by: Actor,
): Promise<Created> {
  const { context, connection, session } = job;
  const { batch } = context.connector(connection.systemId).manifest;
  const result: Created = { created: [], failed: [] };
  const runId = newRunId(context);
  const open = new Set(
    (await context.store.read(job.tenantId)).list('intent').map(({ mappingId }) => mappingId),
  );
  for (const { mappingId } of creations)
    if (open.has(mappingId)) result.failed.push({ mappingId, failure: stillUnknown });
  for (const kind of ['company', 'item'] as const) {
    // What may already be there is looked up first; asked for twice, it would stand there twice.
    const own = creations.filter(
      (creation) => creation.kind === kind && !open.has(creation.mappingId),
    );
    const size = kind === 'company' ? batch.companies : batch.items;
    for (let start = 0; start < own.length; start += size) {
      const slice = own.slice(start, start + size);
      const elements = slice.map((creation) =>
        creation.kind === 'company'
          ? session.prepareCompany(creation.draft)
          : session.prepareItem(creation.draft),
      );
      const intents = elements.map((element, index) =>
        creationIntent(job, runId, by, element, slice[index]?.mappingId ?? ''),
      );
      const outcomes = await createBatch(job, intents, elements);
      outcomes.forEach((outcome, index) => {
        const mappingId = slice[index]?.mappingId ?? '';
        if (outcome.status === 'ok') result.created.push(mappingId);
        else result.failed.push({ mappingId, failure: outcome.failure });
      });
      if (outcomes.some(({ status }) => status === 'unsent')) return result;
    }
  }
  return result;
}

async function createBatch(
  job: Job,
  intents: readonly Intent[],
  elements: readonly Element[],
): Promise<Outcome[]> {
  const { context, tenantId, connection, lease, session } = job;
  const idempotencyKey = context.crypto.hash(
    intents.map(({ id, bodyHash }) => `${id} ${bodyHash}`).join('\n'),
  );
  await context.store.transact(tenantId, (tx) => {
    lease.check(tx);
    for (const intent of intents) tx.put('intent', { ...intent, idempotencyKey });
  });
  const outcomes = await session
    .write(elements, idempotencyKey)
    .catch((error: unknown): Outcome[] =>
      elements.map(() => ({ status: 'unknown', failure: failureOf(error) })),
    );
  await context.store.transact(tenantId, (tx) => {
    lease.check(tx);
    for (const [index, intent] of intents.entries())
      settle(
        { context, tx, tenantId, connection: connectionOf(tx, connection.id) },
        { ...intent, idempotencyKey },
        outcomes[index] ?? unanswered,
      );
    const concerns = concernedBy(tx, intents);
    const waiting = tx
      .list('task')
      .filter((task) => task.connectionId === connection.id && concerns(task));
    reassess(
      { context, tx, tenantId, connection },
      waiting.map(({ id }) => id),
    );
  });
  context.publish(tenantId, ['mappings', 'tasks', 'log'], connection.id);
  return outcomes;
}

/** A company concerns its customer's tasks alone; an item may be on anybody's. */
function concernedBy(tx: Transaction, intents: readonly Intent[]): (task: Task) => boolean {
  if (intents.some(({ element }) => element.kind !== 'company-create')) return () => true;
  const customers = new Set(
    intents.map(({ mappingId }) => tx.get('customerMapping', mappingId ?? '')?.customerId),
  );
  return ({ customerId }) => customers.has(customerId);
}

function creationIntent(
  { context, connection }: Job,
  runId: Intent['runId'],
  by: Actor,
  element: Element,
  mappingId: string,
): Intent {
  return {
    id: v.parse(intentIdSchema, context.ids.next()),
    connectionId: connection.id,
    runId,
    element,
    bodyHash: context.crypto.hash(element.body),
    idempotencyKey: '',
    before: null,
    plan: null,
    mappingId,
    frees: [],
    lookAt: null,
    state: 'unknown',
    by,
    sentAt: instant(context.clock.nowMs()),
    hungUpAt: null,
    failure: null,
    attempts: 0,
  };
}

const unanswered: Outcome = {
  status: 'unknown',
  failure: {
    code: 'system.answer',
    said: null,
    retry: { kind: 'later', at: null },
    reference: null,
  },
};
const stillUnknown: Failure = {
  code: 'system.unknown-outcome',
  said: null,
  retry: { kind: 'later', at: null },
  reference: null,
};
