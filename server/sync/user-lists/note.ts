import type { Document } from '../../domain/document.ts';
import { type AppError, failureOf } from '../../domain/errors.ts';
import { ownKey } from '../../domain/ids.ts';
import { type NewLogEntry, plainEntry } from '../../domain/log-entry.ts';
import type { Transaction } from '../../domain/ports/store.ts';
import type { At } from './at.ts';

/** Present while the list of one document is refused; its text is the error's code. */
const refusedNoteId = (connectionId: string, documentId: string): string =>
  `users-refused:${ownKey(connectionId, documentId)}`;

/** That a list is there or gone, and nothing of whom it names; null where it stood already. */
export async function noteDone(
  at: At,
  document: Document,
  action: 'users-attached' | 'users-removed' | null,
): Promise<void> {
  const { store, tenantId } = at.check;
  const id = refusedNoteId(at.connection.id, document.id);
  const wasRefused = (await store.read(tenantId)).get('note', id) !== null;
  if (!wasRefused && action === null) return;
  await store.transact(tenantId, (tx) => {
    if (wasRefused) tx.remove('note', id);
    if (action !== null) tx.log(entry(at, document, { action }));
  });
}

/** Logged once for each distinct refusal, with the document that it is about. */
export const noteRefused = (at: At, document: Document, error: AppError): Promise<void> =>
  at.check.store.transact(at.check.tenantId, (tx) => logOnce(tx, at, document, error));

function logOnce(tx: Transaction, at: At, document: Document, error: AppError): void {
  const id = refusedNoteId(at.connection.id, document.id);
  const failure = failureOf(error);
  if (tx.get('note', id)?.text === failure.code) return;
  tx.put('note', { id, at: at.check.at, text: failure.code });
  tx.log(entry(at, document, { action: 'users-refused', result: 'failed', failure }));
}

const entry = (
  { connection }: At,
  { id, number, reference }: Document,
  more: Pick<NewLogEntry, 'action'> & Partial<NewLogEntry>,
): NewLogEntry =>
  plainEntry({
    actor: { kind: 'app' },
    connectionId: connection.id,
    subject: number ?? reference,
    documentId: id,
    ...more,
  });
