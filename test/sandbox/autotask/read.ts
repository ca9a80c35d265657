import type { Row, Value } from './row.ts';
import type { Entity } from './schema/entity.ts';
import type { World } from './world.ts';

/** The rows of an entity as a reader sees them, in the order of their ids: stored, or made of others. */
export function rowsOf(world: World, entity: Entity): Row[] {
  const rows = entity.rules.rows?.(world) ?? world.tables.all(entity.name);
  return rows.toSorted((a, b) => a.id - b.id);
}

export function rowOf(world: World, entity: Entity, id: number): Row | undefined {
  return entity.rules.rows
    ? entity.rules.rows(world).find((row) => row.id === id)
    : world.tables.get(entity.name, id);
}

/** Every field of the row that a reader gets, in the vendor's order. */
export function valuesOf(
  world: World,
  of: { entity: Entity; row: Row; hidesCosts: boolean },
): { values: Record<string, Value>; udfs: { name: string; value: string | null }[] } {
  const { entity, row, hidesCosts } = of;
  const derived = entity.rules.derive?.(world, row) ?? {};
  const values: Record<string, Value> = {};
  for (const field of entity.fields.values()) {
    if (field.isWriteOnly) continue;
    const value = derived[field.name] ?? row.values[field.name] ?? null;
    values[field.name] = field.isCost && hidesCosts ? null : value;
  }
  return {
    values,
    udfs: entity.udfs.map((name) => ({ name, value: row.udfs[name] ?? null })),
  };
}
