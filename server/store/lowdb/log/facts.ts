import type { LogEntry } from '../../../domain/log-entry.ts';
import type { LogQuery } from '../../../domain/ports/store.ts';

export const columnNames = ['day', 'actor', 'action', 'result', 'customerId'] as const;
export type ColumnName = (typeof columnNames)[number];
export type Columns<T> = Readonly<Record<ColumnName, T>>;
export const columnsOf = <T>(make: (name: ColumnName) => T): Columns<T> => ({
  day: make('day'),
  actor: make('actor'),
  action: make('action'),
  result: make('result'),
  customerId: make('customerId'),
});
/** What of an entry can be asked for. */
export type LogFacts = Columns<string>;

/** An entry's actor as a filter names it: `app`, `marketplace`, `user:<id>`. */
export const actorKey = (actor: LogEntry['actor']): string =>
  actor.kind === 'user' ? `user:${actor.id}` : actor.kind;

type Indexed = Pick<LogEntry, 'actor' | 'action' | 'result' | 'customerId'> & { at: string };

/** The day is the one in UTC, in which `at` is written. */
export const factsOf = ({ at, actor, action, result, customerId }: Indexed): LogFacts => ({
  day: at.slice(0, 10),
  actor: actorKey(actor),
  action,
  result,
  customerId: customerId ?? '',
});

/** An entry fits when the values of all these columns are accepted. */
export type LogFilter = readonly { column: ColumnName; accepts: (value: string) => boolean }[];

export function filterOf(query: LogQuery): LogFilter {
  const { day, level } = query;
  const filter: LogFilter[number][] = [];
  for (const column of ['customerId', 'actor', 'action', 'result'] as const) {
    const asked = query[column];
    if (asked !== undefined) filter.push({ column, accepts: (value) => value === asked });
  }
  if (level === 'errors-and-action')
    filter.push({ column: 'result', accepts: (value) => value !== 'ok' });
  if (day !== undefined)
    filter.push({ column: 'day', accepts: (value) => value >= day.from && value <= day.to });
  return filter;
}

export const matches = (facts: LogFacts, filter: LogFilter): boolean =>
  filter.every(({ column, accepts }) => accepts(facts[column]));
