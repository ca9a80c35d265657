import type { Connection } from '../../domain/connection.ts';
import { type Document, isStanding } from '../../domain/document.ts';
import type { Delta } from '../../domain/ports/read.ts';
import type { ConnectorSession } from '../../domain/ports/session.ts';
import type { Check } from './context.ts';
import { storeDocuments } from './documents.ts';

/** Documents that are read again in one check; those left are read by the next one. */
const endedPerCheckMax = 50;

/**
 * Reads again what was running and is not among all that runs now: somebody ended it there, which some
 * systems tell by leaving it out of their list alone. What is found no more and was never ours is forgotten.
 */
export async function readEnded(
  check: Check,
  connection: Connection,
  session: Pick<ConnectorSession, 'documentsById'>,
  { records, unreadable, isAll }: Delta<Document>,
): Promise<void> {
  if (isAll !== true || unreadable.length > 0) return;
  const running = new Set(records.map(({ id }) => id));
  const ended = (await check.store.read(check.tenantId))
    .list('snapshot')
    .filter(
      ({ connectionId, document: { id, kind, state } }) =>
        connectionId === connection.id &&
        isStanding(kind) &&
        state === 'running' &&
        !running.has(id),
    )
    .slice(0, endedPerCheckMax);
  if (ended.length === 0) return;
  const read = await session.documentsById(
    ended.map(({ document: { id, kind } }) => ({ id, kind })),
  );
  await storeDocuments(check, connection, read.records);
  if (read.unreadable.length > 0) return;
  const found = new Set(read.records.map(({ id }) => id));
  await check.store.transact(check.tenantId, (tx) => {
    for (const { id, ours, document } of ended)
      if (!ours && !found.has(document.id) && tx.get('snapshot', id)?.ours === false)
        tx.remove('snapshot', id);
  });
}
