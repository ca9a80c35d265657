import type { CustomerMapping } from '../domain/mapping.ts';
import type { Reader } from '../domain/ports/store.ts';
import type { Task } from '../domain/task.ts';
import type { PlanWorld } from './plan/world.ts';

/**
 * A customer's own switch, and nothing in the system that bills the company already by itself.
 * `switchedOn` are customers whose switch a person is about to turn on.
 */
export function mayBeAutomatic(
  world: PlanWorld,
  task: Task,
  switchedOn: ReadonlySet<string> = nobody,
): boolean {
  const mapping = world.customerMapping(task.customerId);
  if (mapping === null || mapping.targetId === null) return false;
  if (!mapping.automatic && !switchedOn.has(task.customerId)) return false;
  const scheduled = world.company(mapping.targetId)?.billedBySchedule ?? null;
  return scheduled === null || mapping.scheduleAnswered;
}

/** Who switched automatic on for customers, by id: automatic's own part in what it prepares. */
export const switchedOnBy = (
  reader: Reader,
  connectionId: string,
  isMeant: (mapping: CustomerMapping) => boolean,
): string[] => [
  ...new Set(
    reader
      .list('customerMapping')
      .filter((mapping) => mapping.connectionId === connectionId && isMeant(mapping))
      .flatMap(({ automaticBy }) => automaticBy ?? []),
  ),
];

const nobody: ReadonlySet<string> = new Set();
