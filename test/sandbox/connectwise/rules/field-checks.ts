import type { Value } from '../row.ts';
import type { Entity, Field } from '../schema/entity.ts';
import { type FieldError, invalid, missing } from './work.ts';

/** What the fields themselves demand of these values: lengths and choices. */
export function fieldErrors(entity: Entity, values: Readonly<Record<string, Value>>): FieldError[] {
  return [...entity.fields.values()].flatMap((field) => {
    const value = values[field.name];
    return typeof value === 'string' ? textErrors(field, value) : [];
  });
}

function textErrors({ name, length, values }: Field, value: string): FieldError[] {
  if (length !== undefined && value.length > length)
    return [
      {
        code: 'MaxLength',
        message: `The field ${name} must be a string with a maximum length of ${length}.`,
        field: name,
      },
    ];
  if (values && !values.includes(value))
    return [invalid(name, `${name} must be one of ${values.join(', ')}.`)];
  return [];
}

/** "recurringBillCycle is required." with the field that holds it (christaylorcodes/ConnectWiseManageAPI #53). */
export function missingErrors(
  entity: Entity,
  values: Readonly<Record<string, Value>>,
  isWanted: (field: Field) => boolean,
): FieldError[] {
  return [...entity.fields.values()]
    .filter(isWanted)
    .filter(({ name }) => isBlank(values[name]))
    .map(({ name, type }) => ({ ...missing(name), field: type === 'ref' ? `${name}/id` : name }));
}

const isBlank = (value: Value | undefined): boolean =>
  value === undefined || value === null || value === '';
