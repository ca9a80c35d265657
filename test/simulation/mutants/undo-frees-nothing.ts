import type { Mutant } from './mutant.ts';

export const mutant: Mutant = {
  name: 'undo-frees-nothing',
  file: 'server/sync/settle.ts',
  find: `  for (const id of intent.frees) freeLink(tx, id);`,
  replace: ``,
  seed: 3,
};
