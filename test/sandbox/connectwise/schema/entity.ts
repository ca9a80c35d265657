import type { Value } from '../row.ts';
import type { Rules } from '../rules/work.ts';
import { type DescribedField, describedFields } from './fields.ts';
import type { Right } from './rights.ts';

export interface Field extends DescribedField {
  name: string;
  /** Made by the system: what is written to it is not taken. */
  isComputed: boolean;
  /** A calendar date: its time is dropped. */
  isDate: boolean;
  /** Hidden from a role that may not see costs, and not taken from it. */
  isCost: boolean;
  /** Taken on create and never given back. */
  isWriteOnly: boolean;
}

/** A kind of record of the API. */
export interface Entity {
  /** The name in the description: `Addition`. */
  name: string;
  /** The name that refusals use: `addition`. */
  resource: string;
  /** Below `apis/3.0/`; `{parent}` stands for the id of the parent. */
  path: string;
  /** Other addresses of the same list, such as that below a category. */
  otherPaths: readonly string[];
  can: { create: boolean; read: boolean; update: boolean; delete: boolean };
  parent: { record: string; field: string } | undefined;
  right: Right;
  fields: ReadonlyMap<string, Field>;
  customFields: readonly CustomField[];
  /** What a create takes where nothing is sent. */
  defaults: Readonly<Record<string, Value>>;
  rules: Rules;
}

/** A custom field that this tenant has set up for a record. */
export interface CustomField {
  id: number;
  caption: string;
  type: 'Text' | 'Number' | 'Date' | 'Checkbox';
}

export interface EntityOptions {
  name: string;
  resource?: string;
  path: string;
  otherPaths?: readonly string[];
  /** Letters of create, read, update, delete. */
  can: string;
  parent?: { record: string; field: string };
  right: Right;
  computed?: readonly string[];
  /** Where it is short, what is not computed. */
  takes?: readonly string[];
  dates?: readonly string[];
  costs?: readonly string[];
  writeOnly?: readonly string[];
  /** Required here beyond what the description says. */
  required?: readonly string[];
  /** Described as required, and made by the system here. */
  optional?: readonly string[];
  customFields?: readonly CustomField[];
  defaults?: Record<string, Value>;
  rules?: Rules;
}

/** A record: its described fields, and over them what the description leaves open. */
export function entity(options: EntityOptions): Entity {
  const has = (list: readonly string[] | undefined, name: string) => list?.includes(name) ?? false;
  const described = Object.entries(describedFields(options.name));
  const known = new Set(described.map(([name]) => name));
  const named = [
    ...(options.computed ?? []),
    ...(options.takes ?? []),
    ...(options.dates ?? []),
    ...(options.costs ?? []),
    ...(options.writeOnly ?? []),
    ...(options.required ?? []),
    ...Object.keys(options.defaults ?? {}),
  ];
  const unknown = named.find((name) => !known.has(name));
  if (unknown !== undefined) throw new Error(`sandbox: ${options.name} has no field ${unknown}`);
  const fields = described.map(
    ([name, field]): Field => ({
      ...field,
      name,
      required:
        !has(options.optional, name) && (field.required === true || has(options.required, name)),
      isComputed:
        name === 'id' ||
        has(options.computed, name) ||
        (options.takes !== undefined && !options.takes.includes(name)),
      isDate: has(options.dates, name),
      isCost: has(options.costs, name),
      isWriteOnly: has(options.writeOnly, name),
    }),
  );
  const { can } = options;
  return {
    name: options.name,
    resource: options.resource ?? `${options.name.charAt(0).toLowerCase()}${options.name.slice(1)}`,
    path: options.path,
    otherPaths: options.otherPaths ?? [],
    can: {
      create: can.includes('C'),
      read: can.includes('R'),
      update: can.includes('U'),
      delete: can.includes('D'),
    },
    parent: options.parent,
    right: options.right,
    fields: new Map(fields.map((field) => [field.name, field])),
    customFields: options.customFields ?? [],
    defaults: options.defaults ?? {},
    rules: options.rules ?? {},
  };
}
