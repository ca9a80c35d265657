import type { LogEntry } from '../../../domain/log-entry.ts';
import type { LogQuery } from '../../../domain/ports.ts';

export const columnNames = ['day', 'actor', 'action', 'result', 'customerId'] as const;
export type ColumnName = (typeof columnNames)[number];
/** What of an entry can be asked for. */
export type LogFacts = Readonly<Record<ColumnName, string>>;

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

export interface LogFilter {
  equal: readonly { column: ColumnName; value: string }[];
  days: { from: string; to: string } | null;
}

export function filterOf({ actor, action, result, customerId, day }: LogQuery): LogFilter {
  const asked = Object.entries({ actor, action, result, customerId });
  const equal = columnNames.flatMap((column) => {
    const value = asked.find(([name]) => name === column)?.[1];
    return value === undefined ? [] : [{ column, value }];
  });
  return { equal, days: day ?? null };
}

export const matches = (facts: LogFacts, { equal, days }: LogFilter): boolean =>
  equal.every(({ column, value }) => facts[column] === value) &&
  (days === null || (facts.day >= days.from && facts.day <= days.to));
