import type { LineKind } from '../billing/line-kind.ts';
import { unitsOf } from '../billing/units.ts';
import type { Rules } from './work.ts';

/** Made of contracts and adjustments each time somebody asks; there is nothing to write (help: ContractServiceUnits). */
export const unitRules = (kind: LineKind): Rules => ({
  rows: (world) => world.tables.all(kind.lines).flatMap((line) => unitsOf(world, kind, line)),
});
