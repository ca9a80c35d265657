import { textOf, type Value } from '../row.ts';
import type { World } from '../world.ts';
import type { Creating, FieldError, Rules } from './work.ts';

/** Names of one table of setup are not given twice; below a category, not twice there. */
export const uniqueName: Rules = {
  create: ({ world }, creating) => nameErrors(world, creating, undefined),
  change: ({ world }, changing) => nameErrors(world, changing, changing.row.id),
};

function nameErrors(
  { tables }: World,
  { entity, values }: Pick<Creating, 'entity' | 'values'>,
  ownId: number | undefined,
): FieldError[] {
  const place = (of: Record<string, Value>) => (entity.parent ? of[entity.parent.field] : null);
  const wanted = String(values.name).toLowerCase();
  const taken = tables
    .all(entity.name)
    .some(
      (row) =>
        row.id !== ownId &&
        place(row.values) === place(values) &&
        textOf(row, 'name').toLowerCase() === wanted,
    );
  return taken
    ? [{ code: 'Duplicate', message: 'The name is already in use.', field: 'name' }]
    : [];
}
