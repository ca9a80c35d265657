import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hunt } from './mutants/hunt.ts';
import { mutants } from './mutants/index.ts';

const main = join(import.meta.dirname, 'main.ts');
const seeds = process.env.LONG === undefined ? 50 : 500;
const budgetSeconds = Number(process.env.BUDGET_SECONDS ?? (seeds === 50 ? 120 : 1200));
/** A common mutant is found within so many. */
const huntSeedsMax = 12;
const huntSeedsMaxRare = 2000;

// In a process of its own, where Node itself loads the server and nothing else moves the event loop.
const simulated = (...args: string[]) =>
  spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });

test(`every law holds over ${seeds} seeds`, { timeout: (budgetSeconds + 60) * 1000 }, () => {
  const { stdout, status } = simulated('--seeds', `${seeds}`, '--budget', `${budgetSeconds}`);
  expect(status, stdout).toBe(0);
});

test.for([2, 7])('seed %i gives the same trace twice', { timeout: 60_000 }, (seed) => {
  const [first, second] = [1, 2].map(
    () => simulated('--seed', `${seed}`).stdout.match(/trace \w{16}/)?.[0],
  );
  expect(first).toMatch(/^trace /);
  expect(second).toBe(first);
});

test.for(mutants)('the planted bug $name stands where it was planted', ({ file, find }) => {
  const text = readFileSync(join(import.meta.dirname, '../..', file), 'utf8');
  expect(text.split(find)).toHaveLength(2);
});

const common = mutants.filter(({ isCommon }) => isCommon === true);
const hunted = process.env.LONG === undefined ? common : mutants;
test.for(hunted)('finds the planted bug $name', { timeout: 1_200_000 }, async (mutant) => {
  const seeds = mutant.isCommon === true ? huntSeedsMax : huntSeedsMaxRare;
  expect((await hunt(mutant, { seeds })).found).not.toBeNull();
});
