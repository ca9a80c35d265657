import { type Instant, instant } from '../domain/dates.ts';
import { ownKey } from '../domain/ids.ts';
import type { Run } from '../domain/intent.ts';
import type { Reader } from '../domain/ports/store.ts';
import { continueRun } from './continue-run.ts';
import type { Job } from './job.ts';
import { switchedOnBy } from './may-be-automatic.ts';
import { closesOn } from './plan/destination.ts';
import type { Snapshot } from './plan/snapshots.ts';
import { type PlanWorld, worldOf } from './plan/world.ts';
import { recoverIntents } from './recover.ts';
import { newRunId } from './run.ts';
import { askSecond, awaitsOf } from './second-person.ts';
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
  const underWay = inClosing(reader, world.connection.id);
  return dueForClosing(world, ownSnapshots(world, reader)).filter(
    ({ document }) =>
      switchedOn.has(document.companyId) &&
      !underWay.has(document.id) &&
      reader.get('note', triedNoteId(world.connection.id, document.id))?.text !== world.today,
  );
}

/** Closed months that wait for a person to post them. */
export function waitsForPosting(world: PlanWorld, reader: Reader): Snapshot[] {
  const posted = new Set(postsByItself(world, reader).map(({ document }) => document.id));
  const underWay = inClosing(reader, world.connection.id);
  return dueForClosing(world, ownSnapshots(world, reader)).filter(
    ({ document }) => !posted.has(document.id) && !underWay.has(document.id),
  );
}

const ownSnapshots = (world: PlanWorld, reader: Reader): Snapshot[] =>
  reader.list('snapshot').filter(({ connectionId }) => connectionId === world.connection.id);
const triedNoteId = (connectionId: string, documentId: string): string =>
  ownKey(connectionId, 'closing-tried', documentId);

/**
 * Posts closed months as the setting says, only where automatic is on; elsewhere a person does it.
 * Returns when it goes on after a limit, or null.
 */
export async function closeMonths(job: Job): Promise<Instant | null> {
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
  if (due.length === 0) return null;
  const made = closingRun(job, due);
  const at = made.startedAt;
  const notBy = switchedOnBy(reader, connection.id, ({ targetId }) =>
    due.some(({ document }) => document.companyId === targetId),
  );
  const awaits = awaitsOf(connection, { ...made, notBy, mayApprove: true, at });
  const run = { ...made, awaits };
  await context.store.transact(tenantId, (tx) => {
    tx.put('run', run);
    // A refusal is shown and tried again tomorrow, not with every check.
    for (const { document } of due)
      tx.put('note', { id: triedNoteId(connection.id, document.id), at, text: world.today });
    if (awaits !== null) askSecond({ context, tx, tenantId, connection }, run);
  });
  return awaits === null ? closeRun(job, run) : null;
}

/** Takes a closing up: a draft is posted, and e-mailed where the setting says so. */
export async function closeRun(job: Job, run: Run): Promise<Instant | null> {
  const { connection } = job;
  await recoverIntents(job);
  return continueRun(job, run.id, {
    leftOf: (reader, { ref, documentId }) => {
      const snapshot = reader.get('snapshot', ownKey(connection.id, documentId ?? ''));
      const { postAs } = connection.settings;
      if (snapshot === null || postAs === 'draft') return 'blocked';
      if (snapshot.document.state !== 'draft') return 'written';
      if (snapshot.document.locked !== null) return 'blocked';
      return {
        write: {
          ref,
          documentKind: snapshot.document.kind,
          open: null,
          before: snapshot.document,
          lines: [],
          state: stateOf(postAs),
          send: false,
          allocate: null,
        },
        plan: null,
        frees: [],
        before: snapshot.hash,
      };
    },
    afterWriting: sendDocuments,
  });
}

const closingRun = ({ context, connection }: Job, due: readonly Snapshot[]): Run => ({
  id: newRunId(context),
  connectionId: connection.id,
  by: { kind: 'app' },
  kind: 'closing',
  startedAt: instant(context.clock.nowMs()),
  endedAt: null,
  attempts: 0,
  takesBack: [],
  corrects: null,
  awaits: null,
  second: null,
  parts: due.map(({ document }) => ({
    ref: `close:${document.id}`,
    seen: '',
    customerId: '',
    taskIds: [],
    amount: document.total,
    state: 'waiting',
    documentId: document.id,
    documentNumber: document.number,
    documentUrl: null,
    failure: null,
    vain: null,
  })),
});

/** Documents whose posting is under way and goes on by itself. */
const inClosing = (reader: Reader, connectionId: string): ReadonlySet<string | null> =>
  new Set(
    reader
      .list('run')
      .filter((run) => run.connectionId === connectionId && run.kind === 'closing')
      .filter(({ endedAt }) => endedAt === null)
      .flatMap(({ parts }) => parts.map(({ documentId }) => documentId)),
  );
