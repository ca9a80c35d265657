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
            isActive: v.nullish(v.boolean(), true),
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
  const known = cache.get(client) ?? new Map<string, string>();
  cache.set(client, known);
  const kept = known.get(`${entity} ${field}`);
  if (kept !== undefined) return kept;
  const told = v.safeParse(fieldsSchema, await client.get(`${entity}/entityInformation/fields`));
  const values = told.success
    ? (told.output.fields.find(({ name }) => name === field)?.picklistValues ?? [])
    : [];
  const active = values.filter(({ isActive }) => isActive);
  const value = (active.find(({ isDefaultValue }) => isDefaultValue) ?? active[0])?.value;
  if (value === undefined) throw new AppError('system.answer', { retry: retryLater() });
  known.set(`${entity} ${field}`, value);
  return value;
}
/** As long as a session's client: metadata costs calls of the hour too. */
const cache = new WeakMap<Client, Map<string, string>>();
