import { expect, test } from 'vitest';
import type { MonthView } from '../../server/http/views/months.ts';
import { connectAutotask } from '../kit/autotask-road.ts';
import { autotaskRows } from '../kit/autotask-rows.ts';
import { auditOf } from '../kit/books.ts';
import { connectConnectWise } from '../kit/connectwise-road.ts';
import { connectWiseRows } from '../kit/connectwise-rows.ts';
import { mapEverything, openReadyRoad, type ReadyRoad } from '../kit/ready-road.ts';
import { documentsIn, markOf, standingIn } from '../kit/xero-lines.ts';
import { must } from '../sandbox/must.ts';
import { changeSeatsAgain } from '../sandbox/stories/seats-again.ts';
import { sellYearly } from '../sandbox/stories/yearly.ts';
import { expectToTheCent, journey, marketOf, newOrder, seatsOf } from './journey.ts';

const november = '2026-11';
const december = '2026-12';
const january = '2027-01';
const oneSecondMs = 1_000;

const monthOf = ({ road, params }: ReadyRoad, month = november): Promise<MonthView> =>
  road.call('GET /v1/connections/:connectionId/months/:month', {
    params: { ...params, month },
    query: {},
  });
const close = async (ready: ReadyRoad, month = november): Promise<MonthView> => {
  const { road, params } = ready;
  const { seen } = await monthOf(ready, month);
  return road.call('POST /v1/connections/:connectionId/months/:month/close', {
    params: { ...params, month },
    body: { seen },
  });
};
const namesIn = ({ figures }: MonthView): string[] =>
  figures.flatMap(({ differences }) => differences.map(({ name }) => name)).sort();
const taxNamesIn = ({ figures }: MonthView): string[] =>
  figures.flatMap(({ taxDifferences }) => taxDifferences.map(({ name }) => name)).sort();
const cents = (text: string): number => Math.round(Number(text) * 100);

/** What Xero's own journal says of our invoices: whole documents, a credit note against the customer. */
function inTheBooks(ready: ReadyRoad, currency: string, basis: 'subTotal' | 'total'): number {
  return standingIn(ready)
    .filter((document) => document.currencyCode === currency && document.lines.some(isOurs))
    .reduce(
      (sum, document) => sum + (document.kind === 'creditnote' ? -1 : 1) * cents(document[basis]),
      0,
    );
}
const taxInTheBooks = (ready: ReadyRoad, currency: string): number =>
  standingIn(ready)
    .filter((document) => document.currencyCode === currency && document.lines.some(isOurs))
    .reduce(
      (sum, document) =>
        sum +
        (document.kind === 'creditnote' ? -1 : 1) *
          (cents(document.total) - cents(document.subTotal)),
      0,
    );
const isOurs = (line: Parameters<typeof markOf>[0]): boolean => markOf(line).length > 0;

/** Every cent has a name, and what the page calls the documents is what Xero has. */
function expectProof(ready: ReadyRoad, view: MonthView, basis: 'subTotal' | 'total' = 'subTotal') {
  expect(view.figures.length).toBeGreaterThan(0);
  for (const figures of view.figures) {
    expect([figures.currency, cents(figures.unexplained)]).toEqual([figures.currency, 0]);
    const named = figures.differences.reduce((sum, { amount }) => sum + cents(amount), 0);
    expect(cents(figures.charged) + cents(figures.own) + named).toBe(cents(figures.documents));
    expect(cents(figures.documents)).toBe(inTheBooks(ready, figures.currency, basis));
    const taxed = figures.taxDifferences.reduce((sum, { amount }) => sum + cents(amount), 0);
    expect(cents(figures.taxTold) + taxed).toBe(cents(figures.tax));
    expect(cents(figures.tax)).toBe(taxInTheBooks(ready, figures.currency));
  }
}

