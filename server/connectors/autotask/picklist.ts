import * as v from 'valibot';
import { AppError, retryLater } from '../../domain/errors.ts';
import type { Client } from './client.ts';

const fieldsSchema = v.object({
  fields: v.array(
    v.object({
      name: v.string(),
      picklistValues: v.nullish(
        v.array(
          v.object({
            value: v.string(),
            label: v.nullish(v.string(), ''),
            isActive: v.nullish(v.boolean(), true),
            parentValue: v.nullish(v.string(), ''),
            isDefaultValue: v.nullish(v.boolean(), false),
          }),
        ),
        [],
      ),
    }),
  ),
});

/** Picklists differ from tenant to tenant: the one that stands as default, else the first active. */
export async function defaultValue(client: Client, entity: string, field: string): Promise<string> {
  const active = (await valuesOf(client, entity, field)).filter(({ isActive }) => isActive);
  const value = (active.find(({ isDefaultValue }) => isDefaultValue) ?? active[0])?.value;
  if (value === undefined) throw new AppError('system.answer', { retry: retryLater() });
  return value;
}

/** Every value of a picklist with the tenant's own word for it. */
export async function labelsOf(
  client: Client,
  entity: string,
  field: string,
): Promise<ReadonlyMap<string, string>> {
  const values = await valuesOf(client, entity, field);
  return new Map(values.map(({ value, label }) => [value, label]));
}

/** What can be chosen now, of a dependent picklist below the parent's value. */
export async function choicesOf(
  client: Client,
  entity: string,
  field: string,
  parent?: string,
): Promise<{ value: string; name: string }[]> {
  return (await valuesOf(client, entity, field))
    .filter(({ isActive, parentValue }) => isActive && (parent ?? '') === (parentValue || ''))
    .map(({ value, label }) => ({ value, name: label }));
}

type Fields = v.InferOutput<typeof fieldsSchema>['fields'];

async function valuesOf(client: Client, entity: string, field: string) {
  const known = cache.get(client) ?? new Map<string, Fields>();
  cache.set(client, known);
  const fields = known.get(entity) ?? (await fieldsOf(client, entity));
  known.set(entity, fields);
  return fields.find(({ name }) => name === field)?.picklistValues ?? [];
}

async function fieldsOf(client: Client, entity: string): Promise<Fields> {
  const told = v.safeParse(fieldsSchema, await client.get(`${entity}/entityInformation/fields`));
  if (!told.success) throw new AppError('system.answer', { retry: retryLater() });
  return told.output.fields;
}

/** As long as a session's client: metadata costs calls of the hour too. */
const cache = new WeakMap<Client, Map<string, Fields>>();
