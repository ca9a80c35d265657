import type { Company } from '../../server/domain/company.ts';
import { date } from '../../server/domain/dates.ts';
import type { Item } from '../../server/domain/item.ts';
import type { CredentialConnector } from '../../server/domain/ports/connector.ts';
import type { ConnectorSession } from '../../server/domain/ports/session.ts';
import type { DocumentWrite, LineChange } from '../../server/domain/ports/write.ts';
import { batchOf } from '../../server/sync/batch.ts';
import { changeOf, line, lineMark } from '../batteries/connector-world.ts';
import type { StandingWorld } from '../batteries/standing-connector.ts';
import { must } from '../sandbox/must.ts';

/** Of five orders on a document: three open a line, one changes one, one ends one. */
export const ordersPerDocument = 5;
export const newLines = 3;
export const linesThere = 2;

export interface Desk {
  session: ConnectorSession;
  company: Company;
  item: Item;
  /** The mark of a document's line. */
  markOf(document: number, line: number): string;
  write(writes: readonly DocumentWrite[]): Promise<void>;
  /** A line that is opened with so many units from a day. */
  opening(mark: number, from: string, quantity: string): LineChange;
}
interface Given {
  connector: CredentialConnector;
  world: StandingWorld & { player: { calls(): Record<string, number> } };
  /** Makes open documents, each with two lines of 5 units at 9.9; their ids, in order. */
  open(desk: Desk): Promise<readonly string[]>;
}

/** Calls to a system for five orders on each of some open documents, written as the engine writes. */
export async function callsForOrders({
  connector,
  world,
  open,
}: Given): Promise<{ reads: number; writes: number }> {
  const { fetch, clock, client, credentials, player } = world;
  const limiter = {
    run: (_purpose: 'background' | 'person', call: () => Promise<Response>) => call(),
    view: () => ({ minuteRemaining: null, dayRemaining: null, blockedUntil: null }),
  };
  const own = { fetch, clock, client, limiter, purpose: 'background' as const };
  const account = await connector.connect({ ...own, credentials });
  const session = connector.open({ ...own, account, credentials: async () => credentials });
  const company = must(
    (await session.companies(null)).records.find(({ name }) => name === 'Northwind Traders'),
    'a company',
  );
  const item = must((await session.items(null)).records.find(world.items.recurring), 'an item');

  const stand = (mark: number, more: Pick<LineChange & { change: 'stand' }, 'lineId' | 'before'>) =>
    ({
      change: 'stand',
      content: line(mark, 'Seat', { itemId: item.id }),
      marker: lineMark(mark),
      ...more,
    }) as const;
  const steps = (from: string, quantity: string) => [
    { from: date(from), quantity, unitPrice: '9.9' },
  ];
  const opening = (mark: number, from: string, quantity: string): LineChange => ({
    ...stand(mark, { lineId: null, before: null }),
    steps: steps(from, quantity),
  });
  async function write(writes: readonly DocumentWrite[]): Promise<void> {
    const left = new Set(session.prepare(writes));
    while (left.size > 0) {
      const sizeMax = connector.manifest.batch.documents;
      const batch = batchOf([...left], { sizeMax, vainOf: () => 0 });
      const outcomes = await session.write(batch, 'orders');
      const failed = outcomes.find(({ status }) => status !== 'ok');
      if (failed !== undefined) throw new Error(`a line was not written: ${failed.status}`);
      for (const element of batch) left.delete(element);
    }
  }
  const markOf = (document: number, at: number) => lineMark(document * 10 + at);
  const ids = await open({ session, company, item, markOf, write, opening });

  const before = player.calls();
  const kind = must(connector.manifest.standing, 'standing documents').document;
  const { records } = await session.documentsById(ids.map((id) => ({ id, kind })));
  await write(
    ids.map((id, n) => {
      const document = must(
        records.find((one) => one.id === id),
        'a document',
      );
      const there = (at: number, quantity: string): LineChange => {
        const found = document.lines.find(({ marker }) => marker === markOf(n, at));
        const lineId = must(found, 'a line').id;
        return {
          ...stand(n * 10 + at, { lineId, before: { quantity: '5', unitPrice: '9.9' } }),
          steps: steps('2026-12-01', quantity),
        };
      };
      const opened = Array.from({ length: newLines }, (_, at) =>
        opening(n * 10 + linesThere + at, '2026-12-01', '3'),
      );
      return changeOf(document, { ref: id, lines: [there(0, '8'), there(1, '0'), ...opened] });
    }),
  );
  const after = player.calls();
  const made = (counts: (call: string) => boolean): number =>
    Object.entries(after).reduce(
      (sum, [call, count]) => sum + (counts(call) ? count - (before[call] ?? 0) : 0),
      0,
    );
  const isRead = (call: string) => call.startsWith('GET ') || call.includes('/query');
  return { reads: made(isRead), writes: made((call) => !isRead(call)) };
}
