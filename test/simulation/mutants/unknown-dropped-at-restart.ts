import type { Mutant } from './mutant.ts';

export const mutant: Mutant = {
  name: 'unknown-dropped-at-restart',
  file: 'server/sync/recover.ts',
  find: `      tx.put('intent', { ...intent, hungUpAt: instant(clock.nowMs()) });`,
  replace: `      tx.remove('intent', intent.id);`,
  seed: 3,
};
