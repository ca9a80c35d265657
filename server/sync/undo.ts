import { type Instant, instant } from '../domain/dates.ts';
import type { Document } from '../domain/document.ts';
import { isOpen } from '../domain/document.ts';
import { ownKey } from '../domain/ids.ts';
import type { Run } from '../domain/intent.ts';
import type { Link } from '../domain/link.ts';
import type { DocumentWrite, Reader } from '../domain/ports.ts';
import type { RecordOf } from '../domain/records.ts';
import { continueRun } from './continue-run.ts';
import type { Job } from './job.ts';
import { recoverIntents } from './recover.ts';

/** What a run wrote and can still take back: its live links, by document. */
export function undoable(reader: Reader, run: Run): Map<string, Link[]> {
  const byDocument = new Map<string, Link[]>();
  for (const [documentId, links] of standing(reader, run))
    if (openSnapshot(reader, run.connectionId, documentId) !== null)
      byDocument.set(documentId, links);
  return byDocument;
}

/**
 * Whether all that still stands of a run can be taken back, and nobody is about to. What an earlier
 * undo took back already does not count, so that an undo that gave up can be started again.
 */
export function canUndo(reader: Reader, run: Run): boolean {
  const left = standing(reader, run).size;
  const isUnderWay = reader
    .list('run')
    .some(
      ({ kind, endedAt, parts }) =>
        kind === 'undo' && endedAt === null && parts.some(({ seen }) => seen === run.id),
    );
  return (
    run.kind !== 'undo' &&
    run.endedAt !== null &&
    !isUnderWay &&
    left > 0 &&
    undoable(reader, run).size === left
  );
}

/** How a part of an undo names its document. */
export const undoRef = (documentId: string): string => `${undoPrefix}${documentId}`;
const undoPrefix = 'undo:';

/**
 * Takes back what a run wrote while its documents are still drafts: a document that holds nothing
 * else is deleted, elsewhere only our lines go. The charges are then held until a person bills them.
 * What is left follows from the links alone, so it goes on after a limit or a kill.
 */
export async function undoRun(job: Job, undo: Run): Promise<Instant | null> {
  const { connection } = job;
  await recoverIntents(job);
  await holdCharges(job, undo);
  return continueRun(job, undo.id, {
    leftOf: (reader, { ref, seen }) => {
      const documentId = ref.slice(undoPrefix.length);
      const links = linksOf(reader, seen, documentId);
      if (links.length === 0) return 'written';
      const snapshot = openSnapshot(reader, connection.id, documentId);
      if (snapshot === null) return 'blocked';
      return {
        write: removal(ref, snapshot.document, links),
        plan: null,
        frees: links.map(({ id }) => id),
        before: snapshot.hash,
      };
    },
  });
}

function removal(ref: string, document: Document, links: readonly Link[]): DocumentWrite {
  const ours = new Set(links.map(({ marker }) => marker));
  const removed = document.lines.filter(({ marker }) => marker !== null && ours.has(marker));
  const empty = removed.length === document.lines.length;
  return {
    ref,
    documentKind: document.kind,
    open: null,
    before: document,
    lines: empty ? [] : removed.map(({ id }) => ({ change: 'remove', lineId: id })),
    state: empty ? 'deleted' : null,
    send: false,
    allocate: null,
  };
}

/** What a person undid is held, automatic included, until a person bills it again. */
async function holdCharges({ context, tenantId, connection }: Job, undo: Run): Promise<void> {
  const waiting = undo.parts.filter(({ state }) => state === 'waiting' || state === 'delayed');
  if (waiting.length === 0) return;
  await context.store.transact(tenantId, (tx) => {
    const links = waiting.flatMap(({ ref, seen }) =>
      linksOf(tx, seen, ref.slice(undoPrefix.length)),
    );
    for (const link of links)
      tx.put('decision', {
        id: context.crypto.hash(`undone\n${link.id}`).slice(0, 32),
        connectionId: connection.id,
        scope: { kind: 'charge', key: link.chargeKey, revision: link.revision },
        value: { kind: 'hold', reason: 'undone' },
        by: undo.by,
        at: instant(context.clock.nowMs()),
      });
  });
}

/** The document as last read, where its lines can still be taken off it. */
function openSnapshot(
  reader: Reader,
  connectionId: string,
  documentId: string,
): RecordOf<'snapshot'> | null {
  const snapshot = reader.get('snapshot', ownKey(connectionId, documentId));
  const isFree = snapshot !== null && isOpen(snapshot.document.state);
  return isFree && snapshot.document.locked === null ? snapshot : null;
}

/** The live links of what a run wrote, by document. */
function standing(reader: Reader, run: Run): Map<string, Link[]> {
  const byDocument = new Map<string, Link[]>();
  for (const { state, documentId } of run.parts) {
    if (state !== 'written' || documentId === null) continue;
    const links = linksOf(reader, run.id, documentId);
    if (links.length > 0) byDocument.set(documentId, links);
  }
  return byDocument;
}

const linksOf = (reader: Reader, runId: string, documentId: string): Link[] =>
  reader
    .list('link')
    .filter(
      (link) => link.runId === runId && link.documentId === documentId && link.state === 'live',
    );
