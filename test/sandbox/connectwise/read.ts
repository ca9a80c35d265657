import type { JsonObject } from '../json.ts';
import type { Row, Value } from './row.ts';
import { dateOfField, dateValue, textOf, wholeOf } from './row.ts';
import type { Entity } from './schema/entity.ts';
import { entityOf } from './schema/index.ts';
import { recordOfReference } from './schema/references.ts';
import type { World } from './world.ts';

/** The rows of a record as a reader sees them, in the order of their ids: stored, or made of others. */
export function rowsOf(world: World, entity: Entity): Row[] {
  const rows = entity.rules.rows?.(world) ?? world.tables.all(entity.name);
  return rows.toSorted((a, b) => a.id - b.id);
}

export function rowOf(world: World, entity: Entity, id: number): Row | undefined {
  return entity.rules.rows
    ? entity.rules.rows(world).find((row) => row.id === id)
    : world.tables.get(entity.name, id);
}

/** Every field of the row that a reader gets, in the order of the description; costs are empty where they are hidden. */
export function valuesOf(
  world: World,
  of: { entity: Entity; row: Row; hidesCosts: boolean },
): Record<string, Value> {
  const { entity, row, hidesCosts } = of;
  const derived = entity.rules.derive?.(world, row) ?? {};
  const values: Record<string, Value> = {};
  for (const field of entity.fields.values()) {
    if (field.isWriteOnly || field.type === 'customFields') continue;
    const value = derived[field.name] ?? row.values[field.name] ?? null;
    values[field.name] = field.isCost && hidesCosts ? null : value;
  }
  return values;
}

/** The row that a reference holds. */
export function referred(world: World, reference: string, id: Value): Row | undefined {
  const record = recordOfReference(reference);
  if (record === undefined || typeof id !== 'number') return undefined;
  const entity = entityOf(record);
  return entity && rowOf(world, entity, id);
}

/** A member of a reference: the record's own field, or what stands for it. */
export function memberOf(world: World, of: { reference: string; row: Row; member: string }): Value {
  const { reference, row, member } = of;
  if (member === 'id') return row.id;
  const alias = ALIASES[reference]?.[member];
  if (alias) return alias(row, world);
  return row.values[member] ?? null;
}

type Alias = (row: Row, world: World) => Value;

const fullName: Alias = (row) => `${textOf(row, 'firstName')} ${textOf(row, 'lastName')}`.trim();

const ALIASES: Record<string, Record<string, Alias>> = {
  AgreementReference: {
    type: (row, world) => {
      const type = world.tables.get('AgreementType', wholeOf(row, 'type'));
      return type ? textOf(type, 'name') : null;
    },
    chargeFirmFlag: (row) => row.values.chargeToFirm === true,
  },
  BillingStatusReference: { isClosed: (row) => row.values.closedFlag === true },
  ContactReference: { name: fullName },
  InvoiceReference: {
    identifier: (row) => textOf(row, 'invoiceNumber'),
    billingType: (row) => textOf(row, 'type'),
    invoiceDate: (row) => {
      const date = dateOfField(row, 'date');
      return date === undefined ? null : dateValue(date);
    },
    chargeFirmFlag: () => false,
  },
  MemberReference: { name: fullName, dailyCapacity: () => null },
  PriorityReference: { sort: (row) => wholeOf(row, 'sortOrder') ?? null },
  ServiceStatusReference: { sort: (row) => wholeOf(row, 'sortOrder') ?? null },
  TaxCodeReference: { name: (row) => textOf(row, 'identifier') },
};

export const isIds = (value: Value): value is readonly number[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'number');

export const isObjects = (value: Value): value is readonly JsonObject[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'object');
