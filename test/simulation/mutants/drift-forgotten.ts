import type { Mutant } from './mutant.ts';

export const mutant: Mutant = {
  name: 'drift-forgotten',
  file: 'server/sync/settle.ts',
  find: `    drift,
    purpose:`,
  replace: `    drift: null,
    purpose:`,
  seed: 153,
  isRare: true,
};
