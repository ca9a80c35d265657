import { dateOfField, flagOf, type Row, textOf, wholeOf } from '../row.ts';
import type { PicklistValue } from '../schema/entity.ts';
import type { World } from '../world.ts';

export const labelOf = (list: readonly PicklistValue[], value: number | undefined): string =>
  list.find((one) => one.value === value)?.label ?? '';

export const choicesOf = (list: readonly PicklistValue[]): [string, string][] =>
  list.map(({ value, label }) => [String(value), label]);

export const rowChoices = (rows: readonly Row[], field: string): [string, string][] =>
  rows.map((row) => [String(row.id), textOf(row, field)]);

export const activeOf = (world: World, entity: string): Row[] =>
  world.tables.all(entity).filter((row) => flagOf(row, 'isActive'));

export const YES_OR_NO: readonly [string, string][] = [
  ['true', 'Yes'],
  ['false', 'No'],
];

export const yesNo = (row: Row, field: string): string => (flagOf(row, field) ? 'Yes' : 'No');

export const day = (row: Row, field: string): string => dateOfField(row, field) ?? '';

export function companyName(world: World, row: Row): string {
  const company = world.tables.get('Companies', wholeOf(row, 'companyID'));
  return company ? textOf(company, 'companyName') : '';
}

export function currencyOf(world: World, company: Row | undefined): string {
  const currency = company && world.tables.get('Currencies', wholeOf(company, 'currencyID'));
  return currency ? textOf(currency, 'name') : '';
}
