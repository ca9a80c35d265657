import { treeHash } from '../record.ts';
import { hunt } from './hunt.ts';
import { mutants } from './index.ts';
import { type MutantRow, writeMutantTable } from './table.ts';

export const huntSeedsMax = 2000;

/**
 * Hunts every planted bug, one after another, and writes the table of what found it. A row is written
 * as soon as it is known: a hunt that is cut short leaves what it found.
 */
export async function huntAll(options: {
  only: string | undefined;
  dry: boolean;
  seedsMax: number;
}): Promise<{ rows: MutantRow[]; isWhole: boolean }> {
  const { only, dry, seedsMax } = options;
  const tree = treeHash();
  const rows: MutantRow[] = [];
  for (const mutant of mutants.filter(({ name }) => only === undefined || name === only)) {
    const { name, hurts } = mutant;
    const { found } = await hunt(mutant, { seeds: seedsMax });
    rows.push({ name, hurts, found });
    console.error(`${name}: ${found === null ? 'not found' : `seed ${found.seed}, ${found.law}`}`);
    if (!dry && only === undefined)
      writeMutantTable({ at: new Date().toISOString(), tree, seedsMax, rows });
  }
  return { rows, isWhole: rows.length > 0 && rows.every(({ found }) => found !== null) };
}
