import type { Reader, Transaction } from '../../domain/ports/store.ts';
import type { Collection, RecordOf } from '../../domain/records.ts';

/**
 * A transaction that is never committed: what changes in it is seen by reading from it, and by nobody
 * else. The very code that makes a change makes it here, so that what is foreseen is what happens.
 */
export function trialOn(reader: Reader): Transaction {
  const changed = new Map<Collection, Map<string, unknown>>();
  const own = (collection: Collection): Map<string, unknown> => {
    const found = changed.get(collection) ?? new Map<string, unknown>();
    changed.set(collection, found);
    return found;
  };
  return {
    get<C extends Collection>(collection: C, id: string): RecordOf<C> | null {
      const mine = own(collection);
      // What lies in a collection's map was put there as its record.
      return mine.has(id) ? (mine.get(id) as RecordOf<C> | null) : reader.get(collection, id);
    },
    list<C extends Collection>(collection: C): RecordOf<C>[] {
      const mine = own(collection);
      const kept = reader.list(collection).filter(({ id }) => !mine.has(id));
      return [...kept, ...([...mine.values()].filter((one) => one !== null) as RecordOf<C>[])];
    },
    put: (collection, record) => void own(collection).set(record.id, record),
    remove: (collection, id) => void own(collection).set(id, null),
    log: () => undefined,
  };
}
