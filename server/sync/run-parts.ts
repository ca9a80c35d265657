import type { RunId } from '../domain/ids.ts';
import type { Intent, Run } from '../domain/intent.ts';
import type { Transaction } from '../domain/ports/store.ts';

type Part = Run['parts'][number];

/** Where a run's part about a write stands now. */
export type PartChange = { runId: RunId; ref: string } & Partial<
  Pick<Part, 'state' | 'failure' | 'documentId' | 'documentNumber' | 'documentUrl' | 'vain'>
>;

/** One store of each run for all that changed in it; a run that a redact removed has no parts. */
export function setParts(tx: Transaction, changes: readonly PartChange[]): void {
  for (const runId of new Set(changes.map((change) => change.runId))) {
    const run = tx.get('run', runId);
    if (run === null) continue;
    const byRef = new Map<string, Partial<Part>>();
    for (const { runId: of, ref, ...change } of changes)
      if (of === runId) byRef.set(ref, { ...byRef.get(ref), ...change });
    tx.put('run', {
      ...run,
      parts: run.parts.map((part) => ({ ...part, ...byRef.get(part.ref) })),
    });
  }
}

export const partOf = ({ runId, element }: Intent): { runId: RunId; ref: string } => ({
  runId,
  ref: element.ref,
});
