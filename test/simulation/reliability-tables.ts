import type { MutantRow } from './mutants/table.ts';
import type { SimulationRecord } from './record.ts';

/** What the README says of the simulation, from its record alone. */
export function simulationFigures(record: SimulationRecord | null): string {
  if (record === null) return 'No simulation is on record yet.';
  const { seeds, moves, steps, crashes, overtaken, wallSeconds, failed, at, tree } = record;
  const rows: [string, string][] = [
    ['lives of a reseller, one a seed', number(seeds)],
    ['moves of people, systems and weather', number(moves)],
    ['steps, never twice looked at after each', number(steps)],
    ['crashes and restarts', number(crashes)],
    ['edits inside the window before a write, found at the next read and shown', number(overtaken)],
    ['seeds that broke a law', number(failed)],
    ['wall time', `${number(wallSeconds)} s`],
    ['made', `${at.slice(0, 10)}, of the sources ${tree}`],
  ];
  return [
    '| simulated | |',
    '| --- | --- |',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  ].join('\n');
}

/** The planted bugs and what found them; one that was not hunted yet is said to be so. */
export function mutantFigures(
  planted: readonly Pick<MutantRow, 'name' | 'hurts'>[],
  rows: readonly MutantRow[],
): string {
  const found = rows.filter((row) => row.found !== null).length;
  const byName = new Map(rows.map((row) => [row.name, row]));
  return [
    `${found} of ${planted.length} planted bugs were found.`,
    '',
    '| planted bug | what a reseller would have suffered | found by seed | by the law | hunted |',
    '| --- | --- | --- | --- | --- |',
    ...planted.map(({ name, hurts }) => {
      const row = byName.get(name);
      const cells = [name, hurts, ...resultOf(row), row?.at.slice(0, 10) ?? 'not yet'];
      return `| ${cells.join(' | ')} |`;
    }),
  ].join('\n');
}

function resultOf(row: MutantRow | undefined): [seed: string, law: string] {
  if (row === undefined) return ['', ''];
  const { found, seedsMax } = row;
  return found === null ? [`none of ${number(seedsMax)}`, ''] : [String(found.seed), found.law];
}

const number = (value: number): string => value.toLocaleString('en-GB');
