import type { Value } from '../row.ts';
import type { Entity, Field } from '../schema/entity.ts';
import { entityOfModel } from '../schema/index.ts';
import type { World } from '../world.ts';

/** What the fields themselves demand of these values; texts where the live API's are not known are the sandbox's own. */
export function fieldErrors(
  world: World,
  entity: Entity,
  values: Readonly<Record<string, Value>>,
): string[] {
  return [...entity.fields.values()].flatMap((field) => {
    const value = values[field.name];
    return value === undefined || value === null
      ? []
      : valueErrors(world, field, { value, values });
  });
}

export function missingErrors(
  entity: Entity,
  values: Readonly<Record<string, Value>>,
  wanted: (field: Field) => boolean = () => true,
): string[] {
  return [...entity.fields.values()]
    .filter((field) => field.isRequired && wanted(field))
    .filter(
      ({ name }) => values[name] === undefined || values[name] === null || values[name] === '',
    )
    .map(({ name }) => `Missing Required Field: ${name}.`);
}

function valueErrors(
  world: World,
  field: Field,
  { value, values }: { value: Value; values: Readonly<Record<string, Value>> },
): string[] {
  const { name, length, picklist, reference, picklistParent } = field;
  if (typeof value === 'string' && length !== undefined && value.length > length)
    return [`The value of ${name} is longer than ${length} characters.`];
  if (picklist) {
    const found = picklist.find((one) => one.value === value);
    if (!found || found.isActive === false)
      return [`The value ${String(value)} of the picklist ${name} does not exist or is inactive.`];
    if (picklistParent && found.parent !== undefined && found.parent !== values[picklistParent])
      return [`The value ${String(value)} of ${name} does not belong to its ${picklistParent}.`];
  }
  const target = reference === undefined ? undefined : entityOfModel(reference);
  if (target && !world.tables.get(target.name, typeof value === 'number' ? value : undefined))
    return [
      `Reference value on field: ${name} of type: ${field.type} does not exist or is invalid.`,
    ];
  return [];
}
