import type { Mutant } from './mutant.ts';

export const mutant: Mutant = {
  name: 'intent-not-stored',
  file: 'server/sync/write-steps.ts',
  find: `      tx.put('intent', { ...intent, idempotencyKey });`,
  replace: ``,
  seed: 1,
};
