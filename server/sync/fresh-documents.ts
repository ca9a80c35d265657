import { instant, millisecondsOf } from '../domain/dates.ts';
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
