import { millisecondsOf } from '../../domain/dates.ts';
import type { Failure } from '../../domain/errors.ts';
import type { Check, Side } from './context.ts';
import { clearFailure, noteFailure, stopsSide } from './failures.ts';
import { cursorId } from './names.ts';

/** Something read from one side, at most every `everyMs`, with its own bookmark. */
export interface Step {
  name: string;
  everyMs: number;
  /** Reads from the position and stores what it read; gives the new position, which is stored after. */
  work(position: string | null): Promise<string>;
}

/**
 * Runs the steps that are due. A failing step leaves its bookmark where it was and the steps after
 * it go on, unless the whole side is away. Gives the failures.
 */
export async function runSteps(
  check: Check,
  side: Side,
  steps: readonly Step[],
): Promise<Failure[]> {
  const failures: Failure[] = [];
  for (const step of steps) {
    const id = cursorId(side, step.name);
    const cursor = (await check.store.read(check.tenantId)).get('cursor', id);
    const ageMs =
      cursor === null
        ? Number.POSITIVE_INFINITY
        : check.clock.nowMs() - millisecondsOf(cursor.checkedAt);
    // From a time that has not come yet: the clock was set back. What it was read up to is not believed.
    const isFromAhead = ageMs < 0;
    if (ageMs < step.everyMs && !isFromAhead) continue;
    try {
      const position = await step.work(isFromAhead ? null : (cursor?.position ?? null));
      await check.store.transact(check.tenantId, (tx) => {
        tx.put('cursor', { id, position, checkedAt: check.at });
        clearFailure(tx, side, step.name);
      });
    } catch (error) {
      const failure = await noteFailure({ check, side, step: step.name, error });
      failures.push(failure);
      if (stopsSide(failure)) break;
    }
  }
  return failures;
}
