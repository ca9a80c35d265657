import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { defaultSettings, type Settings, settingsSchema } from '../../server/domain/settings.ts';
import { planWorld } from '../kit/plan-world.ts';
import { cases } from './settings-cases.ts';
import { places } from './settings-places.ts';
import { type Row, readTable } from './table.ts';

const columns = ['field', 'value', 'against', 'case', 'place', 'outcome'];
const rows = readTable(new URL('settings.md', import.meta.url), columns);

describe('a setting changes what it says', () => {
  it.each(rows.map((row) => [`${row.field} ${row.value}: ${row.case}`, row] as const))(
    '%s',
    async (_name, row) => {
      expect(await outcomeWith(row, row.value)).toBe(row.outcome);
      expect(await outcomeWith(row, row.against)).not.toBe(row.outcome);
    },
  );
});

describe('the table of settings', () => {
  const told = new Set(
    rows.flatMap(({ field = '', value = '' }) =>
      kindsOfValue(read(value)).map((kind) => `${field} ${kind}`),
    ),
  );

  it.each(Object.entries(settingsSchema.entries))(
    'V2.1.2: has a row for every value of %s',
    (field, schema) => {
      for (const kind of kindsOf(schema)) expect(told).toContain(`${field} ${kind}`);
    },
  );

  it('V2.1.2: names no field that is none', () => {
    const fields = new Set(rows.map(({ field }) => field));
    expect([...fields].sort()).toEqual(Object.keys(defaultSettings).sort());
  });
});

/** A word stands for itself; everything else is JSON. */
function read(cell = ''): unknown {
  if (/^[a-z][a-z0-9-]*$/.test(cell) && !['true', 'false', 'null'].includes(cell)) return cell;
  if (/^\{\w+\}/.test(cell)) return cell;
  return JSON.parse(cell);
}

async function outcomeWith(row: Row, value: string | undefined): Promise<string> {
  const plain = cases[row.case ?? ''];
  const place = places[row.place ?? ''];
  if (plain === undefined || place === undefined)
    throw new Error(`no such case or place: ${row.case}, ${row.place}`);
  const settings: Settings = v.parse(settingsSchema, {
    ...defaultSettings,
    ...plain.settings,
    [row.field ?? '']: read(value),
  });
  return place(planWorld({ ...plain, settings }));
}

/** What tells one value of a field from another: its word, its mode, or that there is one. */
function kindsOfValue(value: unknown): string[] {
  if (value === null) return ['null'];
  if (Array.isArray(value)) return [value.length === 0 ? 'empty' : 'given'];
  if (typeof value === 'object')
    return [v.parse(v.object({ mode: v.optional(v.string(), 'given') }), value).mode];
  return [String(value), 'given'];
}

type Schema = (typeof settingsSchema.entries)[keyof typeof settingsSchema.entries];
function kindsOf(schema: Schema | Extract<Schema, { type: 'optional' }>['wrapped']): string[] {
  switch (schema.type) {
    case 'picklist':
      return [...schema.options];
    case 'variant':
      return schema.options.map((option) => option.entries.mode.literal);
    case 'boolean':
      return ['true', 'false'];
    case 'nullable':
      return ['null', 'given'];
    case 'array':
      return ['empty', 'given'];
    case 'number':
    case 'string':
      return ['given'];
    case 'optional':
      return kindsOf(schema.wrapped);
    default:
      return schema satisfies never;
  }
}
