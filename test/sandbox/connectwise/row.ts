import { type Decimal, decimal, decimalText } from '../decimal.ts';
import { type JsonObject, NumberText } from '../json.ts';

/**
 * What a field holds. Ids and whole numbers are numbers, a reference is the id of its record, a list of references their ids;
 * every other number keeps its decimal text and never passes a float.
 */
export type Value =
  | null
  | boolean
  | number
  | string
  | NumberText
  | readonly number[]
  | readonly string[]
  | readonly JsonObject[];

export type CustomValue = null | boolean | string | NumberText;

export interface Row {
  id: number;
  values: Record<string, Value>;
  /** Custom fields by the id of their definition. */
  custom: Record<number, CustomValue>;
  info: Info;
}

/** `_info` of a record. */
export interface Info {
  lastUpdated: string;
  updatedBy: string;
  dateEntered: string;
  enteredBy: string;
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

export const amount = (value: Decimal): NumberText => new NumberText(decimalText(value));

/** An amount for a person or a file; nothing where none is set. */
export function amountText(row: Row, field: string): string {
  const found = amountOf(row, field);
  return found ? decimalText(found) : '';
}

/** The calendar date of a date field. */
export function dateOfField(row: Row, field: string): string | undefined {
  const value = row.values[field];
  return typeof value === 'string' && value !== '' ? value.slice(0, 10) : undefined;
}

/** `2026-11-23T00:00:00Z`: dates travel as midnight (vendor guide: API requests, dates). */
export const dateValue = (date: string): string => `${date}T00:00:00Z`;

/** `2026-11-23T02:00:00Z`: moments are UTC to whole seconds. */
export const momentValue = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** A row for the journal: amounts as decimal text. */
export function plainRow(row: Row): Record<string, unknown> {
  const custom = Object.entries(row.custom).map(([id, value]) => [id, plainCustom(value)]);
  return {
    id: row.id,
    ...Object.fromEntries(
      Object.entries(row.values).map(([name, value]) => [name, plainValue(value)]),
    ),
    ...(custom.length > 0 ? { customFields: Object.fromEntries(custom) } : {}),
  };
}

export const plainValue = (value: Value | undefined): unknown =>
  value instanceof NumberText ? value.text : (value ?? null);

const plainCustom = (value: CustomValue): unknown =>
  value instanceof NumberText ? value.text : value;
