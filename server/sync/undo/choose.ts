import { type CalendarDate, dateAt, millisecondsOf } from '../../domain/dates.ts';
import type { Link } from '../../domain/link.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { PlanWorld } from '../plan/world.ts';

/** What a person wants taken back. A mapping's is its customer's or product's since a day. */
export type UndoChoice =
  | { kind: 'run'; runId: string }
  | { kind: 'order'; orderId: string }
  | { kind: 'lines'; linkIds: readonly string[] }
  | { kind: 'customer'; customerId: string; since: CalendarDate }
  | { kind: 'product'; productKey: string; since: CalendarDate };

/** The live lines of the choice; `since` is the day they were written, where the books are kept. */
export function linesToTakeBack(reader: Reader, world: PlanWorld, choice: UndoChoice): Link[] {
  const isMeant = meant(world, choice);
  return reader
    .list('link')
    .filter(
      (link) => link.connectionId === world.connection.id && link.state === 'live' && isMeant(link),
    );
}

function meant(world: PlanWorld, choice: UndoChoice): (link: Link) => boolean {
  const writtenSince = ({ at }: Link, since: CalendarDate): boolean =>
    dateAt(millisecondsOf(at), world.connection.account.timeZone) >= since;
  switch (choice.kind) {
    case 'run':
      return ({ runId }) => runId === choice.runId;
    case 'order':
      return ({ orderId }) => orderId === choice.orderId;
    case 'lines': {
      const ids = new Set(choice.linkIds);
      return ({ id }) => ids.has(id);
    }
    case 'customer':
      return (link) => link.customerId === choice.customerId && writtenSince(link, choice.since);
    case 'product':
      return (link) => link.productKey === choice.productKey && writtenSince(link, choice.since);
    default:
      return choice satisfies never;
  }
}
