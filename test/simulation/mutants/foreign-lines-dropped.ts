import type { Mutant } from './mutant.ts';

export const mutant: Mutant = {
  name: 'foreign-lines-dropped',
  file: 'server/connectors/xero/prepare.ts',
  find: `.filter(({ id }) => !removed.has(id))`,
  replace: `.filter(({ id, marker }) => marker !== null && !removed.has(id))`,
  seed: 11,
};
