import { DECIMAL_TEXT } from '../../decimal.ts';
import { isObject, type Json, type JsonObject, NumberText } from '../../json.ts';
import { type Refusal, refusal, unknownMember } from '../api/refusal.ts';
import { type CustomValue, dateValue, momentValue, type Value } from '../row.ts';
import type { CustomField, Entity, Field } from '../schema/entity.ts';
import type { World } from '../world.ts';
import { referenceFrom, referencesFrom } from './reference.ts';
import { type FieldError, failed, invalid, type Outcome } from './work.ts';

export interface ReadBody {
  values: Record<string, Value>;
  custom: Record<number, CustomValue>;
  /** What was sent and is not taken: computed fields, and costs that the role may not see. */
  ignored: string[];
  errors: FieldError[];
}

/** Named by the vendor for what a value cannot be read as. */
const TYPES: Record<Field['type'], string> = {
  integer: 'System.Int32',
  number: 'System.Double',
  boolean: 'System.Boolean',
  string: 'System.String',
  datetime: 'System.DateTime',
  ref: 'a reference',
  refs: 'a list of references',
  objects: 'a list of objects',
  strings: 'a list of texts',
  integers: 'a list of numbers',
  customFields: 'a list of custom fields',
};

/**
 * The fields of a body. A name that the record does not have refuses the whole request, as on the live API; what the system
 * computes is read and not taken.
 */
export function readBody(
  world: World,
  entity: Entity,
  { body, hidesCosts }: { body: JsonObject; hidesCosts: boolean },
): Outcome<ReadBody> {
  const read: ReadBody = { values: {}, custom: {}, ignored: [], errors: [] };
  for (const [name, raw] of Object.entries(body)) {
    if (name === '_info') continue;
    const field = entity.fields.get(name);
    if (!field) return failed(unknownMember(name, entity.name));
    if (field.isComputed || (field.isCost && hidesCosts)) {
      read.ignored.push(name);
      continue;
    }
    const refused =
      field.type === 'customFields'
        ? readCustom(entity, raw, read)
        : readField(world, { field, raw, read });
    if (refused) return failed(refused);
  }
  return { status: 'ok', value: read };
}

function readField(
  world: World,
  { field, raw, read }: { field: Field; raw: Json; read: ReadBody },
): Refusal | undefined {
  const found = converted(world, field, raw);
  if (found.status === 'error') read.errors.push(found.error);
  if (found.status === 'failed') return found.refusal;
  if (found.status === 'ok') read.values[field.name] = found.value;
  return undefined;
}

export type Converted =
  | { status: 'ok'; value: Value }
  /** Readable, and wrong: one element of `errors`. */
  | { status: 'error'; error: FieldError }
  /** Not readable: the whole request is refused. */
  | { status: 'failed'; refusal: Refusal };

function converted(world: World, field: Field, raw: Json): Converted {
  if (raw === null) return { status: 'ok', value: null };
  if (field.type === 'ref') return referenceFrom(world, field, raw);
  if (field.type === 'refs') return referencesFrom(world, field, raw);
  const value = plainFrom(field, raw);
  return value === undefined
    ? { status: 'failed', refusal: notOfType(field, raw) }
    : { status: 'ok', value };
}

function plainFrom(field: Field, raw: Json): Value | undefined {
  switch (field.type) {
    case 'string':
      return typeof raw === 'string' ? raw : undefined;
    case 'boolean':
      return typeof raw === 'boolean' ? raw : undefined;
    case 'integer':
      return raw instanceof NumberText && /^-?\d{1,12}$/.test(raw.text)
        ? Number(raw.text)
        : undefined;
    case 'number':
      return raw instanceof NumberText && DECIMAL_TEXT.test(raw.text) ? raw : undefined;
    case 'datetime':
      return typeof raw === 'string' ? momentFrom(field, raw) : undefined;
    case 'objects':
      return Array.isArray(raw) ? raw.filter(isObject) : undefined;
    case 'strings':
      return Array.isArray(raw) ? raw.filter((one) => typeof one === 'string') : undefined;
    case 'integers':
      return Array.isArray(raw)
        ? raw.flatMap((one) => (one instanceof NumberText ? [Number(one.text)] : []))
        : undefined;
    default:
      return undefined;
  }
}

/** `yyyy-MM-ddTHH:mm:ssZ`; a calendar date drops the time and is taken as it is given (vendor guide: API requests, dates). */
function momentFrom(field: Field, text: string): Value | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,7})?Z$/.test(text)) return undefined;
  const ms = Date.parse(text);
  if (Number.isNaN(ms) || momentValue(ms).slice(0, 10) !== text.slice(0, 10)) return undefined;
  return field.isDate ? dateValue(text.slice(0, 10)) : momentValue(ms);
}

const notOfType = (field: Field, raw: Json): Refusal =>
  refusal(
    400,
    `Error converting value ${JSON.stringify(raw).slice(0, 60)} to type '${TYPES[field.type]}'. Path '${field.name}'.`,
  );

/** `[{id, value}]`; those left out keep what they have. */
function readCustom(entity: Entity, raw: Json, read: ReadBody): Refusal | undefined {
  if (raw === null) return undefined;
  if (!Array.isArray(raw)) return refusal(400, 'customFields must be a list.');
  for (const one of raw.filter(isObject)) {
    const id = one.id instanceof NumberText ? Number(one.id.text) : undefined;
    const field = entity.customFields.find((custom) => custom.id === id);
    if (!field) {
      read.errors.push(invalid('customFields', `The custom field ${String(id)} does not exist.`));
      continue;
    }
    const value = customFrom(field, one.value ?? null);
    if (value === undefined)
      read.errors.push(
        invalid('customFields', `The value of ${field.caption} must be a ${field.type}.`),
      );
    else read.custom[field.id] = value;
  }
  return undefined;
}

function customFrom({ type }: CustomField, raw: Json): CustomValue | undefined {
  if (raw === null || raw === '') return null;
  if (type === 'Number') return raw instanceof NumberText ? raw : undefined;
  if (type === 'Checkbox') return typeof raw === 'boolean' ? raw : undefined;
  return typeof raw === 'string' ? raw : undefined;
}
