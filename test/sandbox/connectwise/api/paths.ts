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

/** How a path is read, or nothing when it names nothing. Names keep their case; nested names follow a slash. */
export function readerOf(reader: Reader, path: string): Read | undefined {
  const { entity, world } = reader;
  const [name = '', member, ...more] = path.split('/');
  if (more.length > 0) return undefined;
  const info = INFO.find((one) => path === one || path === `_info/${one}`);
  if (info && !entity.fields.has(path)) return (row) => [row.info[info]];
  const field = entity.fields.get(name);
  if (!field || field.isWriteOnly || field.type === 'customFields') return undefined;
  const value = (row: Row): Value => reader.values(row)[name] ?? null;
  if (member === undefined)
    return field.type === 'ref' || field.type === 'refs' ? undefined : (row) => [value(row)];
  const { ref } = field;
  if (field.type === 'objects')
    return (row) => {
      const list = value(row);
      return isObjects(list) ? list.map((one) => scalarOf(one[member])) : [];
    };
  if (!ref || !membersOf(ref).includes(member)) return undefined;
  const memberValue = (id: Value): Value => {
    const target = referred(world, ref, id);
    if (!target) return member === 'id' ? id : null;
    return memberOf(world, { reference: ref, row: target, member });
  };
  return (row) => {
    const held = value(row);
    return isIds(held) ? held.map(memberValue) : [memberValue(held)];
  };
}

export const isChildList = (entity: Entity, path: string): boolean => {
  const type = entity.fields.get(path.split('/')[0] ?? '')?.type;
  return type === 'refs' || type === 'objects';
};

const scalarOf = (value: unknown): Value =>
  typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number'
    ? value
    : null;
