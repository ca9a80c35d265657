import { instant } from '../domain/dates.ts';
import { AppError } from '../domain/errors.ts';
import type { ConnectionId } from '../domain/ids.ts';
import type { Link } from '../domain/link.ts';
import type { Reader } from '../domain/ports/store.ts';
import type { Actor } from '../domain/tenant.ts';
import { linksByDocument } from './check/documents.ts';
import {
  asItStands,
  type ChangedLine,
  changedLines,
  driftOf,
  type Snapshot,
} from './check/snapshots.ts';
import { reassess, type WithinWrite } from './reassess.ts';
import { freeLink } from './written-lines.ts';

/** A document that a person changed after us, with our lines that are not as we left them. */
export interface Drift {
  snapshot: Snapshot;
  lines: ChangedLine[];
}

/** What waits for an answer in a connection, the newest change first. */
export function driftsOf(reader: Reader, connection: { id: ConnectionId }): Drift[] {
  const drifted = reader
    .list('snapshot')
    .filter((snapshot) => snapshot.connectionId === connection.id && snapshot.drift !== null);
  if (drifted.length === 0) return [];
  const links = linksByDocument(reader, connection);
  return drifted
    .map((snapshot) => ({
      snapshot,
      lines: changedLines(snapshot.document, links.get(snapshot.document.id) ?? []),
    }))
    .filter(({ lines }) => lines.length > 0)
    .sort((a, b) => (a.snapshot.document.updatedAt < b.snapshot.document.updatedAt ? 1 : -1));
}

/** `theirs`: it is right as it stands there. `again`: the charge is planned anew. */
export type DriftAnswer = 'theirs' | 'again';

/**
 * A person says what a change in the system means. Theirs: what stands there is what was billed, and
 * what no longer stands is not billed. Again: a charge whose line is gone is free for a new one; a
 * line that still stands is corrected, so that it is never billed twice. Nothing is written by
 * answering. Throws `request.conflict` where the document changed since the person looked.
 */
export function answerDrift(
  within: WithinWrite,
  options: {
    documentId: string;
    seen: string;
    linkIds: readonly string[] | 'all';
    answer: DriftAnswer;
    by: Actor;
  },
): number {
  const { tx, connection } = within;
  const found = driftsOf(tx, connection).find(
    ({ snapshot }) => snapshot.document.id === options.documentId,
  );
  if (found === undefined) throw new AppError('request.not-found');
  const { snapshot, lines } = found;
  if (snapshot.hash !== options.seen)
    throw new AppError('request.conflict', { facts: { field: 'seen' } });
  const { linkIds } = options;
  const chosen = linkIds === 'all' ? lines : lines.filter(({ link }) => linkIds.includes(link.id));
  for (const line of chosen) answerLine(within, snapshot, line, options);
  const left = linksByDocument(tx, connection).get(snapshot.document.id) ?? [];
  tx.put('snapshot', { ...snapshot, drift: driftOf(snapshot.document, left) });
  reassess(within, [], [...new Set(chosen.map(({ link }) => link.orderId))]);
  tx.log({
    actor: options.by,
    action: 'decided',
    result: 'ok',
    connectionId: connection.id,
    customerId: chosen[0]?.link.customerId ?? null,
    subject: snapshot.document.number ?? snapshot.document.id,
    taskId: null,
    orderId: null,
    documentId: snapshot.document.id,
    documentUrl: snapshot.document.url,
    amount: null,
    failure: null,
    facts: { kind: 'drift' },
    details: {
      answer: options.answer,
      lines: chosen.map(({ link, change }) => ({ charge: link.chargeKey, change })),
    },
  });
  return chosen.length;
}

function answerLine(
  within: WithinWrite,
  snapshot: Snapshot,
  { link, line }: ChangedLine,
  { answer, by }: { answer: DriftAnswer; by: Actor },
): void {
  const { tx } = within;
  if (line !== null) {
    const theirs = asItStands(snapshot.document, line, link);
    tx.put('link', answer === 'theirs' ? theirs : { ...theirs, revision: changedThere });
    if (answer === 'again') decide(within, link, by, correctionOf(tx, link));
    return;
  }
  freeLink(tx, link.id);
  if (answer === 'theirs')
    decide(within, link, by, {
      kind: 'exclude',
      reason: `removed from ${snapshot.document.number ?? 'its document'}`,
      until: null,
    });
}

/** A revision that no charge has: the line is not what the marketplace charges. */
const changedThere = 'changed-there';

/** The answer that a corrected charge waits for, given at once: the person has seen both. */
function correctionOf(reader: Reader, link: Link) {
  const charge = reader.get('charge', link.chargeKey);
  const order = reader.get('order', link.orderId);
  if (charge === null || order === null)
    throw new AppError('request.conflict', { facts: { field: 'answer' } });
  const now = order.status === 'completed' ? charge.revision : `order-${order.status}`;
  return { kind: 'accept' as const, need: 'revision-changed' as const, seen: `correct ${now}` };
}

function decide(
  { context, tx, connection }: WithinWrite,
  link: Link,
  by: Actor,
  value: ReturnType<typeof correctionOf> | { kind: 'exclude'; reason: string; until: null },
): void {
  tx.put('decision', {
    id: context.crypto.hash(`drift\n${link.id}\n${value.kind}`).slice(0, 32),
    connectionId: connection.id,
    scope: { kind: 'charge', key: link.chargeKey, revision: link.revision },
    value,
    by,
    at: instant(context.clock.nowMs()),
  });
}
