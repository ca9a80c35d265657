import type { Mutant } from './mutant.ts';
import { twiceMutants } from './never-twice.ts';
import { lostMutants } from './nothing-lost.ts';
import { standingMutants } from './standing.ts';
import { theirMutants } from './theirs.ts';
import { centMutants } from './to-the-cent.ts';

export const mutants: readonly Mutant[] = [
  ...twiceMutants,
  ...lostMutants,
  ...centMutants,
  ...theirMutants,
  ...standingMutants,
];
