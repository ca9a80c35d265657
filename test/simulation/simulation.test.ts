import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hunt } from './mutants/hunt.ts';
import { mutants } from './mutants/index.ts';
import { comparedSeeds, readRecord, treeHash } from './record.ts';
import { withCompileCache } from './with-compile-cache.ts';

const main = join(import.meta.dirname, 'main.ts');
const isLong = process.env.LONG !== undefined;
/** Always these, however slow the machine; as many above as the budget is enough for, in the same order. */
const seedsMin = 50;
const seedsMax = isLong ? 5000 : 500;
const budgetSeconds = Number(process.env.BUDGET_SECONDS ?? (isLong ? 1200 : 60));
/** A common mutant is found within so many. */
const huntSeedsMax = 12;
const huntSeedsMaxRare = 2000;

// In processes of their own, where Node itself loads the server and nothing else moves the event loop.
const simulated = (...args: string[]): Promise<{ failed: boolean; text: string }> =>
  new Promise((resolve) =>
    execFile(
      process.execPath,
      [main, '--dry', ...args],
      { env: withCompileCache() },
      (error, text, errors) => resolve({ failed: error !== null, text: `${text}${errors}` }),
    ),
  );
const comparedIn = ({ text }: { text: string }) => / of the first \d+ (\w{16})/.exec(text)?.[1];
const seedsIn = ({ text }: { text: string }) => Number(/^(\d+) seeds/m.exec(text)?.[1]);

test(`every law holds over ${seedsMax} seeds, or as many as ${budgetSeconds} s are enough for`, {
  timeout: 1_800_000,
}, async () => {
  const all = await simulated(
    ...['--seeds', `${seedsMax}`, '--budget', `${budgetSeconds}`, '--at-least', `${seedsMin}`],
  );
  expect(all.failed, all.text).toBe(false);
  expect(seedsIn(all)).toBeGreaterThanOrEqual(seedsMin);
  console.log(`${seedsIn(all)} seeds were simulated, every law held.`);

  const again = await simulated('--seeds', `${comparedSeeds}`);
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

test('every law holds where prices rise, seats go up and down, periods are forgotten and customers leave', {
  timeout: 900_000,
}, async () => {
  const all = await simulated('--from', '2004', '--seeds', isLong ? '15' : '3');
  expect(all.failed, all.text).toBe(false);
});

test.for(mutants)('the planted bug $name stands where it was planted', ({ file, find }) => {
  const text = readFileSync(join(import.meta.dirname, '../..', file), 'utf8');
  expect(text.split(find)).toHaveLength(2);
});

const common = mutants.filter(({ isCommon }) => isCommon === true);
const hunted = isLong ? mutants : common;
test.for(hunted)('finds the planted bug $name', { timeout: 1_200_000 }, async (mutant) => {
  const seeds = mutant.isCommon === true ? huntSeedsMax : huntSeedsMaxRare;
  expect((await hunt(mutant, { seeds })).found).not.toBeNull();
});
