import { instant } from '../domain/dates.ts';
import type { TenantId } from '../domain/ids.ts';
import { ownKey } from '../domain/ids.ts';
import type { Run } from '../domain/intent.ts';
import type { Reader } from '../domain/ports.ts';
import { type Job, type Step, writeSteps } from './apply.ts';
import { closesOn } from './plan/destination.ts';
import { type PlanWorld, type Snapshot, worldOf } from './plan/world.ts';
import { newRunId } from './run.ts';
import { sendDocuments } from './send.ts';
import { stateOf } from './write-plan.ts';

/** Monthly drafts whose closing day has come, with what posting them means by the setting. */
export function dueForClosing(world: PlanWorld, snapshots: readonly Snapshot[]): Snapshot[] {
  if (world.settings.invoice !== 'monthly' || world.settings.postAs === 'draft') return [];
  return snapshots.filter((snapshot) => {
    const closing = closesOn(snapshot, world.settings.closingDay);
    return (
      snapshot.ours &&
      snapshot.document.state === 'draft' &&
      snapshot.document.locked === null &&
      closing !== null &&
      closing <= world.today
    );
  });
}

/** Of those, the ones that need no person: automatic is on, also for the customer, and not tried today. */
export function postsByItself(world: PlanWorld, reader: Reader): Snapshot[] {
  if (world.settings.automatic.mode === 'off') return [];
  const switchedOn = new Set(
    reader
      .list('customerMapping')
      .filter((mapping) => mapping.connectionId === world.connection.id && mapping.automatic)
      .map(({ targetId }) => targetId),
  );
  return dueForClosing(world, ownSnapshots(world, reader)).filter(
    ({ document }) =>
      switchedOn.has(document.companyId) &&
      reader.get('note', triedNoteId(world.connection.id, document.id))?.text !== world.today,
  );
}

/** Closed months that wait for a person to post them. */
export function waitsForPosting(world: PlanWorld, reader: Reader): Snapshot[] {
  const posted = new Set(postsByItself(world, reader).map(({ id }) => id));
  return dueForClosing(world, ownSnapshots(world, reader)).filter(({ id }) => !posted.has(id));
}

const ownSnapshots = (world: PlanWorld, reader: Reader): Snapshot[] =>
  reader.list('snapshot').filter(({ connectionId }) => connectionId === world.connection.id);
const triedNoteId = (connectionId: string, documentId: string): string =>
  ownKey(connectionId, 'closing-tried', documentId);

/** Posts closed months as the setting says. Only where automatic is on; elsewhere a person does it. */
export async function closeMonths(job: Job): Promise<number> {
  const { context, tenantId, connection } = job;
  const reader = await context.store.read(tenantId);
  const world = worldOf({
    reader,
    tenantId,
    connection,
    manifest: context.connector(connection.systemId).manifest,
    crypto: context.crypto,
    nowMs: context.clock.nowMs(),
  });
  const due = connection.paused === null ? postsByItself(world, reader) : [];
  if (due.length === 0) return 0;
  // A refusal is shown and tried again tomorrow, not with every check.
  await context.store.transact(tenantId, (tx) => {
    for (const { document } of due)
      tx.put('note', {
        id: triedNoteId(connection.id, document.id),
        at: instant(context.clock.nowMs()),
        text: world.today,
      });
  });
  const steps = due.map(
    (snapshot): Step => ({
      write: {
        ref: `close:${snapshot.document.id}`,
        documentKind: snapshot.document.kind,
        open: null,
        before: snapshot.document,
        lines: [],
        state: stateOf(world.settings.postAs),
        send: false,
        allocate: null,
      },
      plan: null,
      frees: [],
      before: snapshot.hash,
    }),
  );
  const run = await closingRun(job, tenantId, steps);
  let left = steps;
  for (let rounds = steps.length; rounds > 0 && left.length > 0; rounds -= 1) {
    if ((await writeSteps(job, run, left, world)) !== null) break;
    const parts = (await context.store.read(tenantId)).get('run', run.id)?.parts ?? [];
    left = left.filter(
      ({ write }) => parts.find(({ ref }) => ref === write.ref)?.state === 'waiting',
    );
  }
  const written = (await context.store.read(tenantId)).get('run', run.id);
  if (written !== null) await sendDocuments(job, written);
  await context.store.transact(tenantId, (tx) => {
    const ended = tx.get('run', run.id);
    if (ended !== null) tx.put('run', { ...ended, endedAt: instant(context.clock.nowMs()) });
  });
  return steps.length;
}

async function closingRun(
  { context, connection }: Job,
  tenantId: TenantId,
  steps: readonly Step[],
): Promise<Run> {
  const run: Run = {
    id: newRunId(context),
    connectionId: connection.id,
    by: { kind: 'app' },
    kind: 'automatic',
    startedAt: instant(context.clock.nowMs()),
    endedAt: null,
    attempts: 0,
    parts: steps.map(({ write }) => ({
      ref: write.ref,
      seen: '',
      customerId: '',
      taskIds: [],
      state: 'waiting',
      documentId: write.before?.id ?? null,
      documentNumber: write.before?.number ?? null,
      documentUrl: null,
      failure: null,
    })),
  };
  await context.store.transact(tenantId, (tx) => tx.put('run', run));
  return run;
}
