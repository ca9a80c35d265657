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

const nobody: ReadonlySet<string> = new Set();
