import { connectWiseConnector, createConnectWiseWorld } from '../connectors/connectwise-world.ts';
import { must } from '../sandbox/must.ts';
import { type Row, row } from './row.ts';
import { callsForOrders, ordersPerDocument } from './standing-orders.ts';

/** Three open a line, one changes one (it ends and opens), one ends one. */
const writesPerAgreement = 6;
/** Lists that a session reads once: agreements by id, billing cycles, currencies. */
const listsOnce = 4;

/** Calls to ConnectWise for orders on agreements, against one additions page an agreement and one call a line. */
export async function benchAgreements(agreements = 200): Promise<Row[]> {
  const world = createConnectWiseWorld();
  const { person } = world.player;
  const { reads, writes } = await callsForOrders({
    connector: connectWiseConnector,
    world,
    open: async ({ session, company, item, markOf }) => {
      const type = must((await session.reference()).documentTypes?.[0], 'an agreement type');
      const contact = person.create('Contact', { firstName: 'Ana', company: company.id });
      return Array.from({ length: agreements }, (_, n) => {
        const id = person.create('Agreement', {
          name: `Cloud ${n}`,
          type: type.id,
          company: company.id,
          contact: String(contact),
          startDate: '2026-11-01T00:00:00Z',
        });
        for (const at of [0, 1])
          person.create(
            'Addition',
            {
              product: item.id,
              quantity: '5',
              unitPrice: '9.9',
              billCustomer: 'Billable',
              effectiveDate: '2026-11-01T00:00:00Z',
              description: `Seat [${markOf(n, at)}]`,
            },
            id,
          );
        return String(id);
      });
    },
  });
  const name = (what: string) =>
    `ConnectWise, ${agreements * ordersPerDocument} orders on ${agreements} agreements: ${what}`;
  return [
    row(name('reads'), reads, 'calls', agreements + listsOnce),
    row(name('writes'), writes, 'calls', agreements * writesPerAgreement),
  ];
}
