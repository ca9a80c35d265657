import type { Mutant } from './mutant.ts';

export const mutant: Mutant = {
  name: 'lease-not-checked',
  file: 'server/sync/lease.ts',
  find: `if (current !== null && millisecondsOf(current.until) > clock.nowMs()) return null;`,
  replace: ``,
  seed: 1,
};
