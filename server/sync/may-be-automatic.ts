import type { Task } from '../domain/task.ts';
import type { PlanWorld } from './plan/world.ts';

/** A customer's own switch, and nothing in the system that bills the company already by itself. */
export function mayBeAutomatic(world: PlanWorld, task: Task): boolean {
  const mapping = world.customerMapping(task.customerId);
  if (mapping?.automatic !== true || mapping.targetId === null) return false;
  const scheduled = world.company(mapping.targetId)?.billedBySchedule ?? null;
  return scheduled === null || mapping.scheduleAnswered;
}
