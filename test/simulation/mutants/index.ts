import { mutant as driftForgotten } from './drift-forgotten.ts';
import { mutant as foreignLinesDropped } from './foreign-lines-dropped.ts';
import { mutant as intentNotStored } from './intent-not-stored.ts';
import { mutant as lateCommitNotAwaited } from './late-commit-not-awaited.ts';
import { mutant as leaseNotChecked } from './lease-not-checked.ts';
import type { Mutant } from './mutant.ts';
import { mutant as recoverySaysAbsent } from './recovery-says-absent.ts';
import { mutant as roundingPerUnit } from './rounding-per-unit.ts';
import { mutant as undoFreesNothing } from './undo-frees-nothing.ts';
import { mutant as unknownDroppedAtRestart } from './unknown-dropped-at-restart.ts';

export const mutants: readonly Mutant[] = [
  driftForgotten,
  foreignLinesDropped,
  intentNotStored,
  lateCommitNotAwaited,
  leaseNotChecked,
  recoverySaysAbsent,
  roundingPerUnit,
  undoFreesNothing,
  unknownDroppedAtRestart,
];
