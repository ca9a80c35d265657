import { expect } from 'vitest';
import type { Settings } from '../../server/domain/settings.ts';
import type { PlanView } from '../../server/http/views/plans.ts';
import type { WhatIfView } from '../../server/http/views/what-if.ts';
import { connectAutotask } from '../kit/autotask-road.ts';
import { connectConnectWise } from '../kit/connectwise-road.ts';
import { mapEverything, type ReadyRoad } from '../kit/ready-road.ts';
import { writesTo } from '../kit/xero-lines.ts';
import { must } from '../sandbox/must.ts';
import { changeSeatsAgain } from '../sandbox/stories/seats-again.ts';
import { sellYearly } from '../sandbox/stories/yearly.ts';
import { journey, newOrder } from './journey.ts';

const key = 'POST /v1/connections/:connectionId/what-if/preview' as const;

async function foreseen(
  { road, params }: ReadyRoad,
  change: Partial<Settings>,
): Promise<WhatIfView> {
  const { settings } = await road.call('GET /v1/connections/:connectionId/settings', { params });
  return road.call(key, {
    params,
    body: { change: 'settings', settings: { ...settings, ...change } },
  });
}
const changed = ({ months }: WhatIfView): number =>
  months.reduce((sum, month) => sum + month.changed, 0);
const fieldsIn = (view: WhatIfView): string[] =>
  [...new Set(view.months.flatMap(({ rows }) => rows).flatMap(({ lines }) => lines))]
    .map(({ field }) => field)
    .filter((field, at, all) => all.indexOf(field) === at)
    .sort();

/** What a plan says, without what only names it. */
const said = ({ customerName, documentKind, postAs, lines, added }: PlanView) => ({
  customerName,
  documentKind,
  postAs,
  added,
  lines: lines.map(({ description, quantity, unitPrice, amount, accountCode, taxType }) => ({
    description,
    quantity,
    unitPrice,
    amount,
    accountCode,
    taxType,
  })),
});

journey('saved as it is, nothing would have been otherwise', {}, async (ready) => {
  await newOrder(ready);
  await ready.syncAll();
  await newOrder(ready);
  await ready.check();
  const view = await foreseen(ready, {});
  expect(view.months.map(({ month }) => month)).toEqual(['2026-09', '2026-10', '2026-11']);
  expect(view.months.at(-1)?.orders).toBeGreaterThan(1);
  expect(view.ready.orders).toBe(1);
  expect([changed(view), view.ready.changed, view.more]).toEqual([0, 0, []]);
});

journey('what it foresees is what happens, and looking writes nothing', {}, async (ready) => {
  await ready.syncAll();
  await newOrder(ready);
  await newOrder(ready);
  await ready.check();
  const writes = writesTo(ready);
  const change = { postAs: 'submitted', invoice: 'per-order', trimDescription: true } as const;
  const before = (await ready.preview()).plans.map(said);
  const view = await foreseen(ready, change);
  expect((await ready.preview()).plans.map(said)).toEqual(before);
  expect(writesTo(ready)).toBe(writes);
  expect(view.ready.changed).toBe(1);
  const [row] = view.ready.rows;
  expect(row?.after.map(({ postAs, kind }) => [postAs, kind])).toEqual([
    ['submitted', 'invoice'],
    ['submitted', 'invoice'],
  ]);
  expect(new Set(row?.lines.map(({ field }) => field))).toEqual(new Set(['text', 'document']));
  await ready.settings(change);
  const { plans } = await ready.preview();
  expect(plans.map(({ added, lines, postAs }) => [added, lines.length, postAs]).sort()).toEqual(
    must(row, 'the customer')
      .after.map(({ amount, lines, postAs }) => [amount, lines, postAs])
      .sort(),
  );
});

const changes: [name: string, change: Partial<Settings>][] = [
  ['one invoice an order, approved', { invoice: 'per-order', postAs: 'approved' }],
  ['the system’s words', { descriptionFrom: 'system' }],
  ['the tax inside', { taxBasis: 'inclusive' }],
  ['dated when it is written', { documentDate: 'written' }],
  ['yearly charges in parts', { yearly: 'parts' }],
  ['changes of seats in one line', { seatChanges: 'blend' }],
  ['fewer seats change the quantity alone', { seatsDown: 'quantity-only' }],
  ['prices from the system', { priceFrom: 'system' }],
];
journey(
  'whatever setting changes: the documents that were foreseen are those of the next preview',
  {},
  async (ready) => {
    await ready.syncAll();
    sellYearly(ready.road.world);
    changeSeatsAgain(ready.road.world);
    await newOrder(ready, { quantity: 3 });
    await newOrder(ready, { quantity: 5, discountPercent: 10 });
    await ready.check();
    await mapEverything(ready);
    const { road, params } = ready;
    const { settings } = await road.call('GET /v1/connections/:connectionId/settings', { params });
    const foreseenOnce: string[] = [];
    for (const [name, change] of changes) {
      // Looking at settings may call the system, so that a minute has room for thirty looks.
      road.world.clock.advance({ ms: 60_000 });
      const view = await foreseen(ready, change);
      foreseenOnce.push(...(view.ready.changed > 0 ? [name] : []));
      await ready.settings(change);
      const { plans } = await ready.preview();
      const written = plans.filter(({ needs }) => needs.length === 0);
      for (const { customerName, after } of view.ready.rows) {
        const made = written
          .filter((plan) => plan.customerName === customerName)
          .map(({ added, lines, postAs }) => [added, lines.length, postAs]);
        const told = after.map(({ amount, lines, postAs }) => [amount, lines, postAs]);
        for (const document of told)
          expect([name, made]).toEqual([name, expect.arrayContaining([document])]);
      }
      // Seen from the other side: saved as it is now, nothing would be otherwise.
      expect([name, (await foreseen(ready, {})).ready.changed]).toEqual([name, 0]);
      await ready.settings(settings);
    }
    // Most of them change something of what waits here.
    expect(foreseenOnce.length).toBeGreaterThan(changes.length / 2);
  },
);

