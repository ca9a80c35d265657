import { type Json, type JsonObject, NumberText } from '../../json.ts';
import type { Entity, Field } from '../schema/entity.ts';
import type { Fields } from './types.ts';

/** `custom:Caption` fills in the custom field of this caption. */
const CUSTOM = 'custom:';

/** A form as the body that the API would take: the page does what a client does. */
export function bodyOf(entity: Entity, fields: Fields): JsonObject {
  const custom = Object.entries(fields)
    .filter(([name]) => name.startsWith(CUSTOM))
    .map(([name, text]) => customOf(entity, name.slice(CUSTOM.length), text));
  const own = Object.entries(fields)
    .filter(([name]) => !name.startsWith(CUSTOM))
    .map(([name, text]): [string, Json] => [name, jsonValue(entity, name, text)]);
  return {
    ...Object.fromEntries(own),
    ...(custom.length > 0 ? { customFields: custom } : {}),
  };
}

function jsonValue(entity: Entity, name: string, text: string): Json {
  const field = entity.fields.get(name);
  if (!field) throw new RangeError(`There is no field ${name}.`);
  return text === '' ? null : jsonOf(field, text);
}

function jsonOf({ type, name }: Field, text: string): Json {
  switch (type) {
    case 'integer':
    case 'number':
      return numberOf(name, text);
    case 'boolean':
      return text === 'true';
    case 'ref':
      return { id: numberOf(name, text) };
    case 'refs':
      return text.split(',').map((id) => ({ id: numberOf(name, id.trim()) }));
    case 'datetime':
      return /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text;
    default:
      return text;
  }
}

function numberOf(name: string, text: string): NumberText {
  if (!/^-?\d{1,12}(\.\d{1,9})?$/.test(text)) throw new RangeError(`"${name}" is not a number.`);
  return new NumberText(text);
}

function customOf({ customFields }: Entity, caption: string, text: string): JsonObject {
  const field = customFields.find((one) => one.caption === caption);
  if (!field) throw new RangeError(`There is no custom field ${caption}.`);
  const value = field.type === 'Number' && text !== '' ? numberOf(caption, text) : text;
  return { id: new NumberText(String(field.id)), value };
}
