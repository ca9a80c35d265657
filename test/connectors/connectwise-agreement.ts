import { date } from '../../server/domain/dates.ts';
import type { Document } from '../../server/domain/document.ts';
import type { LineChange } from '../../server/domain/ports/write.ts';
import { changeOf, documentIn, line, lineMark, newDocument } from '../batteries/connector-world.ts';
import { must } from '../sandbox/must.ts';
import { connectWiseConnector, createConnectWiseWorld } from './connectwise-world.ts';

/** A session with an agreement of ours that is billed by the month from November on. */
export async function openAgreement() {
  const world = createConnectWiseWorld();
  const { fetch, clock, client, credentials } = world;
  const limiter = connectWiseConnector.limiter(clock);
  const own = { fetch, clock, client, limiter, purpose: 'background' as const };
  const account = await connectWiseConnector.connect({ ...own, credentials });
  const session = connectWiseConnector.open({
    ...own,
    account,
    credentials: async () => credentials,
  });
  const items = (await session.items(null)).records;
  const recurring = must(items.find(world.items.recurring), 'a product that recurs');
  const oneOff = must(items.find(world.items.oneOff), 'a product sold once');
  const stand = (
    n: number,
    steps: readonly [from: string, quantity: string, unitPrice: string][],
    of: Document | null = null,
    before: { quantity: string; unitPrice: string } | null = null,
  ): LineChange => ({
    change: 'stand',
    lineId: of?.lines.find(({ marker }) => marker === lineMark(n))?.id ?? null,
    content: line(n, 'Microsoft 365', { itemId: recurring.id }),
    marker: lineMark(n),
    before,
    steps: steps.map(([from, quantity, unitPrice]) => ({ from: date(from), quantity, unitPrice })),
  });
  const once = (n: number, day: string, unitPrice = '12.5'): LineChange => ({
    change: 'add',
    content: line(n, 'Setup', { itemId: oneOff.id, quantity: '2', unitPrice }),
    marker: lineMark(n),
    date: date(day),
  });
  const made = await newDocument({ session, account, clock, n: 1 });
  const write = {
    ...made,
    documentKind: 'agreement' as const,
    open: made.open && {
      ...made.open,
      date: date('2026-11-01'),
      dueDate: null,
      cycle: { unit: 'month' as const, count: 1 },
    },
    lines: [stand(1, [['2026-11-01', '5', '9.9']])],
  };
  const [outcome] = await session.write(session.prepare([write]), 'open');
  const document = documentIn(outcome);
  const change = (lines: readonly LineChange[], on = document) =>
    session.write(session.prepare([changeOf(on, { lines })]), 'change');
  const additions = async () => {
    const response = await fetch(
      new Request(
        `http://connectwise.test/v4_6_release/apis/3.0/finance/agreements/${document.id}/additions?orderBy=id&pageSize=1000`,
        {
          headers: {
            Authorization: `Basic ${btoa(`${credentials.companyId}+${credentials.publicKey}:${credentials.privateKey}`)}`,
            clientId: client.clientId,
          },
        },
      ),
    );
    const rows: { [name: string]: unknown }[] = await response.json();
    return rows.map(
      ({ quantity, effectiveDate, cancelledDate }) =>
        `${quantity} from ${day(effectiveDate)}${cancelledDate === undefined ? '' : ` to ${day(cancelledDate)}`}`,
    );
  };
  return { world, session, document, write, stand, once, change, additions, clock };
}
const day = (moment: unknown): string => String(moment).slice(0, 10);
export const five = { quantity: '5', unitPrice: '9.9' };
