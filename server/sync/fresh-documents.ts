import { instant, millisecondsOf } from '../domain/dates.ts';
import type { StandingKind } from '../domain/document.ts';
import { storeDocuments } from './check/documents.ts';
import { cursorId } from './check/names.ts';
import type { Job } from './job.ts';

/** Reads what changed in the system since the last look, for all documents at once; when that was. */
export async function freshDocuments({
  context,
  tenantId,
  session,
  connection,
}: Job): Promise<number> {
  const { store, crypto } = context;
  const id = cursorId(connection.id, 'documents');
  const cursor = (await store.read(tenantId)).get('cursor', id);
  const read = await session.documents(cursor?.position ?? null);
  const at = instant(context.clock.nowMs());
  await storeDocuments({ store, crypto, tenantId, at }, connection, read.records);
  await store.transact(tenantId, (tx) =>
    tx.put('cursor', { id, position: read.position, checkedAt: at }),
  );
  return millisecondsOf(at);
}

/** Documents that are read again together before the next writes, where each costs a call. */
export const nextOnesMax = 8;

/**
 * Reads these documents alone: where a system tells no change of a document's lines, all of them would
 * be a call each. A later document is read by its own write, which leaves alone what a person changed.
 */
export async function freshOnes(
  { context, tenantId, session, connection }: Job,
  kind: StandingKind,
  ids: readonly string[],
): Promise<number> {
  const { store, crypto, clock } = context;
  const read = await session.documentsById(ids.slice(0, nextOnesMax).map((id) => ({ id, kind })));
  const at = instant(clock.nowMs());
  await storeDocuments({ store, crypto, tenantId, at }, connection, read.records);
  return millisecondsOf(at);
}
