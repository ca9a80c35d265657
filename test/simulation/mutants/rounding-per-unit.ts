import type { Mutant } from './mutant.ts';

export const mutant: Mutant = {
  name: 'rounding-per-unit',
  file: 'server/sync/plan/shape.ts',
  find: `money(multiply(count, price), amount.currency).amountMinor === amount.amountMinor`,
  replace: `amount.amountMinor !== 0n`,
  seed: 1,
};