/** Everything of the month is billed; the invoice of an order made for it, and one of its lines. */
async function billed(ready: ReadyRoad) {
  const { orderNumber, customerId } = await newOrder(ready);
  await ready.syncAll();
  const done = (await ready.tasks('done')).find((task) => task.orderNumber === orderNumber);
  const invoice = must(
    documentsIn(ready).find(({ id }) => id === done?.documents[0]?.id),
    'the invoice',
  );
  ready.road.world.clock.advance({ ms: oneSecondMs });
  return { invoice, line: must(invoice.lines.findLast(isOurs), 'a line of ours'), customerId };
}
const readAgain = async (ready: ReadyRoad): Promise<MonthView> => {
  ready.road.world.clock.advance({ ms: oneSecondMs });
  await ready.check();
  return monthOf(ready);
};

journey('a clean month: charges and documents agree to the cent', {}, async (ready) => {
  await billed(ready);
  const view = await monthOf(ready);
  expectProof(ready, view);
  // Only what moved in from elsewhere and was paid there is left over, and says so.
  expect(new Set(namesIn(view))).toEqual(new Set(['on-purpose']));
  const left = view.rows.filter(({ name }) => name === 'on-purpose');
  expect(new Set(left.map(({ reason }) => reason))).toEqual(new Set(['migrated']));
  // The marketplace taxes no order in US dollars; these books tax them by their account.
  const [aud] = view.figures.filter(({ currency }) => currency === 'AUD');
  expect(cents(aud?.taxTold ?? '')).toBeGreaterThan(0);
  expect(aud?.taxDifferences.filter(({ name }) => name !== 'tax-rounding')).toEqual([]);
  expect(view.blockers).toEqual({ waiting: 0, missing: 0, changed: 0, extra: 0, unclear: 0 });
  const { sums } = await auditOf(ready);
  for (const figures of view.figures) {
    const expected = sums
      .filter(({ currency }) => currency === figures.currency)
      .reduce((sum, one) => sum + cents(one.expected), 0);
    expect(cents(figures.documents)).toBe(expected);
  }
});

journey(
  'what the marketplace charges the reseller stands against what was billed, and for what nothing is',
  {},
  async (ready) => {
    const { customerId } = await billed(ready);
    const costOf = async () => {
      const { costs, figures } = await monthOf(ready);
      const own = must(
        costs.find((one) => one.customerId === customerId && one.cost.currency === 'AUD'),
        'the customer',
      );
      const sum = (of: 'cost' | 'billed' | 'left') =>
        costs
          .filter(({ cost }) => cost.currency === 'AUD')
          .reduce((all, one) => all + cents(one[of].amount), 0);
      const [aud] = figures.filter(({ currency }) => currency === 'AUD');
      expect([sum('cost'), sum('left')]).toEqual([cents(aud?.cost ?? ''), cents(aud?.left ?? '')]);
      expect(sum('billed') - sum('cost')).toBe(sum('left'));
      return own;
    };
    const before = await costOf();
    expect(cents(before.cost.amount)).toBeGreaterThan(0);
    expect(cents(before.unbilled.amount)).toBe(0);

    // Three more seats' worth is charged to the reseller at once, and billed once it is billed.
    const { subscriptionId } = await newOrder(ready, { customerId });
    await ready.check();
    const product = must(
      marketOf(ready).products.get(
        marketOf(ready).subscriptions.get(subscriptionId)?.items[0]?.productId ?? '',
      ),
      'the product',
    );
    const unit = must(
      product.costs.find(({ type, currency }) => type === 'recurring' && currency === 'AUD'),
      'its cost',
    );
    const waiting = await costOf();
    const more = cents(unit.amount) * 3;
    expect(cents(waiting.cost.amount) - cents(before.cost.amount)).toBe(more);
    expect(cents(waiting.unbilled.amount)).toBe(more);
    expect(waiting.billed).toEqual(before.billed);
    await ready.syncAll();
    const after = await costOf();
    expect(cents(after.unbilled.amount)).toBe(0);
    expect(cents(after.left.amount)).toBeGreaterThan(cents(before.left.amount));
  },
);

