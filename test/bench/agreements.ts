import { date } from '../../server/domain/dates.ts';
import type { LineChange } from '../../server/domain/ports/write.ts';
import { changeOf, line, lineMark } from '../batteries/connector-world.ts';
import { connectWiseConnector, createConnectWiseWorld } from '../connectors/connectwise-world.ts';
import { must } from '../sandbox/must.ts';
import { type Row, row } from './row.ts';

/** Lists that a session reads once: agreements, billing cycles, currencies. */
const listsOnce = 3;
/** Of five orders on an agreement: three open a line, one changes one (it ends and opens), one ends one. */
const ordersPerAgreement = 5;
const callsPerAgreement = 6;

/** Calls to ConnectWise for orders on agreements, against one additions page an agreement and one call a line. */
export async function benchAgreements(agreements = 200): Promise<Row[]> {
  const world = createConnectWiseWorld();
  const { fetch, clock, client, credentials, player } = world;
  const limiter = {
    run: (_purpose: 'background' | 'person', call: () => Promise<Response>) => call(),
    view: () => ({ minuteRemaining: null, dayRemaining: null, blockedUntil: null }),
  };
  const own = { fetch, clock, client, limiter, purpose: 'background' as const };
  const account = await connectWiseConnector.connect({ ...own, credentials });
  const session = connectWiseConnector.open({
    ...own,
    account,
    credentials: async () => credentials,
  });
  const company = must(
    (await session.companies(null)).records.find(({ name }) => name === 'Northwind Traders'),
    'a company',
  );
  const [item] = (await session.items(null)).records.filter(world.items.recurring);
  const type = must((await session.reference()).documentTypes?.[0], 'an agreement type');
  const contact = player.person.create('Contact', { firstName: 'Ana', company: company.id });
  const before = new Set((await session.documents(null)).records.map(({ id }) => id));
  for (let n = 0; n < agreements; n += 1) {
    const id = player.person.create('Agreement', {
      name: `Cloud ${n}`,
      type: type.id,
      company: company.id,
      contact: String(contact),
      startDate: '2026-11-01T00:00:00Z',
    });
    for (const marker of [lineMark(n * 10), lineMark(n * 10 + 1)])
      player.person.create(
        'Addition',
        {
          product: item?.id ?? '',
          quantity: '5',
          unitPrice: '9.9',
          billCustomer: 'Billable',
          effectiveDate: '2026-11-01T00:00:00Z',
          description: `Seat [${marker}]`,
        },
        id,
      );
  }
  const counted = player.calls();
  const documents = (await session.documents(null)).records.filter(({ id }) => !before.has(id));
  for (const [index, document] of documents.entries()) {
    const n = Number(/\d+/.exec(document.number ?? '')?.[0] ?? index);
    const stand = (at: number, steps: readonly (readonly [string, string])[]): LineChange => {
      const marker = lineMark(n * 10 + at);
      const there = document.lines.find((one) => one.marker === marker);
      return {
        change: 'stand',
        lineId: there?.id ?? null,
        content: line(n * 10 + at, 'Seat', { itemId: item?.id ?? '' }),
        marker,
        before: there === undefined ? null : { quantity: '5', unitPrice: '9.9' },
        steps: steps.map(([from, quantity]) => ({ from: date(from), quantity, unitPrice: '9.9' })),
      };
    };
    const lines = [
      stand(0, [['2026-12-01', '8']]),
      stand(1, [['2026-12-01', '0']]),
      ...[2, 3, 4].map((at) => stand(at, [['2026-12-01', '3']])),
    ];
    const outcomes = await session.write(
      session.prepare([changeOf(document, { lines })]),
      String(n),
    );
    if (outcomes.some(({ status }) => status !== 'ok')) throw new Error('a line was not written');
  }
  const after = player.calls();
  const calls = (counts: (call: string) => boolean) =>
    Object.entries(after).reduce(
      (sum, [call, count]) => sum + (counts(call) ? count - (counted[call] ?? 0) : 0),
      0,
    );
  const isRead = (call: string) => call.startsWith('GET ');
  const name = (what: string) =>
    `ConnectWise, ${agreements * ordersPerAgreement} orders on ${agreements} agreements: ${what}`;
  return [
    row(name('reads'), calls(isRead), 'calls', agreements + before.size + listsOnce),
    row(
      name('writes'),
      calls((call) => !isRead(call)),
      'calls',
      agreements * callsPerAgreement,
    ),
  ];
}
