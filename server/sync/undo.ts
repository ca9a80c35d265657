import * as v from 'valibot';
import { instant } from '../domain/dates.ts';
import type { Document } from '../domain/document.ts';
import { isOpen } from '../domain/document.ts';
import { AppError } from '../domain/errors.ts';
import { ownKey } from '../domain/ids.ts';
import type { Run } from '../domain/intent.ts';
import type { Link } from '../domain/link.ts';
import type { DocumentWrite, Reader } from '../domain/ports.ts';
import { type Job, type Step, writeSteps } from './apply.ts';
import { freshDocuments } from './fresh-documents.ts';
import { worldOf } from './plan/world.ts';
import { recoverIntents } from './recover.ts';

/** What a run wrote and can still take back: its live links, by document. */
export function undoable(reader: Reader, run: Run): Map<string, Link[]> {
  const byDocument = new Map<string, Link[]>();
  for (const part of run.parts) {
    if (part.state !== 'written' || part.documentId === null) continue;
    const snapshot = reader.get('snapshot', ownKey(run.connectionId, part.documentId));
    if (snapshot === null || !isOpen(snapshot.document.state) || snapshot.document.locked !== null)
      continue;
    const links = linksOf(reader, run, part.documentId);
    if (links.length > 0) byDocument.set(part.documentId, links);
  }
  return byDocument;
}

export const canUndo = (reader: Reader, run: Run): boolean => {
  const written = run.parts.filter(({ state }) => state === 'written');
  return (
    run.kind !== 'undo' &&
    run.endedAt !== null &&
    written.length > 0 &&
    undoable(reader, run).size === new Set(written.map(({ documentId }) => documentId)).size
  );
};

/**
 * Takes back what a run wrote while its documents are still drafts: a document that holds nothing
 * else is deleted, elsewhere only our lines go. The charges are then held until a person bills them.
 */
export async function undoRun(job: Job, undo: Run, undone: Run): Promise<null> {
  const { context, tenantId, connection } = job;
  await recoverIntents(job);
  await freshDocuments(job);
  const reader = await context.store.read(tenantId);
  const world = worldOf({
    reader,
    tenantId,
    connection,
    manifest: context.connector(connection.systemId).manifest,
    crypto: context.crypto,
    nowMs: context.clock.nowMs(),
  });
  let steps = [...undoable(reader, undone)].map(([documentId, links]): Step => {
    const snapshot = reader.get('snapshot', ownKey(connection.id, documentId));
    if (snapshot === null) throw new AppError('request.conflict');
    return {
      write: removal(`undo:${documentId}`, snapshot.document, links),
      plan: null,
      frees: links.map(({ id }) => id),
      before: snapshot.hash,
    };
  });
  await holdCharges(
    job,
    undo,
    steps.flatMap(({ frees }) => frees),
  );
  for (let rounds = steps.length; rounds > 0 && steps.length > 0; rounds -= 1) {
    const before = steps;
    await writeSteps(job, undo, steps, world);
    const parts = (await context.store.read(tenantId)).get('run', undo.id)?.parts ?? [];
    steps = steps.filter(
      ({ write }) => parts.find(({ ref }) => ref === write.ref)?.state === 'waiting',
    );
    if (steps.length === before.length) break;
  }
  await context.store.transact(tenantId, (tx) => {
    const run = tx.get('run', undo.id);
    if (run !== null) tx.put('run', { ...run, endedAt: instant(context.clock.nowMs()) });
  });
  context.publish(tenantId, ['run', 'tasks', 'log'], connection.id);
  return null;
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
async function holdCharges(
  { context, tenantId, connection }: Job,
  undo: Run,
  linkIds: readonly string[],
): Promise<void> {
  await context.store.transact(tenantId, (tx) => {
    for (const id of linkIds) {
      const link = tx.get('link', id);
      if (link === null) continue;
      const decisionId = v.parse(v.string(), context.crypto.hash(`undone\n${id}`).slice(0, 32));
      tx.put('decision', {
        id: decisionId,
        connectionId: connection.id,
        scope: { kind: 'charge', key: link.chargeKey, revision: link.revision },
        value: { kind: 'hold', reason: 'undone' },
        by: undo.by,
        at: instant(context.clock.nowMs()),
      });
    }
  });
}

const linksOf = (reader: Reader, run: Run, documentId: string): Link[] =>
  reader
    .list('link')
    .filter(
      (link) => link.runId === run.id && link.documentId === documentId && link.state === 'live',
    );
