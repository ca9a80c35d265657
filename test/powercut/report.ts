import type { Trial } from './battery.ts';

/** A trial, and its counter-trial with a store that does not wait for the drive. */
export interface Pair {
  trial: Trial;
  careless: Trial;
}

/** Why the trials do not show what they should; empty is right. */
export function faultsOf({ trial, careless }: Pair, cuts: number): string[] {
  const { fileSystem } = trial;
  const faults = trial.cuts.flatMap(({ at, survival, fault }) =>
    fault === null ? [] : [`${fileSystem}, after event ${at}, ${survival} of the rest: ${fault}`],
  );
  if (trial.cuts.length < cuts)
    faults.push(`${fileSystem}: stopped after ${trial.cuts.length} cuts`);
  // A cut that loses nothing from a store that never waits would lose nothing from any.
  if (careless.cuts.every(({ fault }) => fault === null))
    faults.push(`${fileSystem}: the cuts cannot hurt, so they show nothing`);
  return faults;
}

const begin = '<!-- power cuts: begin (npm run powercut) -->';
const end = '<!-- power cuts: end -->';

/** The README with the record of these trials in the place of the one before. */
export function withRecord(
  readme: string,
  { pairs, kernel, day }: { pairs: readonly Pair[]; kernel: string; day: string },
): string {
  const from = readme.indexOf(begin);
  const to = readme.indexOf(end);
  if (from === -1 || to < from) throw new Error('the README has no place for the record');
  const hurt = (trial: Trial) => trial.cuts.filter(({ fault }) => fault !== null).length;
  const rows = pairs.map(({ trial, careless }) => {
    const { fileSystem, acknowledged, writes, flushes, cuts } = trial;
    return `| ${fileSystem} | ${acknowledged} | ${writes} / ${flushes} | ${cuts.length} | ${hurt(trial)} | ${hurt(careless)} of ${careless.cuts.length} |`;
  });
  const table = [
    `${day}, Linux ${kernel}:`,
    '',
    '| file system | commits acknowledged | writes / flushes that reached the drive | cuts | that lost or damaged something | the same with a store that does not wait for the drive |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
  ];
  return `${readme.slice(0, from)}${begin}\n${table.join('\n')}\n${readme.slice(to)}`;
}
