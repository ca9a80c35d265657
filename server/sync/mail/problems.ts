import type { Connection } from '../../domain/connection.ts';
import { type ErrorCode, errorCodes } from '../../domain/errors.ts';
import type { Problem } from '../../domain/mail.ts';
import { totals } from '../../domain/money.ts';
import type { Reader } from '../../domain/ports/store.ts';
import { unclearWithoutTask } from '../unclear.ts';

/** What does not come right by itself in a connection: the same list as long as nothing changes. */
export function problemsOf(reader: Reader, connection: Connection): Problem[] {
  const { id } = connection;
  const home = `c/${id}`;
  const access = reader.get('marketplaceAccess', 'marketplace');
  const stopped = reader
    .list('task')
    .filter((task) => task.connectionId === id && task.state === 'failed');
  const unclear = unclearWithoutTask(reader, id);
  const one = { count: 1, money: [] };
  return [
    ...(connection.state === 'broken'
      ? [of('connection', connection.failure?.code ?? null, { ...one, screen: home })]
      : []),
    ...(access?.state === 'broken'
      ? [of('marketplace', access.failure?.code ?? null, { ...one, screen: 'marketplace' })]
      : []),
    ...failedReadings(reader, connection).map((code) =>
      of('reading', code, { ...one, screen: home }),
    ),
    ...(stopped.length > 0
      ? [
          of('tasks', null, {
            count: stopped.length,
            money: totals(stopped.map(({ amount }) => amount)),
            screen: `${home}/tasks`,
          }),
        ]
      : []),
    ...(unclear.length > 0
      ? [of('unclear', null, { count: unclear.length, money: [], screen: home })]
      : []),
  ];
}

const of = (
  kind: Problem['kind'],
  code: ErrorCode | null,
  more: Pick<Problem, 'count' | 'money' | 'screen'>,
): Problem => ({ key: [kind, code ?? '', more.count].join(':'), kind, code, ...more });

/** Steps of the check that failed at their last try, each code once; what a broken side explains is left out. */
function failedReadings(reader: Reader, connection: Connection): ErrorCode[] {
  const isBroken = connection.state !== 'active';
  const access = reader.get('marketplaceAccess', 'marketplace');
  const codes = reader.list('note').flatMap(({ id, text }) => {
    const isOurs = id.startsWith(`failed:${connection.id}:`) && !isBroken;
    const isMarket = id.startsWith('failed:marketplace:') && access?.state === 'active';
    return isOurs || isMarket ? (errorCodes.find((code) => code === text) ?? 'internal') : [];
  });
  return [...new Set(codes)].sort();
}
