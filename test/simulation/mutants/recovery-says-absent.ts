import type { Mutant } from './mutant.ts';

export const mutant: Mutant = {
  name: 'recovery-says-absent',
  file: 'server/sync/recover.ts',
  find: `await withLineMarks(job, due, await session.recover(due))`,
  replace: `due.map(() => ({ status: 'absent' as const }))`,
  seed: 3,
};
