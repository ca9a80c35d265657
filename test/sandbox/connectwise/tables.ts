import type { Row } from './row.ts';

/** The stored rows of every record, in the order of their ids. */
export interface Tables {
  all(record: string): Row[];
  get(record: string, id: number | undefined): Row | undefined;
  add(record: string, row: Omit<Row, 'id'>): Row;
  remove(record: string, id: number): void;
  /** A number of its own kind for what is no row: an invoice number, a request. */
  next(counter: string): number;
}

/** Ids of one record are consecutive and never given twice; each record starts at a place of its own. */
export function createTables(): Tables {
  const tables = new Map<string, Map<number, Row>>();
  const counters = new Map<string, number>();
  const table = (record: string): Map<number, Row> => {
    const known = tables.get(record);
    if (known) return known;
    const made = new Map<number, Row>();
    tables.set(record, made);
    return made;
  };
  const next = (counter: string): number => {
    const value = (counters.get(counter) ?? startOf(counter)) + 1;
    counters.set(counter, value);
    return value;
  };
  return {
    all: (record) => [...table(record).values()],
    get: (record, id) => (id === undefined ? undefined : table(record).get(id)),
    add: (record, { values, custom, info }) => {
      const id = next(record);
      const row = { id, values: { ...values, id }, custom: { ...custom }, info: { ...info } };
      table(record).set(id, row);
      return row;
    },
    remove: (record, id) => {
      table(record).delete(id);
    },
    next,
  };
}

/** A stable start from the record's name, so that an id of one record is not by chance an id of another. */
function startOf(name: string): number {
  let hash = 7;
  for (const letter of name) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0;
  return (hash % 90) * 10_000;
}