type Billed = Awaited<ReturnType<typeof billed>>;
const faults: [name: string, act: (ready: ReadyRoad, at: Billed) => unknown][] = [
  [
    'edit',
    ({ road }, { invoice, line }) =>
      road.world.systems.xero.person.editLine(invoice.id, line.lineItemId, { unitAmount: '77.77' }),
  ],
  [
    'missing',
    ({ road }, { invoice, line }) =>
      road.world.systems.xero.person.deleteLine(invoice.id, line.lineItemId),
  ],
  ['missing', ({ road }, { invoice }) => road.world.systems.xero.person.remove(invoice.id)],
  [
    'tax-edit',
    ({ road }, { invoice, line }) =>
      road.world.systems.xero.person.editLine(invoice.id, line.lineItemId, { taxType: 'NONE' }),
  ],
  [
    'others',
    ({ road }, { invoice }) =>
      road.world.systems.xero.person.addLine(invoice.id, {
        description: 'A visit by hand',
        quantity: '1',
        unitAmount: '120',
        accountCode: '200',
      }),
  ],
  [
    'extra',
    ({ road }, { invoice, line }) =>
      road.world.systems.xero.person.addLine(invoice.id, {
        description: line.description ?? '',
        quantity: '1',
        unitAmount: '9.99',
        accountCode: '200',
      }),
  ],
  ['waiting', (ready, { customerId }) => newOrder(ready, { customerId })],
];
for (const [name, act] of faults)
  journey(
    `a seeded fault is found by its name: ${name}, ${act.toString().match(/person\.(\w+)/)?.[1] ?? 'an order'}`,
    {},
    async (ready) => {
      const at = await billed(ready);
      const allIn = (view: MonthView) => [...namesIn(view), ...taxNamesIn(view)];
      const before = allIn(await monthOf(ready));
      await act(ready, at);
      const view = await readAgain(ready);
      expectProof(ready, view);
      const found = new Set(allIn(view));
      // A line that is otherwise or nobody's is taxed otherwise, too.
      if (!name.startsWith('tax')) for (const tax of taxNamesIn(view)) found.delete(tax);
      for (const known of before) found.add(known);
      expect([...found].sort()).toEqual([...new Set([...before, name])].sort());
      ready.road.world.clock.advance({ days: 10 });
      await ready.check();
      if (name === 'others') return;
      await expect(close(ready)).rejects.toThrow(/month\.open/);
    },
  );

journey(
  'a price of ours, and the tax inside the lines, have names of their own',
  { settings: { taxBasis: 'inclusive' } },
  async (ready) => {
    const { road, params } = ready;
    const { customerId, subscriptionId } = await newOrder(ready);
    await ready.check();
    await road.call('POST /v1/connections/:connectionId/decisions', {
      params,
      body: {
        scope: { kind: 'subscription', subscriptionId, productKey: null },
        value: { kind: 'edit', edit: { unitPrice: '123.45' } },
      },
    });
    await newOrder(ready, { customerId });
    await ready.syncAll();
    const view = await monthOf(ready);
    expectProof(ready, view, 'total');
    expect(new Set(namesIn(view))).toEqual(new Set(['on-purpose', 'price', 'tax']));
  },
);

journey(
  'an invoice dated in the next month: timing in both',
  { settings: { documentDate: 'written', invoice: 'per-order' } },
  async (ready) => {
    await ready.syncAll();
    await newOrder(ready);
    ready.road.world.clock.advance({ days: 9 });
    await ready.syncAll();
    const [before, after] = [await monthOf(ready), await monthOf(ready, december)];
    const timing = ({ figures }: MonthView): number =>
      figures
        .flatMap(({ differences }) => differences)
        .filter(({ name }) => name === 'timing')
        .reduce((sum, { amount }) => sum + cents(amount), 0);
    expect(timing(before)).toBeLessThan(0);
    expect(timing(after)).toBe(-timing(before));
    for (const view of [before, after])
      for (const { unexplained } of view.figures) expect(cents(unexplained)).toBe(0);
  },
);

