import type { Task } from '../../domain/task.ts';
import type { PlanWorld } from './world.ts';

const known = new WeakMap<PlanWorld, Map<string, Task[]>>();

/** A customer's tasks in the order in which they are billed; grouped once a world. */
export function tasksOfCustomer(world: PlanWorld, customerId: string): readonly Task[] {
  const groups = known.get(world) ?? Map.groupBy(world.tasks(), (task) => task.customerId);
  known.set(world, groups);
  return groups.get(customerId) ?? [];
}
