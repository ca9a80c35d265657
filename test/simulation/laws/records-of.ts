import type { Reader } from '../../../server/domain/ports/store.ts';

/** What is of one connection, and what is of the reseller's as a whole. */
export const recordsOf = (reader: Reader, connectionId: string): Reader => ({
  get: (collection, id) => {
    const found = reader.get(collection, id);
    return found !== null && isOf(found, connectionId) ? found : null;
  },
  list: (collection) => reader.list(collection).filter((record) => isOf(record, connectionId)),
});

const isOf = (record: object, connectionId: string): boolean =>
  !('connectionId' in record) ||
  record.connectionId === null ||
  record.connectionId === connectionId;
