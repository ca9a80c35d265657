import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hunt } from './mutants/hunt.ts';
import { mutants } from './mutants/index.ts';
import { comparedSeeds, readRecord, treeHash } from './record.ts';

const main = join(import.meta.dirname, 'main.ts');
/** What some twenty seconds are enough for, at 1.5 s a seed; `--long` runs many, `npm run simulate` as many as are asked for. */
const seedsPerTest = 12;
const seedsPerLongTest = 500;
const isLong = process.env.LONG !== undefined;
const seeds = isLong ? seedsPerLongTest : seedsPerTest;
const budgetSeconds = Number(process.env.BUDGET_SECONDS ?? (isLong ? 1200 : 240));
/** A common mutant is found within so many. */
const huntSeedsMax = 12;
const huntSeedsMaxRare = 2000;

// In processes of their own, where Node itself loads the server and nothing else moves the event loop.
const simulated = (...args: string[]): Promise<{ failed: boolean; text: string }> =>
  new Promise((resolve) =>
    execFile(process.execPath, [main, '--dry', ...args], (error, text) =>
      resolve({ failed: error !== null, text }),
    ),
  );
const comparedIn = ({ text }: { text: string }) => / of the first \d+ (\w{16})/.exec(text)?.[1];

test(`every law holds over ${seeds} seeds, and the first ${comparedSeeds} give the same traces twice`, {
  timeout: (2 * budgetSeconds + 60) * 1000,
}, async () => {
  const [all, again] = await Promise.all([
    simulated('--seeds', `${seeds}`, '--budget', `${budgetSeconds}`),
    simulated('--seeds', `${comparedSeeds}`),
  ]);
  expect(all.failed, all.text).toBe(false);
  expect(comparedIn(all), all.text).toMatch(/^\w{16}$/);
  expect(comparedIn(again)).toBe(comparedIn(all));
  const record = readRecord();
  if (record === null) {
    console.log('No simulation is on record yet; npm run simulate -- --seeds 500 makes one.');
    return;
  }
  expect(record.failed).toBe(0);
  if (record.tree === treeHash()) expect(comparedIn(all)).toBe(record.comparedTraces);
  else
    console.log(
      `The simulation's record of ${record.seeds} seeds is from ${record.at} and of another tree; npm run simulate -- --seeds ${record.seeds} makes a new one.`,
    );
});

test.for(mutants)('the planted bug $name stands where it was planted', ({ file, find }) => {
  const text = readFileSync(join(import.meta.dirname, '../..', file), 'utf8');
  expect(text.split(find)).toHaveLength(2);
});

const common = mutants.filter(({ isCommon }) => isCommon === true);
const hunted = isLong ? mutants : common;
test.for(hunted)('finds the planted bug $name', { timeout: 1_200_000 }, async (mutant) => {
  const seedsMax = mutant.isCommon === true ? huntSeedsMax : huntSeedsMaxRare;
  expect((await hunt(mutant, { seeds: seedsMax })).found).not.toBeNull();
});
