import { ownKey } from '../domain/ids.ts';
import type { Reader } from '../domain/ports/store.ts';
import type { Job } from './job.ts';

/** Where a person sees the document that was to be changed. */
export function urlOf(
  reader: Reader,
  job: Pick<Job, 'context' | 'connection'>,
  documentId: string | null,
): string | null {
  const { connection, context } = job;
  const document =
    documentId === null
      ? null
      : (reader.get('snapshot', ownKey(connection.id, documentId))?.document ?? null);
  return document === null
    ? null
    : context.connector(connection.systemId).documentUrl(connection.account, document);
}
