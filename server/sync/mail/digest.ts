import type { Connection } from '../../domain/connection.ts';
import { dateAt, type Instant, instant } from '../../domain/dates.ts';
import type { Letter, Told } from '../../domain/mail.ts';
import { type Money, opposite, totals } from '../../domain/money.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { Task, TaskState } from '../../domain/task.ts';
import { snoozedTasks } from '../task-care.ts';
import { problemsOf } from './problems.ts';

/** The day in a few figures: what needs a person, what is ready, what waits, what was written. */
export function digestOf(reader: Reader, connection: Connection, nowMs: number): Letter {
  const since = dayBefore(nowMs);
  const { id } = connection;
  const snoozed = snoozedTasks(reader, id, dateAt(nowMs, connection.account.timeZone));
  const tasks = reader
    .list('task')
    .filter((task) => task.connectionId === id && !snoozed.has(task.id));
  const links = reader
    .list('link')
    .filter(({ connectionId, at, state }) => connectionId === id && at > since && state === 'live');
  return {
    kind: 'digest',
    problems: problemsOf(reader, connection),
    needs: told(tasks, ['needs-action']),
    ready: told(tasks, ['ready']),
    waiting: told(
      // What waits for a person is told as that.
      tasks.filter(({ failure }) => failure?.code !== 'run.second'),
      ['waiting', 'applying'],
    ),
    second: forSecond(reader, connection),
    written: {
      count: links.length,
      money: totals(
        links.map(
          ({ documentKind, amount }): Money =>
            documentKind === 'creditNote' ? opposite(amount) : amount,
        ),
      ),
      documents: new Set(links.map(({ documentId }) => documentId)).size,
    },
    changed: reader
      .list('snapshot')
      .filter(({ connectionId, drift }) => connectionId === id && drift !== null).length,
  };
}

function forSecond(reader: Reader, { id }: Connection): Told {
  const runs = reader
    .list('run')
    .filter(
      ({ connectionId, awaits, endedAt }) =>
        connectionId === id && awaits !== null && endedAt === null,
    );
  const amounts = runs.flatMap(({ parts }) => parts.flatMap(({ amount }) => amount ?? []));
  return { count: runs.length, money: totals(amounts) };
}

const dayMs = 24 * 60 * 60_000;
/** A digest tells of a day, also the first one. */
const dayBefore = (nowMs: number): Instant => instant(nowMs - dayMs);

function told(tasks: readonly Task[], states: readonly TaskState[]): Told {
  const own = tasks.filter(({ state }) => states.includes(state));
  return { count: own.length, money: totals(own.map(({ amount }) => amount)) };
}
