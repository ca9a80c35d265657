import type { Rules } from '../rules/work.ts';
import { describedFields, type FieldType } from './fields.ts';

export interface PicklistValue {
  value: number;
  label: string;
  isActive?: boolean;
  isDefault?: boolean;
  /** The value of the parent field that this one belongs to. */
  parent?: number;
}

export interface Field {
  name: string;
  type: FieldType;
  length: number | undefined;
  isRequired: boolean;
  isReadOnly: boolean;
  /** Taken on create, refused when a change brings another value. */
  isFixed: boolean;
  /** Date-only: the time is dropped and the date taken as given. */
  isDate: boolean;
  isQueryable: boolean;
  /** Taken on write and never given back. */
  isWriteOnly: boolean;
  /** Hidden and not writable below "Can't read costs". */
  isCost: boolean;
  reference: string | undefined;
  picklist: readonly PicklistValue[] | undefined;
  picklistParent: string | undefined;
}

export interface Entity {
  /** The name in paths: `ContractServices`. */
  name: string;
  /** The name that entityInformation gives: `ContractService`. */
  model: string;
  can: { create: boolean; update: boolean; query: boolean; delete: boolean };
  parent: Parent | undefined;
  /** A child that may be created at root too. */
  isCreatedAtRoot: boolean;
  fields: ReadonlyMap<string, Field>;
  udfs: readonly string[];
  supportsWebhooks: boolean;
  rules: Rules;
}

export interface Parent {
  entity: string;
  /** The name below the parent: `Services` in `/Contracts/{id}/Services`. */
  path: string;
  field: string;
}

export interface EntityOptions {
  name: string;
  model: string;
  /** Letters of create, update, query, delete. */
  can: string;
  parent?: Parent;
  isCreatedAtRoot?: boolean;
  required?: readonly string[];
  /** Lengths that the description leaves out. */
  lengths?: Record<string, number>;
  readOnly?: readonly string[];
  fixed?: readonly string[];
  dates?: readonly string[];
  unfilterable?: readonly string[];
  writeOnly?: readonly string[];
  costs?: readonly string[];
  references?: Record<string, string>;
  picklists?: Record<string, readonly PicklistValue[]>;
  picklistParents?: Record<string, string>;
  udfs?: readonly string[];
  supportsWebhooks?: boolean;
  rules?: Rules;
}

/** An entity: the vendor's description of its fields, and over it what the description leaves open. */
export function entity(options: EntityOptions): Entity {
  const has = (list: readonly string[] | undefined, name: string) => list?.includes(name) ?? false;
  const { can } = options;
  const fields = Object.entries(describedFields(options.name)).map(
    ([name, described]): Field => ({
      name,
      type: described.type,
      length: options.lengths?.[name] ?? described.length,
      isRequired: described.required === true || has(options.required, name),
      isReadOnly: name === 'id' || has(options.readOnly, name),
      isFixed: has(options.fixed, name),
      isDate: has(options.dates, name),
      isQueryable: !has(options.unfilterable, name),
      isWriteOnly: has(options.writeOnly, name),
      isCost: has(options.costs, name),
      reference: options.references?.[name],
      picklist: options.picklists?.[name],
      picklistParent: options.picklistParents?.[name],
    }),
  );
  const known = new Set(fields.map(({ name }) => name));
  const named = [
    options.required,
    options.readOnly,
    options.fixed,
    options.dates,
    options.unfilterable,
    options.writeOnly,
    options.costs,
    Object.keys(options.lengths ?? {}),
    Object.keys(options.references ?? {}),
    Object.keys(options.picklists ?? {}),
  ].flatMap((list) => list ?? []);
  const unknown = named.find((name) => !known.has(name));
  if (unknown !== undefined) throw new Error(`sandbox: ${options.name} has no field ${unknown}`);
  return {
    name: options.name,
    model: options.model,
    can: {
      create: can.includes('C'),
      update: can.includes('U'),
      query: can.includes('Q'),
      delete: can.includes('D'),
    },
    parent: options.parent,
    isCreatedAtRoot: options.isCreatedAtRoot ?? false,
    fields: new Map(fields.map((field) => [field.name, field])),
    udfs: options.udfs ?? [],
    supportsWebhooks: options.supportsWebhooks ?? false,
    rules: options.rules ?? {},
  };
}
