import type { Mutant } from './mutant.ts';

export const mutant: Mutant = {
  name: 'late-commit-not-awaited',
  file: 'server/sync/recover.ts',
  find: `hungUpAt === null ? millisecondsOf(sentAt) + underWayMaxMs : millisecondsOf(hungUpAt)`,
  replace: `hungUpAt === null || hungUpAt !== null ? millisecondsOf(sentAt) : 0`,
  seed: 25,
};
