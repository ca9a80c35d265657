// npm run powercut [-- --cuts N] [--commits N] [--seed S]
import { readFileSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type FileSystem, tryPowerCuts } from './battery.ts';
import { lacks, thisMachine } from './lacks.ts';
import { faultsOf, type Pair, withRecord } from './report.ts';

const { values } = parseArgs({
  options: {
    cuts: { type: 'string', default: '30' },
    commits: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const cuts = Number(values.cuts);
const commits = Number(values.commits);
const seed = Number(values.seed);
/** Enough to see that a cut hurts. */
const carelessCuts = 9;
const names: readonly FileSystem[] = ['ext4', 'xfs'];
const readme = join(import.meta.dirname, '../../server/store/README.md');

const missing = [...new Set(names.flatMap((name) => lacks(thisMachine(), name)))];
if (missing.length > 0) {
  console.log('No power was cut: this machine cannot mount what the trial needs.');
  for (const each of missing) console.log(`- ${each}`);
  console.log('C12 (test/store/power-cut.test.ts) cuts at every call of a simulated disk instead.');
  process.exit(0);
}

const stopping = new AbortController();
// What is mounted is taken away before the end.
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort());
console.log(`the moments are those of --seed ${seed}`);
const pairs: Pair[] = [];
for (const fileSystem of names) {
  const options = { fileSystem, commits, seed, signal: stopping.signal };
  const trial = await tryPowerCuts({
    ...options,
    cuts,
    careless: false,
    told: ({ at, survival, acknowledged, found, fault }, number) =>
      console.log(
        `${fileSystem} ${number}: after event ${at}, ${survival} of the rest: ${fault ?? `${acknowledged} acknowledged, ${found} there`}`,
      ),
  });
  const careless = await tryPowerCuts({ ...options, cuts: carelessCuts, careless: true });
  pairs.push({ trial, careless });
}
const faults = pairs.flatMap((pair) => faultsOf(pair, cuts));
for (const { careless } of pairs)
  console.log(
    `${careless.fileSystem} without waiting for the drive: ${careless.cuts.filter(({ fault }) => fault !== null).length} of ${careless.cuts.length} cuts hurt`,
  );
for (const fault of faults) console.log(fault);
if (faults.length === 0) {
  const day = new Date().toISOString().slice(0, 10);
  const record = withRecord(readFileSync(readme, 'utf8'), { pairs, kernel: release(), day });
  writeFileSync(readme, record);
  console.log('nothing acknowledged was lost; the record is in server/store/README.md');
}
process.exit(faults.length === 0 ? 0 : 1);
