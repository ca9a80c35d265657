import { date } from '../../server/domain/dates.ts';
import type { LineChange } from '../../server/domain/ports/write.ts';
import { changeOf, line, lineMark } from '../batteries/connector-world.ts';
import { autotaskConnector, createAutotaskWorld } from '../connectors/autotask-world.ts';
import { must } from '../sandbox/must.ts';
import { type Row, row } from './row.ts';

/** Of five orders on a contract: three make a service (and give it units), one changes one, one ends one. */
const ordersPerContract = 5;
const newServices = 3;
/** One call a new service, and one adjustment a service and date. */
const writesPerContract = newServices + ordersPerContract;
/** The contract and its company; each service and its units; the look for each new one; the read-back. */
const readsPerContract = 2 + ordersPerContract * 2 + newServices + 5;

/** Calls to Autotask for orders on contracts: one a new service, one a dated adjustment, and reads. */
export async function benchContracts(contracts = 200): Promise<Row[]> {
  const world = createAutotaskWorld();
  const { fetch, clock, client, credentials, player } = world;
  const limiter = {
    run: (_purpose: 'background' | 'person', call: () => Promise<Response>) => call(),
    view: () => ({ minuteRemaining: null, dayRemaining: null, blockedUntil: null }),
  };
  const own = { fetch, clock, client, limiter, purpose: 'background' as const };
  const account = await autotaskConnector.connect({ ...own, credentials });
  const session = autotaskConnector.open({
    ...own,
    account,
    credentials: async () => credentials,
  });
  const company = must(
    (await session.companies(null)).records.find(({ name }) => name === 'Northwind Traders'),
    'a company',
  );
  const item = must((await session.items(null)).records.find(world.items.recurring), 'a service');
  const stand = (
    n: number,
    lineId: string | null,
    before: { quantity: string; unitPrice: string } | null,
    [from, quantity]: readonly [string, string],
  ): LineChange => ({
    change: 'stand',
    lineId,
    content: line(n, 'Seat', { itemId: item.id }),
    marker: lineMark(n),
    before,
    steps: [{ from: date(from), quantity, unitPrice: '9.9' }],
  });
  const standing = { quantity: '5', unitPrice: '9.9' };
  const ids: string[] = [];
  for (let n = 0; n < contracts; n += 1) {
    const id = player.person.create('Contracts', {
      companyID: company.id,
      contractName: `Cloud ${n}`,
      contractType: '7',
      contractPeriodType: '2',
      startDate: '2026-11-01T00:00:00',
      endDate: '2029-10-31T00:00:00',
      status: '1',
      timeReportingRequiresStartAndStopTimes: '0',
    });
    ids.push(String(id));
  }
  const { records } = await session.documentsById(ids.map((id) => ({ id, kind: 'contract' })));
  for (const [n, document] of records.entries()) {
    const lines = [0, 1].map((at) => stand(n * 10 + at, null, null, ['2026-11-01', '5']));
    await writeAll(session.prepare([changeOf(document, { lines })]), `given ${n}`);
  }
  const documents = await session.documentsById(ids.map((id) => ({ id, kind: 'contract' })));
  const before = player.calls();
  for (const [n, document] of documents.records.entries()) {
    const there = (at: number) =>
      must(
        document.lines.find(({ marker }) => marker === lineMark(n * 10 + at)),
        'a service',
      ).id;
    const lines = [
      stand(n * 10, there(0), standing, ['2026-12-01', '8']),
      stand(n * 10 + 1, there(1), standing, ['2026-12-01', '0']),
      ...[2, 3, 4].map((at) => stand(n * 10 + at, null, null, ['2026-12-01', '3'])),
    ];
    await writeAll(session.prepare([changeOf(document, { lines })]), `orders ${n}`);
  }
  const after = player.calls();
  const made = (counts: (call: string) => boolean) =>
    Object.entries(after).reduce(
      (sum, [call, count]) => sum + (counts(call) ? count - (before[call] ?? 0) : 0),
      0,
    );
  const isRead = (call: string) => call.startsWith('GET ') || call.includes('/query');
  const name = (what: string) =>
    `Autotask, ${contracts * ordersPerContract} orders on ${contracts} contracts: ${what}`;
  return [
    row(name('reads'), made(isRead), 'calls', contracts * readsPerContract),
    row(
      name('writes'),
      made((call) => !isRead(call)),
      'calls',
      contracts * writesPerContract,
    ),
  ];

  async function writeAll(elements: ReturnType<typeof session.prepare>, key: string) {
    const outcomes = await session.write(elements, key);
    const failed = outcomes.find(({ status }) => status !== 'ok');
    if (failed !== undefined) throw new Error(`a line was not written: ${failed.status}`);
  }
}
