import {
  addDays,
  addMonths,
  type CalendarDate,
  earlier,
  firstOfMonth,
  firstOfNextMonth,
  instant,
} from '../../domain/dates.ts';
import { wholePortion } from '../../domain/link.ts';
import { type Month, monthOf } from '../../domain/month.ts';
import { comparePlaced } from '../../domain/order.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { Task } from '../../domain/task.ts';
import { newTask } from '../check/tasks.ts';
import { billsFor } from '../check/who-bills.ts';
import { orderOf } from '../plan/stored-orders.ts';
import type { PlanWorld } from '../plan/world.ts';

/** So many months are planned again, this one among them. */
export const monthsAgain = 3;

/** A month's orders, and the day at its end on which they are planned again. */
export interface PastMonth {
  month: Month;
  tasks: Task[];
  day: CalendarDate;
}

/** The orders of the last months that this connection has to bill, whatever became of them. */
export function pastMonths(reader: Reader, world: PlanWorld): PastMonth[] {
  const from = addMonths(firstOfMonth(world.today), 1 - monthsAgain);
  const isOurs = billsFor(reader, world.connection.id);
  const tasks = reader
    .list('order')
    .filter(({ placedOn, status }) => placedOn >= from && status === 'completed')
    .filter(({ customerId }) => isOurs(customerId))
    .sort(comparePlaced)
    .flatMap(({ id }) => taskAgain(reader, world, id));
  return Array.from({ length: monthsAgain }, (_, index) => addMonths(from, index)).map((first) => {
    const month = monthOf(first);
    return {
      month,
      tasks: tasks.filter(({ placedOn }) => monthOf(placedOn) === month),
      day: earlier(addDays(firstOfNextMonth(first), -1), world.today),
    };
  });
}

/**
 * A world in which a month is planned as if nothing of it were billed: no line stands, no document is
 * there to join, and no book is closed. Decisions, mappings and settings stay.
 */
export const unbilled = (world: PlanWorld, { tasks, day }: PastMonth): PlanWorld => ({
  ...world,
  today: day,
  closedThrough: null,
  linkState: () => ({ live: null, next: wholePortion, all: [] }),
  openIntent: () => null,
  unclearOn: () => null,
  snapshot: () => null,
  documentsOf: () => [],
  tasks: () => tasks,
});

/** The order as a task that nobody has touched yet, but for what a person ignored. */
function taskAgain(reader: Reader, { crypto, connection }: PlanWorld, orderId: string): Task[] {
  const order = orderOf(reader, orderId);
  if (order === null) return [];
  const task = newTask({ crypto, connectionId: connection.id, order, at: instant(0) });
  return [{ ...task, ignored: reader.get('task', task.id)?.ignored ?? null }];
}
