import { ownKey } from '../../domain/ids.ts';
import type { Look } from '../../domain/look.ts';
import type { ConnectorSession } from '../../domain/ports/session.ts';
import type { Transaction } from '../../domain/ports/store.ts';
import { recordsPerCommit } from '../check/limits.ts';
import { keep } from '../check/upserts.ts';
import type { Turn } from './turn.ts';

/** Reads one page of invoices and keeps them; after the last one those of an earlier look go. */
export async function readDocuments(
  turn: Turn,
  look: Look,
  session: Pick<ConnectorSession, 'invoicesDated'>,
): Promise<void> {
  const { check, connectionId } = turn;
  const page = (await session.invoicesDated?.(look.from, look.position)) ?? null;
  const documents = page?.records ?? [];
  const next = page?.next ?? null;
  for (let start = 0; start < documents.length; start += recordsPerCommit)
    await check.store.transact(check.tenantId, (tx) => {
      if (turn.current(tx, look) === null) return;
      for (const document of documents.slice(start, start + recordsPerCommit))
        tx.put('pastDocument', {
          id: ownKey(connectionId, document.id),
          connectionId,
          readAt: check.at,
          // The system's own form is never sent back from here.
          document: { ...document, lines: document.lines.map((line) => ({ ...line, raw: null })) },
        });
    });
  await keep({ check, side: connectionId, unreadable: page?.unreadable ?? [], whole: [] });
  await check.store.transact(check.tenantId, (tx) => {
    const current = turn.current(tx, look);
    if (current === null) return;
    if (next === null) forgetEarlier(tx, current);
    tx.put('look', {
      ...current,
      reading: next === null ? 'subscriptions' : 'documents',
      position: next,
      documentsRead: current.documentsRead + documents.length,
      failure: null,
    });
  });
}

function forgetEarlier(tx: Transaction, { id, startedAt }: Look): void {
  for (const past of tx.list('pastDocument'))
    if (past.connectionId === id && past.readAt < startedAt) tx.remove('pastDocument', past.id);
}
