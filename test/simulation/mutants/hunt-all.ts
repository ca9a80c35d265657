import { treeHash } from '../record.ts';
import { hunt } from './hunt.ts';
import { mutants } from './index.ts';
import { type MutantRow, putMutantRow } from './table.ts';

export const huntSeedsMax = 2000;

/**
 * Hunts planted bugs, one after another, and writes into the table what found each, as soon as it is
 * known: a hunt that is cut short leaves what it found, and one of a single bug renews its row.
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
    const row = { name, hurts, found, seedsMax, at: new Date().toISOString(), tree };
    rows.push(row);
    console.error(`${name}: ${found === null ? 'not found' : `seed ${found.seed}, ${found.law}`}`);
    if (!dry) putMutantRow(row);
  }
  return { rows, isWhole: rows.length > 0 && rows.every(({ found }) => found !== null) };
}
