// npm run simulate -- [--seeds N] [--from S] [--seed S] [--budget SECONDS] [--at-least N]
//   [--workers N] [--trace]
//   [--mutants] [--only MUTANT] [--dry]
import { parseArgs } from 'node:util';
import { type Many, simulateMany, type Told } from './many.ts';
import { huntAll, huntSeedsMax } from './mutants/hunt-all.ts';
import { comparedSeeds, hashOf, treeHash, writeRecord } from './record.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    budget: { type: 'string' },
    /** The budget cuts nothing off so many. */
    'at-least': { type: 'string', default: '0' },
    workers: { type: 'string', default: '2' },
    trace: { type: 'boolean', default: false },
    /** Ends at the first broken law and tells it as JSON: for the hunt of a mutant. */
    first: { type: 'boolean', default: false },
    mutants: { type: 'boolean', default: false },
    /** With `--mutants`: this one alone, and no record. */
    only: { type: 'string' },
    /** Leaves the records as they are. */
    dry: { type: 'boolean', default: false },
  },
});

const seedsDefault = 50;

if (values.mutants) await huntMutants();
else await simulateAll();

async function simulateAll(): Promise<void> {
  const count = values.seed === undefined ? Number(values.seeds ?? seedsDefault) : 1;
  const from = Number(values.seed ?? values.from);
  const many: Many = {
    from,
    count,
    budgetMs: values.budget === undefined ? Number.POSITIVE_INFINITY : Number(values.budget) * 1000,
    atLeast: Number(values['at-least']),
    workers: Number(values.workers),
    withTraces: values.trace || values.seed !== undefined,
    isFirstEnough: values.first,
  };
  const tree = treeHash();
  const startedMs = performance.now();
  const told = await simulateMany(many);
  const wallSeconds = Number(((performance.now() - startedMs) / 1000).toFixed(1));
  if (values.first) return tellFirst(told);
  for (const one of told) show(one);
  const sum = (of: (one: Told) => number) => told.reduce((total, one) => total + of(one), 0);
  const counted = {
    seeds: told.length,
    moves: sum(({ moves }) => moves),
    steps: sum(({ steps }) => steps),
    crashes: sum(({ crashes }) => crashes),
    overtaken: sum(({ overtaken }) => overtaken),
    failed: sum(({ broken }) => (broken === null ? 0 : 1)),
    wallSeconds,
  };
  const traces = told.map(({ hash }) => hash);
  const hashes = { traces: hashOf(traces), comparedTraces: hashOf(traces.slice(0, comparedSeeds)) };
  console.log(
    `${counted.seeds} seeds, ${counted.moves} moves, ${counted.steps} steps, ${counted.crashes} crashes, ${counted.overtaken} edits overtaken, ${wallSeconds} s, ${counted.failed} failed`,
  );
  console.log(`traces ${hashes.traces}, of the first ${comparedSeeds} ${hashes.comparedTraces}`);
  process.exitCode = counted.failed === 0 ? 0 : 1;
  const isWhole = from === 1 && told.length === count && count >= comparedSeeds;
  if (!isWhole || values.dry || process.env.SIMULATION_MUTANT !== undefined) return;
  writeRecord({ at: new Date().toISOString(), tree, ...counted, ...hashes });
}

function tellFirst(told: readonly Told[]): void {
  const found = told.find(({ broken }) => broken !== null);
  if (found !== undefined)
    console.log(JSON.stringify({ seed: found.seed, law: found.broken?.law }));
}

function show({ seed, broken, hash, trace }: Told): void {
  if (values.trace || (broken !== null && values.seed !== undefined)) console.log(trace.join('\n'));
  if (broken === null) {
    if (values.seed !== undefined) console.log(`seed ${seed}: every law held, trace ${hash}`);
    return;
  }
  console.log(`seed ${seed} broke ${broken.found}`);
  console.log(`  again: npm run simulate -- --seed ${seed}   (trace ${hash})`);
}

async function huntMutants(): Promise<void> {
  const { rows, isWhole } = await huntAll({
    only: values.only,
    dry: values.dry,
    seedsMax: Number(values.seeds ?? huntSeedsMax),
  });
  const width = Math.max(...rows.map(({ name }) => name.length));
  console.log(`${'mutant'.padEnd(width)}  seed  law broken`);
  for (const { name, hurts, found } of rows) {
    const cells = found === null ? 'NOT FOUND' : `${String(found.seed).padStart(4)}  ${found.law}`;
    console.log(`${name.padEnd(width)}  ${cells} (${hurts})`);
  }
  process.exitCode = isWhole ? 0 : 1;
}