test('a month is closed by an administrator when nothing waits, and nothing is dated in it afterwards', async () => {
  const ready = await openReadyRoad();
  try {
    const { road, params } = ready;
    const { invoice, customerId } = await billed(ready);
    await expect(close(ready)).rejects.toThrow(/month\.not-over/);
    await ready.pass({ days: 9 });
    await ready.syncAll();
    await newOrder(ready, { customerId });
    const seenBefore = await monthOf(ready);
    await road.signIn('bluegum-billing');
    await expect(close(ready)).rejects.toThrow(/access\.forbidden/);
    await road.signIn();
    expect(seenBefore.canClose).toBe(true);
    const closed = await close(ready);
    expect(closed.closed).toMatchObject({ changes: [] });
    await expect(close(ready)).rejects.toThrow(/request\.conflict/);

    // The draft of November would still take lines; December's order does not join it.
    const standsAsClosed = documentsIn(ready).find(({ id }) => id === invoice.id);
    await ready.syncAll();
    expect(documentsIn(ready).find(({ id }) => id === invoice.id)).toEqual(standsAsClosed);
    expect((await monthOf(ready)).closed).toMatchObject({ changes: [] });

    // What is taken back of a closed month is answered by a credit note of an open one.
    const preview = await road.call('POST /v1/connections/:connectionId/undo/preview', {
      params,
      body: { choice: { kind: 'customer', customerId, since: '2026-11-01' } },
    });
    const answered = preview.documents.find(({ documentId }) => documentId === invoice.id);
    expect(answered).toMatchObject({ how: 'credit-note', dated: '2026-12-01' });

    // A closed month in which somebody changes something stays closed, and says so.
    road.world.systems.xero.person.addLine(invoice.id, {
      description: 'A visit by hand',
      quantity: '1',
      unitAmount: '120',
      accountCode: '200',
    });
    const after = await readAgain(ready);
    expect(after.closed?.changes.map(({ figure }) => figure)).toContain('documents');

    const opened = await road.call('DELETE /v1/connections/:connectionId/months/:month/close', {
      params: { ...params, month: november },
    });
    expect(opened.closed).toBeNull();
  } finally {
    await ready.close();
  }
});

journey(
  'a charge that comes late, after its month was closed, counts and is dated in the next one',
  {},
  async (ready) => {
    const { road, params } = ready;
    const { customerId } = await billed(ready);
    await ready.pass({ days: 9 });
    await ready.syncAll();
    await close(ready);
    await road.call('POST /v1/connections/:connectionId/own-charges', {
      params,
      body: {
        customerId,
        description: 'Forgotten visit',
        quantity: '1',
        unitPrice: '80',
        currency: 'AUD',
        everyMonths: null,
        from: '2026-11-20',
        until: null,
        itemId: null,
        accountCode: '200',
        taxType: null,
      },
    });
    await ready.syncAll();
    const late = standingIn(ready).find(({ lines }) =>
      lines.some(({ description }) => description?.startsWith('Forgotten visit')),
    );
    expect(late).toBeDefined();
    const [before, after] = [await monthOf(ready), await monthOf(ready, december)];
    expect(before.closed).toMatchObject({ changes: [] });
    expect(after.figures.find(({ currency }) => currency === 'AUD')?.own).toBe('80');
    for (const { unexplained } of [...before.figures, ...after.figures])
      expect(cents(unexplained)).toBe(0);
    expect(namesIn(after)).not.toContain('timing');
  },
);

journey(
  'the statement holds every difference and every document, as JSON and as CSV',
  {},
  async (ready) => {
    const { road, params } = ready;
    await billed(ready);
    const at = { params: { ...params, month: november } };
    const statement = await road.call(
      'GET /v1/connections/:connectionId/months/:month/statement',
      at,
    );
    const view = await monthOf(ready);
    expect(statement.rows).toHaveLength(view.total);
    expect(statement.papers.length).toBe(view.documents.count);
    const sum = statement.papers.reduce(
      (total, { net, kind }) => total + (kind === 'creditNote' ? -1 : 1) * cents(net.amount),
      0,
    );
    expect(sum).toBe(view.figures.reduce((total, { documents }) => total + cents(documents), 0));
    const csv = await road.call(
      'GET /v1/connections/:connectionId/months/:month/statement.csv',
      at,
    );
    expect(csv.split('\r\n')[0]).toBe('Name,Reason,Customer,Order,Text,Document,Amount,Currency');
    expect(csv).toContain(`documents,,,,,,${view.figures[0]?.documents},`);
    expect(csv).toContain(`cost,,,,,,${view.figures[0]?.cost},`);
    expect(csv.match(/^customer-left,/gm)).toHaveLength(view.costsTotal);
    await expect(monthOf(ready, '2026-13')).rejects.toThrow(/request\.not-found/);
  },
);