for (const [name, connect] of [
  ['a contract', connectAutotask],
  ['an agreement', connectConnectWise],
] as const)
  journey(`what is foreseen of ${name} is what happens there`, { connect }, async (ready) => {
    await ready.syncAll();
    await newOrder(ready);
    await ready.check();
    const same = await foreseen(ready, {});
    expect([changed(same), same.ready.changed, same.ready.orders]).toEqual([0, 0, 1]);
    const view = await foreseen(ready, { trimDescription: true });
    expect(fieldsIn(view)).toEqual(['text']);
    const [line] = must(view.ready.rows[0], 'the customer').lines;
    await ready.settings({ trimDescription: true });
    const { plans } = await ready.preview();
    expect(plans.flatMap(({ lines }) => lines.map(({ description }) => description))).toEqual([
      expect.stringContaining(must(line?.is, 'the new text')),
    ]);
  });

journey('each kind of difference is named: text, price, and what would ask', {}, async (ready) => {
  await newOrder(ready);
  await ready.syncAll();
  // Every item has an account of its own, which wins.
  expect(fieldsIn(await foreseen(ready, { accountCode: '260' }))).toEqual([]);
  expect(fieldsIn(await foreseen(ready, { trimDescription: true }))).toEqual(['text']);
  expect(fieldsIn(await foreseen(ready, { taxBasis: 'inclusive' }))).toEqual(['amount', 'price']);
  // Items that were made without a price cannot tell one.
  expect(fieldsIn(await foreseen(ready, { priceFrom: 'system' }))).toContain('asks');
});

journey('what waits for an answer either way would not have been otherwise', {}, async (ready) => {
  const { road, params } = ready;
  await newOrder(ready);
  const { rows } = await road.call('GET /v1/connections/:connectionId/mappings/customers', {
    params,
    query: {},
  });
  expect(changed(await foreseen(ready, { trimDescription: true }))).toBeGreaterThan(0);
  await road.call('POST /v1/connections/:connectionId/mappings/customers/bulk', {
    params,
    body: { do: 'unmap', ids: rows.map(({ id }) => id) },
  });
  const view = await foreseen(ready, { trimDescription: true });
  expect([changed(view), view.ready.changed, view.more]).toEqual([0, 0, []]);
});

journey(
  'another item for a product: only its lines, only where it was not mapped so',
  {},
  async (ready) => {
    const { road, params } = ready;
    const { orderNumber } = await newOrder(ready);
    await ready.syncAll();
    const { rows } = await road.call('GET /v1/connections/:connectionId/mappings/products', {
      params,
      query: {},
    });
    const items = await road.call('GET /v1/connections/:connectionId/targets/items', {
      params,
      query: { search: '' },
    });
    const row = must(
      rows.find(({ target }) => target !== null),
      'a mapped product',
    );
    const other = must(
      items.find(({ id }) => id !== row.target?.id),
      'another item',
    );
    const body = { change: 'product' as const, productKey: row.productKey, fee: null };
    const same = await road.call(key, {
      params,
      body: { ...body, targetId: row.target?.id ?? '' },
    });
    expect(changed(same)).toBe(0);
    const view = await road.call(key, { params, body: { ...body, targetId: other.id } });
    const fields = fieldsIn(view);
    for (const field of fields) expect(['item', 'account', 'tax', 'asks']).toContain(field);
    expect(orderNumber).not.toBe('');
    await expect(
      road.call(key, { params, body: { ...body, targetId: 'nowhere' } }),
    ).rejects.toThrow(/request\.not-found/);
  },
);

journey(
  'V2.2.3: settings that cannot work together are refused before anything is planned',
  {},
  async (ready) => {
    await expect(foreseen(ready, { invoice: 'existing', postAs: 'approved' })).rejects.toThrow(
      /settings\.impossible/,
    );
  },
);
