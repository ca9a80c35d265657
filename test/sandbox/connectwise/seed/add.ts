import { momentValue, type Row, type Value } from '../row.ts';
import type { Tables } from '../tables.ts';

/** Puts a row of the seed into its table. */
export type Add = (
  record: string,
  values: Record<string, Value>,
  custom?: Record<number, string>,
) => Row;

/** The member of the seed's rows; who works there is made later. */
const MADE_BY = 'Setup';

export function adding(tables: Tables, nowMs: number): Add {
  const now = momentValue(nowMs);
  const info = { lastUpdated: now, updatedBy: MADE_BY, dateEntered: now, enteredBy: MADE_BY };
  return (record, values, custom = {}) => tables.add(record, { values, custom, info });
}
