import { NumberText, rawNumber } from '../../json.ts';
import { isIds, memberOf, referred, valuesOf } from '../read.ts';
import type { CustomValue, Row, Value } from '../row.ts';
import type { CustomField, Entity, Field } from '../schema/entity.ts';
import { membersOf } from '../schema/fields.ts';
import type { World } from '../world.ts';

/** Which fields are wanted: names, or paths such as `company/id`. Everything when there are none. */
export type Wanted = readonly string[] | undefined;

/**
 * A row as the wire shows it. What the description calls nullable comes as null where nothing is set; everything else is then
 * left out (the description marks numbers, flags and choices alone as nullable).
 */
export function rendered(
  world: World,
  of: { entity: Entity; row: Row; hidesCosts: boolean; wanted?: Wanted },
): Record<string, unknown> {
  const { entity, row, wanted } = of;
  const values = valuesOf(world, of);
  const shown: Record<string, unknown> = {};
  for (const field of entity.fields.values()) {
    if (field.isWriteOnly || !isWanted(wanted, field.name)) continue;
    if (field.type === 'customFields') {
      if (entity.customFields.length > 0)
        shown[field.name] = entity.customFields.map((custom) => customShown(custom, row));
      continue;
    }
    const value = values[field.name] ?? null;
    if (value !== null) shown[field.name] = shownOf(world, field, value);
    else if (field.nullable) shown[field.name] = null;
  }
  if (isWanted(wanted, '_info')) shown._info = { ...row.info };
  return cut(shown, wanted);
}

function shownOf(world: World, field: Field, value: Value): unknown {
  if (field.type === 'ref' && field.ref) return referenceShown(world, field.ref, value);
  if (field.type === 'refs' && field.ref && isIds(value)) {
    const { ref } = field;
    return value.map((id) => referenceShown(world, ref, id));
  }
  return plain(value);
}

function referenceShown(world: World, reference: string, id: Value): unknown {
  const row = referred(world, reference, id);
  if (!row) return { id };
  const members = membersOf(reference).map((member) => [
    member,
    plain(memberOf(world, { reference, row, member })),
  ]);
  return Object.fromEntries(members.filter(([, value]) => value !== null));
}

const plain = (value: Value): unknown =>
  value instanceof NumberText ? rawNumber(value.text) : value;

function customShown({ id, caption, type }: CustomField, row: Row): Record<string, unknown> {
  const value: CustomValue = row.custom[id] ?? null;
  return {
    id,
    caption,
    type,
    entryMethod: 'EntryField',
    numberOfDecimals: 0,
    ...(value === null ? {} : { value: plain(value) }),
  };
}

const isWanted = (wanted: Wanted, name: string): boolean =>
  wanted === undefined || wanted.some((path) => path === name || path.startsWith(`${name}/`));

/** `company/id` keeps this member of the reference alone. */
function cut(shown: Record<string, unknown>, wanted: Wanted): Record<string, unknown> {
  if (!wanted) return shown;
  return Object.fromEntries(
    Object.entries(shown).map(([name, value]) => {
      if (wanted.includes(name) || !isObject(value)) return [name, value];
      const members = wanted
        .filter((path) => path.startsWith(`${name}/`))
        .map((path) => path.slice(name.length + 1));
      return [
        name,
        Object.fromEntries(Object.entries(value).filter(([member]) => members.includes(member))),
      ];
    }),
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
