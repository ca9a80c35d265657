import type { Document } from '../../domain/document.ts';
import type { Reader } from '../../domain/ports/store.ts';

/** Invoices of the connection that a line can be looked for on: those open now, and those the look read. */
export function pastDocuments(reader: Reader, connectionId: string): Document[] {
  const own = <T extends { connectionId: string }>(records: readonly T[]): T[] =>
    records.filter((record) => record.connectionId === connectionId);
  const known = new Map(
    own(reader.list('pastDocument')).map(({ document }) => [document.id, document]),
  );
  // A snapshot is read with every check, so it is never the older one.
  for (const { document } of own(reader.list('snapshot'))) known.set(document.id, document);
  return [...known.values()];
}
