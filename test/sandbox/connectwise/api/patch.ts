import { isObject, type Json, type JsonObject, NumberText } from '../../json.ts';
import { failed, type Outcome } from '../rules/work.ts';
import type { Entity } from '../schema/entity.ts';
import { refusal } from './refusal.ts';

const OPERATIONS = new Set(['add', 'replace', 'remove']);
const OPERATIONS_MAX = 500;

/**
 * A PATCH body as the fields it changes: a list of `{op, path, value}`, also for one change (vendor guide: PATCH). A path may
 * start with a slash; a reference is given whole (`/status` with `{id}`) or by its member (`status/id`).
 */
export function fieldsOfPatch(entity: Entity, body: Json | undefined): Outcome<JsonObject> {
  if (!Array.isArray(body)) return wrong('The patch must be a list of operations.');
  if (body.length > OPERATIONS_MAX) return wrong('The patch has too many operations.');
  const fields: JsonObject = {};
  for (const one of body) {
    const op = isObject(one) && typeof one.op === 'string' ? one.op.toLowerCase() : '';
    const path = isObject(one) && typeof one.path === 'string' ? one.path : '';
    if (!isObject(one) || !OPERATIONS.has(op) || path === '')
      return wrong('An operation of the patch needs op (add, replace or remove) and path.');
    const value = op === 'remove' ? null : one.value;
    if (value === undefined) return wrong(`The operation on ${path} needs a value.`);
    if (!put(entity, fields, { path: path.replace(/^\//, ''), value }))
      return wrong(`The path ${path} is not valid for ${entity.name}.`);
  }
  return { status: 'ok', value: fields };
}

/** Writes one change into the fields; false when its path names nothing. */
function put(entity: Entity, fields: JsonObject, change: { path: string; value: Json }): boolean {
  const { path, value } = change;
  const [name = '', second, third, ...more] = path.split('/');
  const field = entity.fields.get(name);
  if (!field || more.length > 0) return false;
  if (second === undefined) {
    fields[name] = value;
    return true;
  }
  if (field.type === 'customFields') return putCustom(entity, fields, { second, third, value });
  if (field.type !== 'ref' || third !== undefined) return false;
  fields[name] = value === null ? null : { [second]: value };
  return true;
}

/** `customFields/0/value` names the custom fields in the order in which a record shows them. */
function putCustom(
  entity: Entity,
  fields: JsonObject,
  { second, third, value }: { second: string; third: string | undefined; value: Json },
): boolean {
  const custom = /^\d{1,3}$/.test(second) ? entity.customFields[Number(second)] : undefined;
  if (!custom || third !== 'value') return false;
  const before = Array.isArray(fields.customFields) ? fields.customFields : [];
  fields.customFields = [...before, { id: new NumberText(String(custom.id)), value }];
  return true;
}

const wrong = (message: string) => failed(refusal(400, message));
