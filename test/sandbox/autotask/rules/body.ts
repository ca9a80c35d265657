import { DECIMAL_TEXT } from '../../decimal.ts';
import { isObject, type Json, type JsonObject, NumberText } from '../../json.ts';
import { momentOfText } from '../api/compare.ts';
import { fieldOf, memberOf } from '../api/filter.ts';
import { dateValue, momentValue, type Value } from '../row.ts';
import type { Entity, Field } from '../schema/entity.ts';

export interface ReadBody {
  values: Record<string, Value>;
  udfs: Record<string, string | null>;
  /** What was sent and is not taken: unknown names, read-only fields, costs below "Can't read costs". */
  ignored: string[];
  errors: string[];
}

/**
 * The fields of a body. A name that the entity does not have is ignored without a word, as on the live API: the answer is 200
 * and nothing changed.
 */
export function readBody(
  entity: Entity,
  body: JsonObject,
  { hidesCosts }: { hidesCosts: boolean },
): ReadBody {
  const read: ReadBody = { values: {}, udfs: {}, ignored: [], errors: [] };
  for (const [name, raw] of Object.entries(body)) {
    if (/^(id|userDefinedFields)$/i.test(name)) continue;
    const field = fieldOf(entity, name);
    if (!field || field.isReadOnly || (field.isCost && hidesCosts)) {
      read.ignored.push(name);
      continue;
    }
    const value = converted(field, raw);
    if (value === undefined)
      read.errors.push(`Error converting the value of ${field.name} to type ${field.type}.`);
    else read.values[field.name] = value;
  }
  readUdfs(entity, memberOf(body, 'userDefinedFields'), read);
  return read;
}

function readUdfs(entity: Entity, raw: Json | undefined, read: ReadBody): void {
  if (!Array.isArray(raw)) return;
  for (const one of raw) {
    const name = isObject(one) ? memberOf(one, 'name') : undefined;
    if (!isObject(one) || typeof name !== 'string') continue;
    const known = entity.udfs.find((udf) => udf.toLowerCase() === name.toLowerCase());
    const value = memberOf(one, 'value') ?? null;
    if (known === undefined) read.ignored.push(name);
    else read.udfs[known] = value === null ? null : textFrom(value);
  }
}

const textFrom = (raw: Json): string =>
  typeof raw === 'string' ? raw : raw instanceof NumberText ? raw.text : JSON.stringify(raw);

/** The value in the field's type; `undefined` when it is of no use. Texts of numbers are taken, as the vendor's server does. */
function converted(field: Field, raw: Json): Value | undefined {
  if (raw === null) return null;
  if (Array.isArray(raw) || isObject(raw)) return undefined;
  const text = textFrom(raw);
  switch (field.type) {
    case 'string':
      return text;
    case 'boolean':
      return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : undefined;
    case 'integer':
    case 'long':
      return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
    case 'decimal':
      return DECIMAL_TEXT.test(text) ? new NumberText(text) : undefined;
    case 'datetime':
      return typeof raw === 'string' ? dateFrom(field, raw) : undefined;
    default:
      return field.type satisfies never;
  }
}

/** A date-only field drops the time and takes the date as given, whatever zone stands behind (help: date and time fields). */
function dateFrom(field: Field, text: string): Value | undefined {
  const ms = momentOfText(text);
  if (Number.isNaN(ms)) return undefined;
  if (!field.isDate) return momentValue(ms);
  const date = text.slice(0, 10);
  return /^\d{4}-\d{2}-\d{2}$/.test(date) ? dateValue(date) : undefined;
}
