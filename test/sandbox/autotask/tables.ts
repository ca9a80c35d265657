import type { Row } from './row.ts';

/** The stored rows of every entity, in the order of their ids. */
export interface Tables {
  all(entity: string): Row[];
  get(entity: string, id: number | undefined): Row | undefined;
  add(entity: string, row: Omit<Row, 'id'>, id?: number): Row;
  remove(entity: string, id: number): void;
  /** A number of its own kind for what is no row: an invoice number, a unit period. */
  next(counter: string): number;
  /** The number of a thing that is made anew each time it is read: the same for the same key. */
  keyed(counter: string, key: string): number;
}

/** Ids of one entity are consecutive and never given twice; each entity starts at a place of its own. */
export function createTables(): Tables {
  const tables = new Map<string, Map<number, Row>>();
  const counters = new Map<string, number>();
  const keys = new Map<string, number>();
  const table = (entity: string): Map<number, Row> => {
    const known = tables.get(entity);
    if (known) return known;
    const made = new Map<number, Row>();
    tables.set(entity, made);
    return made;
  };
  const next = (counter: string): number => {
    const value = (counters.get(counter) ?? startOf(counter)) + 1;
    counters.set(counter, value);
    return value;
  };
  return {
    all: (entity) => [...table(entity).values()],
    get: (entity, id) => (id === undefined ? undefined : table(entity).get(id)),
    add: (entity, { values, udfs }, id = next(entity)) => {
      const row = { id, values: { ...values, id }, udfs: { ...udfs } };
      table(entity).set(id, row);
      return row;
    },
    remove: (entity, id) => {
      table(entity).delete(id);
    },
    next,
    keyed: (counter, key) => {
      const known = keys.get(`${counter} ${key}`);
      if (known !== undefined) return known;
      const id = next(counter);
      keys.set(`${counter} ${key}`, id);
      return id;
    },
  };
}

/** A stable start from the entity's name, so that an id of one entity is not by chance an id of another. */
function startOf(name: string): number {
  let hash = 7;
  for (const letter of name) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0;
  return 29_000_000 + (hash % 9_000) * 10_000;
}