journey(
  'a converted currency, a year in parts and changes of seats in one line have their names, and no other; a fault in each is found',
  {
    settings: {
      yearly: 'parts',
      seatChanges: 'blend',
      otherCurrency: 'my-rate',
      rates: [{ from: 'USD', to: 'AUD', rate: '1.5384615', since: '2026-11-01' }],
    },
  },
  async (ready) => {
    const { world } = ready.road;
    await ready.syncAll();
    const year = must(sellYearly(world).orders[0], 'the year');
    const seats = changeSeatsAgain(world).orders.map(({ orderNumber }) => orderNumber);
    await ready.check();
    await mapEverything(ready);
    await ready.syncAll();
    await ready.syncAll();
    const clean = await monthOf(ready);
    expectProof(ready, clean);
    expect(new Set(namesIn(clean))).toEqual(new Set(['converted', 'on-purpose', 'timing']));
    expect(clean.rows.filter(({ name }) => name === 'timing').length).toBeGreaterThan(0);
    // What is converted is less in one currency and more in the other.
    const converted = clean.figures.flatMap(({ currency, differences }) =>
      differences.flatMap(({ name, amount }) =>
        name === 'converted' ? [[currency, Math.sign(cents(amount))]] : [],
      ),
    );
    expect(converted).toEqual([
      ['AUD', 1],
      ['USD', -1],
    ]);
    await expectToTheCent(ready, { blended: [seats] });
    // One cent off on the part, and the one line of the seats gone: each is found by its name.
    world.clock.advance({ ms: oneSecondMs });
    const { person } = world.systems.xero;
    const lineOf = (text: RegExp) =>
      must(
        standingIn(ready)
          .flatMap(({ id, lines }) => lines.filter(isOurs).map((line) => ({ id, line })))
          .find(({ line }) => text.test(line.description ?? '')),
        String(text),
      );
    const blended = lineOf(/\(\+5 from /);
    person.deleteLine(blended.id, blended.line.lineItemId);
    world.clock.advance({ ms: oneSecondMs });
    const done = (await ready.tasks('done')).find(({ orderNumber }) =>
      orderNumber.startsWith(`${year.orderNumber}/`),
    );
    const partOn = must(done?.documents[0]?.id, 'the document of the part');
    const part = must(
      standingIn(ready)
        .find(({ id }) => id === partOn)
        ?.lines.findLast(isOurs),
      'the part',
    );
    person.editLine(partOn, part.lineItemId, { quantity: '1', unitAmount: '0.01' });
    const faulty = await readAgain(ready);
    expectProof(ready, faulty);
    expect(new Set(namesIn(faulty))).toEqual(
      new Set(['converted', 'edit', 'missing', 'on-purpose', 'timing']),
    );
  },
);

journey(
  'a month billed by a PSA: charges and lines agree to the cent, and what somebody changed there is named',
  { connect: connectAutotask },
  async (ready) => {
    await ready.syncAll();
    const view = await monthOf(ready);
    for (const { currency, unexplained } of view.figures)
      expect([currency, cents(unexplained)]).toEqual([currency, 0]);
    expect(view.blockers).toEqual({ waiting: 0, missing: 0, changed: 0, extra: 0, unclear: 0 });
    // Parts of a period are lines of another day than the whole months beside them.
    expect(namesIn(view).filter((name) => name !== 'timing' && name !== 'on-purpose')).toEqual([]);
    // Somebody lowers a charge that is not invoiced yet, and takes another one off the contract.
    const { autotask } = ready.road.world.systems;
    const charges = (await autotaskRows(ready.road, 'ContractCharges')).filter(
      ({ internalPurchaseOrderNumber: mark }) => String(mark).startsWith('LP'),
    );
    const [edited, removed] = charges.map(({ id }) => Number(id));
    ready.road.world.clock.advance({ ms: oneSecondMs });
    autotask.person.change('ContractCharges', must(edited, 'a charge'), { unitPrice: '0.01' });
    autotask.person.remove('ContractCharges', must(removed, 'another one'));
    ready.road.world.clock.advance({ ms: oneSecondMs });
    await ready.check();
    const faulty = await monthOf(ready);
    expect(namesIn(faulty)).toEqual(expect.arrayContaining(['edit', 'missing']));
    for (const { unexplained } of faulty.figures) expect(cents(unexplained)).toBe(0);
  },
);

/** Every cent has a name, and what the lines bill for the month is what its charges come to. */
function expectOpenProof({ figures }: MonthView): void {
  expect(figures.length).toBeGreaterThan(0);
  for (const { currency, charged, own, documents, unexplained, differences } of figures) {
    const named = differences.reduce((sum, { amount }) => sum + cents(amount), 0);
    expect([currency, cents(unexplained)]).toEqual([currency, 0]);
    expect(cents(charged) + cents(own) + named).toBe(cents(documents));
  }
}

/** Billed month after month by lines that stay open, some of which get more seats in the third. */
async function threeOpenMonths(ready: ReadyRoad): Promise<void> {
  await ready.syncAll();
  ready.road.world.clock.advance({ months: 1 });
  await ready.order({ action: 'billing-run' });
  await ready.syncAll();
  ready.road.world.clock.advance({ days: 14 });
  const grown = [...marketOf(ready).subscriptions.values()]
    .filter((each) => each.status === 'active' && seatsOf(each) > 1)
    .slice(0, 4);
  for (const { id, items } of grown)
    await ready.order({
      action: 'change',
      subscriptionId: id,
      quantity: Number(items[0]?.quantity) + 3,
    });
  await ready.syncAll();
  ready.road.world.clock.advance({ days: 20 });
  await ready.order({ action: 'billing-run' });
  await ready.syncAll();
}

for (const [name, connect] of [
  ['contracts', connectAutotask],
  ['agreements', connectConnectWise],
] as const)
  journey(
    `${name} bill month after month: each month agrees by itself, later changes leave it alone, and it closes`,
    { connect },
    async (ready) => {
      await threeOpenMonths(ready);
      const months = [november, december, january];
      for (const month of months) {
        const view = await monthOf(ready, month);
        expectOpenProof(view);
        expect(view.figures.every(({ documents }) => cents(documents) > 0)).toBe(true);
        expect(view.blockers).toEqual({ waiting: 0, missing: 0, changed: 0, extra: 0, unclear: 0 });
        // Nothing is called another month's, or left out on purpose, because its line was there already.
        expect(namesIn(view).filter((each) => each !== 'price' && each !== 'on-purpose')).toEqual(
          [],
        );
        expect(view.rows.map(({ reason }) => reason)).not.toContain('no-change');
      }
      for (const month of [november, december]) {
        const closed = await close(ready, month);
        expect(closed.closed).toMatchObject({ changes: [] });
      }
      // What comes after a closing moves nothing in the month that was closed.
      await ready.pass({ days: 20 });
      await ready.order({ action: 'billing-run' });
      await ready.syncAll();
      for (const month of [november, december])
        expect((await monthOf(ready, month)).closed).toMatchObject({ changes: [] });
    },
  );

journey(
  'the price of an open line changed in the system is named, and asks before the month closes',
  { connect: connectConnectWise },
  async (ready) => {
    await threeOpenMonths(ready);
    const { connectwise } = ready.road.world.systems;
    const before = namesIn(await monthOf(ready, january));
    const agreements = await connectWiseRows(ready.road, 'finance/agreements');
    const additions = await Promise.all(
      agreements.map(({ id }) => connectWiseRows(ready.road, `finance/agreements/${id}/additions`)),
    );
    const edited = must(
      additions
        .flat()
        .find(
          ({ cancelledDate, description, quantity }) =>
            cancelledDate === undefined &&
            Number(quantity) > 5 &&
            String(description).includes('[LP'),
        ),
      'an open line of ours',
    );
    connectwise.person.change('Addition', Number(edited.id), { unitPrice: '0.01' });
    // Nothing tells of a changed addition: agreements are read again in turn.
    await ready.pass({ days: 1 });
    await ready.check();
    const faulty = await monthOf(ready, january);
    expectOpenProof(faulty);
    expect(faulty.blockers.changed).toBeGreaterThan(0);
    expect(namesIn(faulty)).toEqual(expect.arrayContaining([...before, 'edit']));
  },
);
