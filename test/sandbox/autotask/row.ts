import { type Decimal, decimal, decimalText } from '../decimal.ts';
import { NumberText } from '../json.ts';

/** What a field holds. Whole numbers are numbers; every other number keeps its decimal text and never passes a float. */
export type Value = null | boolean | number | string | NumberText;

export interface Row {
  id: number;
  values: Record<string, Value>;
  /** User-defined fields by name; the wire knows them as `userDefinedFields: [{name, value}]`. */
  udfs: Record<string, string | null>;
}

export function wholeOf(row: Row, field: string): number | undefined {
  const value = row.values[field];
  return typeof value === 'number' ? value : undefined;
}

export function textOf(row: Row, field: string): string {
  const value = row.values[field];
  return typeof value === 'string' ? value : '';
}

export function flagOf(row: Row, field: string): boolean {
  return row.values[field] === true;
}

export function amountOf(row: Row, field: string): Decimal | undefined {
  const value = row.values[field];
  if (value instanceof NumberText) return decimal(value.text);
  return typeof value === 'number' ? decimal(String(value)) : undefined;
}

/** An amount for a person or a file; nothing where none is set. */
export function amountText(row: Row, field: string): string {
  const amount = amountOf(row, field);
  return amount ? decimalText(amount) : '';
}

/** The calendar date of a date field. */
export function dateOfField(row: Row, field: string): string | undefined {
  const value = row.values[field];
  return typeof value === 'string' ? value.slice(0, 10) : undefined;
}

/** `2026-11-23T00:00:00`: date-only fields carry midnight and no zone (help: REST, date and time fields). */
export const dateValue = (date: string): string => `${date}T00:00:00`;

/** `2026-11-23T02:00:00Z`: moments are UTC (help: REST, date and time fields). */
export const momentValue = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** A row for the journal: amounts as decimal text. */
export function plainRow(row: Row): Record<string, unknown> {
  return {
    id: row.id,
    ...Object.fromEntries(
      Object.entries(row.values).map(([name, value]) => [name, plainValue(value)]),
    ),
    ...(Object.keys(row.udfs).length > 0 ? { userDefinedFields: { ...row.udfs } } : {}),
  };
}

export const plainValue = (value: Value | undefined): unknown =>
  value instanceof NumberText ? value.text : (value ?? null);
