import { isIds, isObjects, memberOf, referred, valuesOf } from '../read.ts';
import type { Row, Value } from '../row.ts';
import type { Entity } from '../schema/entity.ts';
import { membersOf } from '../schema/fields.ts';
import type { World } from '../world.ts';

export interface Reader {
  world: World;
  entity: Entity;
  /** The fields of a row as a reader gets them; made once for a row that is read several times in turn. */
  values(row: Row): Record<string, Value>;
}

export function createReader(world: World, of: { entity: Entity; hidesCosts: boolean }): Reader {
  let last: { row: Row; values: Record<string, Value> } | undefined;
  return {
    world,
    entity: of.entity,
    values: (row) => {
      if (last?.row !== row) last = { row, values: valuesOf(world, { ...of, row }) };
      return last.values;
    },
  };
}

/** Reads what a path of a condition names: one value, or one for each member of a child list. */
export type Read = (row: Row) => readonly Value[];

/** `lastUpdated` is read of `_info` (examples of the guide: `lastUpdated > [2016-08-20T18:04:26Z]`). */
const INFO = ['lastUpdated', 'updatedBy', 'dateEntered', 'enteredBy'] as const;

/**
 * How a path is read, or nothing when it names nothing. Nested names follow a slash; a name may be written in any case, as
 * clients of the live API do (`status/Name`).
 */
export function readerOf(reader: Reader, path: string): Read | undefined {
  const { entity, world } = reader;
  const [first = '', member, ...more] = path.split('/');
  if (more.length > 0) return undefined;
  const name = sameWord([...entity.fields.keys()], first) ?? first;
  const info = INFO.find((one) => isSame(path, one) || isSame(path, `_info/${one}`));
  if (info && !entity.fields.has(name)) return (row) => [row.info[info]];
  const field = entity.fields.get(name);
  if (!field || field.isWriteOnly || field.type === 'customFields') return undefined;
  const value = (row: Row): Value => reader.values(row)[name] ?? null;
  if (member === undefined)
    return field.type === 'ref' || field.type === 'refs' ? undefined : (row) => [value(row)];
  const { ref } = field;
  if (field.type === 'objects')
    return (row) => {
      const list = value(row);
      if (!isObjects(list)) return [];
      return list.map((one) => scalarOf(one[sameWord(Object.keys(one), member) ?? member]));
    };
  const known = ref === undefined ? undefined : sameWord(membersOf(ref), member);
  if (ref === undefined || known === undefined) return undefined;
  const memberValue = (id: Value): Value => {
    const target = referred(world, ref, id);
    if (!target) return known === 'id' ? id : null;
    return memberOf(world, { reference: ref, row: target, member: known });
  };
  return (row) => {
    const held = value(row);
    return isIds(held) ? held.map(memberValue) : [memberValue(held)];
  };
}

/** Whether a path is a record that another one points at, such as `contact`: such a one can only be empty or not. */
export const isReference = (entity: Entity, path: string): boolean =>
  fieldOf(entity, path)?.type === 'ref';

export const isChildList = (entity: Entity, path: string): boolean => {
  const type = fieldOf(entity, path.split('/')[0] ?? '')?.type;
  return type === 'refs' || type === 'objects';
};

const fieldOf = ({ fields }: Entity, name: string) =>
  fields.get(sameWord([...fields.keys()], name) ?? '');

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
const sameWord = (names: readonly string[], wanted: string): string | undefined =>
  names.find((name) => isSame(name, wanted));

const scalarOf = (value: unknown): Value =>
  typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number'
    ? value
    : null;
