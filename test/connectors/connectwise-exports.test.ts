import { describe, expect, it } from 'vitest';
import { date } from '../../server/domain/dates.ts';
import type { LineChange } from '../../server/domain/ports/write.ts';
import type { ExportField } from '../../server/domain/settings.ts';
import {
  changeOf,
  documentIn,
  intentOf,
  line,
  lineMark,
  newDocument,
} from '../batteries/connector-world.ts';
import { must } from '../sandbox/must.ts';
import { connectWiseConnector, createConnectWiseWorld } from './connectwise-world.ts';

/** An agreement with a line of 5 at 9.9 that costs 7, and how lines are changed when some fields are kept. */
async function open(hidesCosts = false) {
  const world = createConnectWiseWorld();
  const { fetch, clock, client, credentials } = world;
  const limiter = connectWiseConnector.limiter(clock);
  const own = { fetch, clock, client, limiter, purpose: 'background' as const };
  const account = await connectWiseConnector.connect({ ...own, credentials });
  if (hidesCosts) world.player.person.setHidesCosts(true);
  const session = connectWiseConnector.open({
    ...own,
    account,
    credentials: async () => credentials,
  });
  const items = (await session.items(null)).records;
  const recurring = must(items.find(world.items.recurring), 'a product that recurs');
  const other = must(items.find(world.items.oneOff), 'another product');
  const stand = (
    [from, quantity, unitPrice, unitCost]: [from: string, string, string, string | null],
    more: Partial<Extract<LineChange, { change: 'stand' }>> = {},
    itemId = recurring.id,
  ): LineChange => ({
    change: 'stand',
    lineId: null,
    content: line(1, 'Microsoft 365', { itemId, unitCost }),
    marker: lineMark(1),
    before: null,
    steps: [{ from: date(from), quantity, unitPrice }],
    ...more,
  });
  const made = await newDocument({ session, account, clock, n: 1 });
  const write = (leaves: readonly ExportField[], lines: readonly LineChange[]) => ({
    ...made,
    documentKind: 'agreement' as const,
    open: made.open && {
      ...made.open,
      date: date('2026-11-01'),
      cycle: { unit: 'month' as const, count: 1 },
    },
    lines,
    leaves,
  });
  const opened = async (leaves: readonly ExportField[] = []) => {
    const first = stand(['2026-11-01', '5', '9.9', '7']);
    const [outcome] = await session.write(session.prepare([write(leaves, [first])]), 'open');
    return documentIn(outcome);
  };
  const changed = async (leaves: readonly ExportField[], itemId?: string) => {
    const document = await opened();
    const change = stand(
      ['2026-12-01', '8', '8.8', '6.5'],
      {
        lineId: document.lines[0]?.id ?? '',
        before: { quantity: '5', unitPrice: '9.9' },
      },
      itemId,
    );
    const write = changeOf(document, { lines: [change], leaves });
    const elements = session.prepare([write]);
    const [outcome] = await session.write(elements, 'change');
    const intents = elements.map((element) => intentOf(element, clock));
    expect(await session.recover(intents)).toMatchObject([{ status: 'happened' }]);
    return documentIn(outcome).lines[0];
  };
  const bodies = () =>
    world.player.journal().flatMap(({ kind, data }) => {
      const told = kind.startsWith('addition.') ? JSON.stringify(data) : null;
      return told === null ? [] : [told];
    });
  return { world, session, recurring, other, opened, changed, bodies };
}

describe('what is not exported', () => {
  it('is all told where nothing is kept, also what a unit costs', async () => {
    const { opened, changed } = await open();
    expect((await opened()).lines[0]).toMatchObject({
      quantity: '5',
      unitPrice: '9.9',
      unitCost: '7',
    });
    expect(await changed([])).toMatchObject({ quantity: '8', unitPrice: '8.8', unitCost: '6.5' });
  });

  it.each([
    ['quantity', { quantity: '5', unitPrice: '8.8', unitCost: '6.5' }],
    ['price', { quantity: '8', unitPrice: '9.9', unitCost: '6.5' }],
    ['cost', { quantity: '8', unitPrice: '8.8', unitCost: '7' }],
  ] as const)('stays as it is on a change: %s', async (field, expected) => {
    const { changed } = await open();
    expect(await changed([field])).toMatchObject(expected);
  });

  it('is the system’s default on a new line', async () => {
    const { opened, recurring } = await open();
    const [made] = (await opened(['quantity', 'price', 'cost'])).lines;
    expect(made).toMatchObject({ quantity: '1', unitCost: '5.5' });
    expect(Number(made?.unitPrice)).toBe(Number(recurring.price));
  });

  it('keeps the product of a line whose product is mapped otherwise meanwhile', async () => {
    const { changed, other, recurring } = await open();
    expect(await changed(['products'], other.id)).toMatchObject({ itemId: recurring.id });
    const second = await open();
    expect(await second.changed([], second.other.id)).toMatchObject({ itemId: second.other.id });
  });
});

describe('a role that cannot read costs', () => {
  it('has unknown costs, and none is sent', async () => {
    const { opened, bodies } = await open(true);
    const [made] = (await opened()).lines;
    expect(made?.unitCost ?? null).toBeNull();
    // What the sandbox would have ignored is told in its journal: nothing was.
    expect(bodies().join()).not.toContain('"unitCost":"7"');
    expect(bodies().join()).toMatch(/"ignored":\[\]/);
  });
});
