// npm run simulate -- [--seeds N] [--from S] [--seed S] [--budget SECONDS] [--trace] [--mutants] [--dry]
import { parseArgs } from 'node:util';
import { type Hunt, hunt } from './mutants/hunt.ts';
import { mutants } from './mutants/index.ts';
import { comparedSeeds, hashOf, treeHash, writeRecord } from './record.ts';
import { type Simulated, simulate } from './simulate.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '50' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    budget: { type: 'string' },
    trace: { type: 'boolean', default: false },
    /** Ends at the first broken law and tells it as JSON: for the hunt of a mutant. */
    first: { type: 'boolean', default: false },
    mutants: { type: 'boolean', default: false },
    /** Leaves the record as it is. */
    dry: { type: 'boolean', default: false },
  },
});
const huntSeedsMax = 2000;

if (values.mutants) await huntMutants();
else await simulateMany();

async function simulateMany(): Promise<void> {
  const from = Number(values.seed ?? values.from);
  const count = values.seed === undefined ? Number(values.seeds) : 1;
  const startedMs = performance.now();
  const budgetMs =
    values.budget === undefined ? Number.POSITIVE_INFINITY : Number(values.budget) * 1000;
  const sum = { seeds: 0, steps: 0, crashes: 0, overtaken: 0, failed: 0 };
  const traces: string[] = [];
  const tree = treeHash();
  for (let seed = from; seed < from + count; seed += 1) {
    if (performance.now() - startedMs > budgetMs) break;
    const result = await simulate(seed);
    sum.seeds += 1;
    traces.push(result.hash);
    sum.steps += result.steps;
    sum.crashes += result.crashes;
    sum.overtaken += result.overtaken;
    if (result.broken !== null) sum.failed += 1;
    if (values.first && result.broken !== null) {
      console.log(JSON.stringify({ seed, law: result.broken.law }));
      return;
    }
    show(result);
  }
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  const hashes = { traces: hashOf(traces), comparedTraces: hashOf(traces.slice(0, comparedSeeds)) };
  console.log(
    `${sum.seeds} seeds, ${sum.steps} steps, ${sum.crashes} crashes, ${sum.overtaken} edits overtaken, ${seconds} s, ${sum.failed} failed`,
  );
  console.log(`traces ${hashes.traces}, of the first ${comparedSeeds} ${hashes.comparedTraces}`);
  process.exitCode = sum.failed === 0 ? 0 : 1;
  const isWhole = from === 1 && sum.seeds === count && count >= comparedSeeds;
  if (!isWhole || values.dry || process.env.SIMULATION_MUTANT !== undefined) return;
  const { seeds, steps, crashes, failed } = sum;
  const at = new Date().toISOString();
  writeRecord({
    at,
    tree,
    seeds,
    steps,
    crashes,
    wallSeconds: Number(seconds),
    failed,
    ...hashes,
  });
}

function show({ seed, broken, hash, trace }: Simulated): void {
  if (values.trace || (broken !== null && values.seed !== undefined)) console.log(trace.join('\n'));
  if (broken === null) {
    if (values.seed !== undefined) console.log(`seed ${seed}: every law held, trace ${hash}`);
    return;
  }
  console.log(`seed ${seed} broke ${broken.found}`);
  console.log(`  again: npm run simulate -- --seed ${seed}   (trace ${hash})`);
}

/** Two at a time, each in a process of its own; the table is in the order of the list. */
async function huntMutants(): Promise<void> {
  const width = Math.max(...mutants.map(({ name }) => name.length));
  console.log(`${'mutant'.padEnd(width)}  seed  law broken`);
  const hunts = new Map<string, Promise<Hunt>>();
  let turn: Promise<unknown>[] = [Promise.resolve(), Promise.resolve()];
  for (const mutant of mutants) {
    const [free = Promise.resolve(), ...others] = turn;
    const one = free.then(() => hunt(mutant, { seeds: huntSeedsMax }));
    hunts.set(mutant.name, one);
    turn = [...others, one];
  }
  for (const { name, hurts } of mutants) {
    const found = (await hunts.get(name))?.found ?? null;
    const cells = found === null ? 'NOT FOUND' : `${String(found.seed).padStart(4)}  ${found.law}`;
    console.log(`${name.padEnd(width)}  ${cells} (${hurts})`);
    if (found === null) process.exitCode = 1;
  }
}
