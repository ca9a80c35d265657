import type { Row } from '../row.ts';
import type { World } from '../world.ts';
import type { LineKind } from './line-kind.ts';
import { periodsOf } from './periods.ts';

/** The first day of the first billing period of a service that was not approved and posted; else of the last one. */
export function firstOpenDay(world: World, kind: LineKind, line: Row, contract: Row): string {
  const periods = periodsOf(contract);
  const open = periods.find(
    ({ start }) => !world.posted.get({ lines: kind.lines, lineId: line.id, start }),
  );
  return (open ?? periods.at(-1))?.start ?? '';
}
