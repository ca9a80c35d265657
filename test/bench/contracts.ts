import { contractsPerWrite } from '../../server/connectors/autotask/limits.ts';
import { changeOf } from '../batteries/connector-world.ts';
import { autotaskConnector, createAutotaskWorld } from '../connectors/autotask-world.ts';
import { type Row, row } from './row.ts';
import { callsForOrders, linesThere, newLines, ordersPerDocument } from './standing-orders.ts';

/** An adjustment a service and date, beside the new services. */
const writesPerContract = newLines + ordersPerDocument;
/** Contracts, services, units and charges, each of all contracts together. */
const readsOfContracts = 4;
/** The calls of this hour, of all vendors. */
const looksAtTheHour = 1;

/** Calls to Autotask for orders on contracts: one a new service, one a dated adjustment, and reads together. */
export async function benchContracts(contracts = 200): Promise<Row[]> {
  const world = createAutotaskWorld();
  const { person } = world.player;
  const { reads, writes } = await callsForOrders({
    connector: autotaskConnector,
    world,
    open: async ({ session, company, write, opening }) => {
      const ids = Array.from({ length: contracts }, (_, n) =>
        String(
          person.create('Contracts', {
            companyID: company.id,
            contractName: `Cloud ${n}`,
            contractType: '7',
            contractPeriodType: '2',
            startDate: '2026-11-01T00:00:00',
            endDate: '2029-10-31T00:00:00',
            status: '1',
            timeReportingRequiresStartAndStopTimes: '0',
          }),
        ),
      );
      const { records } = await session.documentsById(ids.map((id) => ({ id, kind: 'contract' })));
      await write(
        records.map((document, n) =>
          changeOf(document, {
            ref: document.id,
            lines: [0, 1].map((at) => opening(n * 10 + at, '2026-11-01', '5')),
          }),
        ),
      );
      return records.map(({ id }) => id);
    },
  });
  const batches = Math.ceil(contracts / contractsPerWrite);
  const name = (what: string) =>
    `Autotask, ${contracts * ordersPerDocument} orders on ${contracts} contracts: ${what}`;
  return [
    row(
      name('reads'),
      reads,
      'calls',
      looksAtTheHour +
        (batches * 2 + 1) * readsOfContracts +
        // The look at all, then each batch before and after.
        nextPages(contracts, linesThere) +
        batches * nextPages(contractsPerWrite, linesThere) +
        batches * nextPages(contractsPerWrite, linesThere + newLines),
    ),
    row(name('writes'), writes, 'calls', contracts * writesPerContract),
  ];
}

/** A page has 500 rows, and a service one row of units for each month of its three years. */
const nextPages = (contracts: number, services: number): number =>
  Math.floor((contracts * services * 37) / 500);
