import type { Reader } from '../../../server/domain/ports/store.ts';

/** What is of one connection, and what is of the reseller's as a whole. */
export const recordsOf = (reader: Reader, connectionId: string): Reader => ({
  get: (collection, id) => {
    const found = reader.get(collection, id);
    return found !== null && isOf(found, connectionId) ? found : null;
  },
  list: (collection) => reader.list(collection).filter((record) => isOf(record, connectionId)),
});

/** Orders that another connection has a task or a line of. */
export const ordersElsewhere = (reader: Reader, connectionId: string): ReadonlySet<string> =>
  new Set(
    [...reader.list('task'), ...reader.list('link')]
      .filter((record) => !isOf(record, connectionId))
      .map(({ orderId }) => orderId),
  );

const isOf = (record: object, connectionId: string): boolean =>
  !('connectionId' in record) ||
  record.connectionId === null ||
  record.connectionId === connectionId;
