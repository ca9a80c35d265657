import { dateOfField, flagOf, type Row, textOf, wholeOf } from '../row.ts';
import type { World } from '../world.ts';

/** The name of the record that a field refers to. */
export function nameOf(world: World, row: Row, of: { field: string; record: string }): string {
  const found = world.tables.get(of.record, wholeOf(row, of.field));
  return found ? textOf(found, 'name') : '';
}

export const companyName = (world: World, row: Row): string =>
  nameOf(world, row, { field: 'company', record: 'Company' });

export function currencyOf(world: World, row: Row): string {
  const currency = world.tables.get('FinanceCurrency', wholeOf(row, 'currency'));
  return currency ? textOf(currency, 'currencyIdentifier') : '';
}

export const rowChoices = (rows: readonly Row[], field = 'name'): [string, string][] =>
  rows.map((row) => [String(row.id), textOf(row, field)]);

/** Those of a table that are still in use. */
export const activeOf = (world: World, record: string): Row[] =>
  world.tables.all(record).filter((row) => !flagOf(row, 'inactiveFlag'));

export const idText = (row: Row, field: string): string => String(wholeOf(row, field) ?? '');

export const YES_OR_NO: readonly [string, string][] = [
  ['true', 'Yes'],
  ['false', 'No'],
];

export const yesNo = (row: Row, field: string): string => (flagOf(row, field) ? 'Yes' : 'No');

export const day = (row: Row, field: string): string => dateOfField(row, field) ?? '';

/** A yes-or-no field of a form. */
export const flagInput = (row: Row, name: string, words: string) => ({
  name,
  words,
  value: String(flagOf(row, name)),
  choices: YES_OR_NO,
});
