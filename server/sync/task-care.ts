import type { Connection } from '../domain/connection.ts';
import type { CalendarDate, Instant } from '../domain/dates.ts';
import { dateAt, millisecondsOf } from '../domain/dates.ts';
import { AppError } from '../domain/errors.ts';
import { plainEntry } from '../domain/log-entry.ts';
import type { Reader, Transaction } from '../domain/ports/store.ts';
import type { TaskCare } from '../domain/task-care.ts';
import type { Actor } from '../domain/tenant.ts';

/** What a person wants changed; what is left out stays. */
export interface CareChange {
  assigneeId?: string | null | undefined;
  note?: string | null | undefined;
  snoozedUntil?: CalendarDate | null | undefined;
}

/** The people who have opened the app, by name: whom a task can be given to. */
export const peopleOf = (reader: Reader): { id: string; name: string }[] =>
  reader
    .list('visit')
    .flatMap(({ id, name }) => (name === '' ? [] : [{ id, name }]))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

/** The tasks of a connection that are put off to a later day than today. */
export function snoozedTasks(
  reader: Reader,
  connectionId: string,
  today: CalendarDate,
): ReadonlySet<string> {
  return new Set(
    reader
      .list('taskCare')
      .filter((care) => care.connectionId === connectionId && isSnoozed(care, today))
      .map(({ id }) => id),
  );
}
export const isSnoozed = ({ snoozedUntil }: TaskCare, today: CalendarDate): boolean =>
  snoozedUntil !== null && snoozedUntil > today;

/**
 * Changes who looks after tasks, what is noted of them, and until when they are put off. Throws
 * `request.invalid` for somebody who never opened the app, or a day that is not ahead.
 */
export function careFor(
  { tx, connection, by, at }: { tx: Transaction; connection: Connection; by: Actor; at: Instant },
  taskIds: readonly string[],
  change: CareChange,
): number {
  const today = dateAt(millisecondsOf(at), connection.account.timeZone);
  const { assigneeId, note, snoozedUntil } = change;
  const assignee = peopleOf(tx).find(({ id }) => id === assigneeId) ?? null;
  if (typeof assigneeId === 'string' && assignee === null)
    throw new AppError('request.invalid', { facts: { field: 'assigneeId' } });
  if (typeof snoozedUntil === 'string' && snoozedUntil <= today)
    throw new AppError('request.invalid', { facts: { field: 'snoozedUntil' } });
  const tasks = taskIds
    .flatMap((id) => tx.get('task', id) ?? [])
    .filter(({ connectionId }) => connectionId === connection.id);
  for (const task of tasks) {
    const known = tx.get('taskCare', task.id);
    const care: TaskCare = {
      id: task.id,
      connectionId: connection.id,
      assignee: assigneeId === undefined ? (known?.assignee ?? null) : assignee,
      note:
        note === undefined ? (known?.note ?? null) : note === null ? null : { text: note, by, at },
      snoozedUntil: snoozedUntil === undefined ? (known?.snoozedUntil ?? null) : snoozedUntil,
    };
    const isNothing = care.assignee === null && care.note === null && care.snoozedUntil === null;
    if (!isNothing) tx.put('taskCare', care);
    else if (known !== null) tx.remove('taskCare', task.id);
    tx.log(
      plainEntry({
        actor: by,
        action: 'task-cared',
        connectionId: connection.id,
        customerId: task.customerId,
        subject: task.orderNumber,
        taskId: task.id,
        orderId: task.orderId,
        amount: task.amount,
        facts: { what: inWords(care) },
      }),
    );
  }
  forgetFinished(tx, connection);
  return tasks.length;
}

const inWords = ({ assignee, note, snoozedUntil }: TaskCare): string =>
  [
    ...(assignee === null ? [] : [`given to ${assignee.name}`]),
    ...(snoozedUntil === null ? [] : [`put off until ${snoozedUntil}`]),
    ...(note === null ? [] : [`noted “${note.text}”`]),
  ].join(', ');

/** What was arranged about a task that is done is of no more use. */
function forgetFinished(tx: Transaction, { id }: Connection): void {
  for (const care of tx.list('taskCare'))
    if (care.connectionId === id && tx.get('task', care.id) === null)
      tx.remove('taskCare', care.id);
}
