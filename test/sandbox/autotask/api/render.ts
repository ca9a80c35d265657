import { NumberText, rawNumber } from '../../json.ts';
import { valuesOf } from '../read.ts';
import type { Row } from '../row.ts';
import type { Entity } from '../schema/entity.ts';
import type { World } from '../world.ts';

/** A row as the wire shows it: every field, null where nothing is set; with `include` only those named. */
export function rendered(
  world: World,
  of: { entity: Entity; row: Row; hidesCosts: boolean; include?: ReadonlySet<string> | undefined },
): Record<string, unknown> {
  const { include, entity } = of;
  const { values, udfs } = valuesOf(world, of);
  const shown = Object.entries(values)
    .filter(([name]) => include === undefined || include.has(name))
    .map(([name, value]) => [name, value instanceof NumberText ? rawNumber(value.text) : value]);
  const isUdfShown = include === undefined || udfs.some(({ name }) => include.has(name));
  return {
    ...Object.fromEntries(shown),
    ...(isUdfShown && entity.udfs.length > 0 ? { userDefinedFields: udfs } : {}),
  };
}
