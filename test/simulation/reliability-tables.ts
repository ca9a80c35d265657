import type { MutantTable } from './mutants/table.ts';
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

/** The planted bugs and what found them. */
export function mutantFigures(table: MutantTable | null): string {
  if (table === null) return 'No planted bug was hunted yet.';
  const { rows, at, tree, seedsMax } = table;
  const found = rows.filter((row) => row.found !== null).length;
  return [
    `${found} of ${rows.length} planted bugs were found, each within ${number(seedsMax)} seeds (${at.slice(0, 10)}, of the sources ${tree}).`,
    '',
    '| planted bug | what a reseller would have suffered | found by seed | by the law |',
    '| --- | --- | --- | --- |',
    ...rows.map(
      ({ name, hurts, found: by }) =>
        `| ${name} | ${hurts} | ${by === null ? 'not found' : by.seed} | ${by === null ? '' : by.law} |`,
    ),
  ].join('\n');
}

const number = (value: number): string => value.toLocaleString('en-GB');
