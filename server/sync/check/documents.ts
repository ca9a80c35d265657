import type { Connection } from '../../domain/connection.ts';
import { type Instant, millisecondsOf } from '../../domain/dates.ts';
import type { Document } from '../../domain/document.ts';
import { ownKey } from '../../domain/ids.ts';
import type { Link } from '../../domain/link.ts';
import type { Reader, Transaction } from '../../domain/ports/store.ts';
import type { Check } from './context.ts';
import { recordsPerCommit } from './limits.ts';
import { isWorthKeeping, type Snapshot, snapshotOf } from './snapshots.ts';

/** The part of a check that storing documents needs; a run that reads before it writes has it too. */
export type DocumentsCheck = Pick<Check, 'store' | 'crypto' | 'tenantId' | 'at'>;

/** Stores documents as read and tells drift once. What a person changed is never put back. */
export async function storeDocuments(
  check: DocumentsCheck,
  connection: Connection,
  documents: readonly Document[],
): Promise<void> {
  if (documents.length === 0) return;
  const links = linksByDocument(await check.store.read(check.tenantId), connection);
  for (let start = 0; start < documents.length; start += recordsPerCommit) {
    const batch = documents.slice(start, start + recordsPerCommit);
    await check.store.transact(check.tenantId, (tx) => {
      for (const document of batch)
        storeDocument({ tx, check, connection, document, links: links.get(document.id) ?? [] });
    });
  }
}

/** Live links of the connection, by document. */
export function linksByDocument(
  reader: Reader,
  connection: Pick<Connection, 'id'>,
): Map<string, Link[]> {
  const byDocument = new Map<string, Link[]>();
  for (const link of reader.list('link')) {
    if (link.connectionId !== connection.id || link.state !== 'live') continue;
    byDocument.set(link.documentId, [...(byDocument.get(link.documentId) ?? []), link]);
  }
  return byDocument;
}

function storeDocument(options: {
  tx: Transaction;
  check: DocumentsCheck;
  connection: Connection;
  document: Document;
  links: readonly Link[];
}): void {
  const { tx, check, connection, document } = options;
  const before = tx.get('snapshot', ownKey(connection.id, document.id));
  if (before !== null && isNewer(before, document, check.at)) return;
  // A link may have been freed between the index and this transaction.
  const links = options.links.filter(({ id }) => tx.get('link', id)?.state === 'live');
  if (!isWorthKeeping(document, links)) {
    if (before !== null) tx.remove('snapshot', before.id);
    return;
  }
  const { snapshot, isNewDrift } = snapshotOf({
    crypto: check.crypto,
    connectionId: connection.id,
    document,
    readAt: check.at,
    before,
    links,
  });
  if (
    before?.hash === snapshot.hash &&
    before.drift === snapshot.drift &&
    before.ours === snapshot.ours
  )
    return;
  tx.put('snapshot', snapshot);
  if (isNewDrift) logDrift({ tx, connection, snapshot, links });
}

/**
 * Our own write answered, or a later read was stored, while this one was under way. The system's own
 * clock decides; where a change does not move it, ours does.
 */
const isNewer = (before: Snapshot, document: Document, readAt: Instant): boolean => {
  const { updatedAt } = before.document;
  if (updatedAt !== document.updatedAt) return updatedAt > document.updatedAt;
  const laterMs = millisecondsOf(before.readAt) - millisecondsOf(readAt);
  // From further ahead it was read while the clock of this machine was wrong.
  return laterMs > 0 && laterMs < readingMaxMs;
};
/** No reading takes longer. */
const readingMaxMs = 60 * 60_000;

function logDrift(options: {
  tx: Transaction;
  connection: Connection;
  snapshot: Snapshot;
  links: readonly Link[];
}): void {
  const { tx, connection, snapshot, links } = options;
  const { document, drift } = snapshot;
  tx.log({
    actor: { kind: 'app' },
    action: 'drift-found',
    result: 'asks',
    connectionId: connection.id,
    customerId: links[0]?.customerId ?? null,
    subject: document.number ?? document.id,
    taskId: null,
    orderId: links[0]?.orderId ?? null,
    documentId: document.id,
    documentUrl: document.url,
    amount: document.net,
    failure: null,
    facts: { drift: drift ?? '' },
    details: null,
  });
}
