import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Charge } from '../../server/domain/charge.ts';
import type { Order } from '../../server/domain/order.ts';
import { classOf } from '../../server/marketplaces/cloudblue/detail-classes.ts';
import { shareOf } from '../../server/marketplaces/cloudblue/share.ts';
import { runs } from '../kit/length.ts';
import { detail, detailedOrder, money, orderDocument, orderLine } from './documents.ts';
import { json, stubApi } from './stub-api.ts';

async function read(document: object | string): Promise<Order> {
  const api = stubApi(() => json(document));
  const { records, unreadable } = await api.marketplace.order('3001188');
  expect(unreadable).toEqual([]);
  const [order] = records;
  if (order === undefined) throw new Error('expected an order');
  return order;
}
async function chargesOf(...details: object[]): Promise<Charge[]> {
  return (await read(detailedOrder({ details }))).charges;
}

test('a change order becomes a charge with its exact figures', async () => {
  const order = await read(detailedOrder());
  expect(order).toMatchObject({
    number: 'CH004410',
    type: 'change',
    status: 'completed',
    placedOn: '2026-10-12',
    placedAt: '2026-10-12T03:14:00.000Z',
    subscriptionId: '2000431',
    total: { amountMinor: 1437n, currency: 'AUD' },
    detailed: true,
  });
  expect(order.charges).toHaveLength(1);
  expect(order.charges[0]).toMatchObject({
    class: 'recurring',
    subscriptionId: '2000431',
    candidates: [],
    quantity: '2',
    unitPrice: '9.9',
    amount: { amountMinor: 1437n, currency: 'AUD' },
    tax: { amountMinor: 144n, currency: 'AUD' },
    share: '0.726',
    period: null,
    cost: null,
  });
});

test('list form and detailed form of one order have the same revision and charge keys', async () => {
  const api = stubApi(() =>
    json({ data: [orderDocument()], pagination: { offset: 0, limit: 100, total: 1 } }),
  );
  const window = {
    from: (await read(detailedOrder())).placedAt,
    to: (await read(detailedOrder())).placedAt,
  };
  const [listed] = (await api.marketplace.orders(window)).records;
  const detailed = await read(detailedOrder());
  expect(listed?.detailed).toBe(false);
  expect(listed?.revision).toBe(detailed.revision);
  expect(listed?.charges.map(({ key }) => key)).toEqual(detailed.charges.map(({ key }) => key));
});

test.each([
  ['recurring renew billRecord', 'recurring'],
  ['setup transfer nonProvisioningItem', 'setup'],
  ['overuse', 'usage'],
  ['switch downgrade', 'proration'],
  ['recurringRefund setupRefund renewRefund transferRefund cancellation', 'credit'],
  ['adjustment refundAdjustment', 'adjustment'],
  ['discount', 'discount'],
  ['handlingFee billPenalty', 'fee'],
  ['payment refund deposit resellerPayment', 'movement'],
  ['unknown brandNewThing toString', 'unknown'],
])('%s is %s', (types, expected) => {
  for (const type of types.split(' ')) expect(classOf(type)).toBe(expected);
});

test.each([
  ['unknown', ['recurring', 'overuse', 'renew', 'billRecord'], 'billing'],
  ['unknown', ['recurring', 'setup'], 'unknown'],
  ['unknown', [], 'unknown'],
  ['neverSeen', ['overuse'], 'billing'],
  ['sales', ['recurring'], 'sales'],
  ['migration', ['recurring'], 'migration'],
])('an order of type %s made of %j is %s', async (type, types, expected) => {
  const details = types.map((one) => detail({ type: one }));
  expect((await read(detailedOrder({ type, details }))).type).toBe(expected);
});

test('keys survive another order of the details; a correction is a revision, not a key', async () => {
  const details = [detail(), detail({ quantity: 3 }), detail({ type: 'setup' }), detail()];
  const keyed = async (list: object[]) =>
    (await read(detailedOrder({ details: list }))).charges
      .map(({ key, revision }) => `${key} ${revision}`)
      .sort();
  const first = await keyed(details);
  expect(new Set(first.map((text) => text.split(' ')[0])).size).toBe(4);
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(details, { minLength: 4 }), async (list) => {
      expect(await keyed(list)).toEqual(first);
    }),
    runs(20),
  );
  const before = await read(detailedOrder());
  const after = await read(detailedOrder({ details: [detail({ extendedPrice: money('14.38') })] }));
  expect(after.charges[0]?.key).toBe(before.charges[0]?.key);
  expect(after.charges[0]?.revision).not.toBe(before.charges[0]?.revision);
  expect(after.revision).not.toBe(before.revision);
});

test('the same figures written otherwise are no correction', async () => {
  const [one] = await chargesOf(detail());
  const [other] = await chargesOf(
    detail({ quantity: '2.0', unitPrice: money('9.9000'), extendedPrice: money('14.370') }),
  );
  expect(other?.revision).toBe(one?.revision);
});

test('more decimals than the currency stay in the unit price and are rounded once in the amount', async () => {
  const [up, down, yen] = await chargesOf(
    detail({ unitPrice: money('0.00125'), extendedPrice: money('1.005') }),
    detail({ description: 'b', extendedPrice: money('-1.005') }),
    detail({ description: 'c', extendedPrice: money('99.5', 'JPY') }),
  );
  expect(up).toMatchObject({ unitPrice: '0.00125', amount: { amountMinor: 101n } });
  expect(down?.amount.amountMinor).toBe(-101n);
  expect(yen?.amount).toEqual({ amountMinor: 100n, currency: 'JPY' });
});

test('numbers are taken as they are written, exponents included', async () => {
  const text = JSON.stringify(detailedOrder()).replace(
    '"quantity":2,"unitPrice"',
    '"quantity":1.50E-4,"unitPrice"',
  );
  expect((await read(text)).charges[0]?.quantity).toBe('0.00015');
  const precise = JSON.stringify(detailedOrder()).replace('0.726', '0.72600000000000001');
  expect((await read(precise)).charges[0]?.share).toBe('0.726');
});

test.each([
  ['month', '0.726', { unit: 'month', count: 1 }, '0.726'],
  ['month', '12', { unit: 'year', count: 1 }, '1'],
  ['month', '3', { unit: 'year', count: 1 }, '0.25'],
  ['month', '3', { unit: 'month', count: 3 }, '1'],
  ['year', '1', { unit: 'month', count: 1 }, '12'],
  ['day', '10', { unit: 'month', count: 1 }, null],
  ['statement_day', '1', { unit: 'statement_day', count: 1 }, '1'],
  ['month', '0.5', null, '0.5'],
  ['month', '12', null, null],
  ['unknown', '1', null, null],
  ['month', '0', { unit: 'month', count: 1 }, null],
] as const)('%s %s of %j is the share %s', (type, duration, period, expected) => {
  expect(shareOf({ type, duration }, period)).toBe(expected);
});

test('a charge finds its subscription by id, else part number, and asks where several fit', async () => {
  const lines = [
    orderLine(),
    orderLine({ id: '7', mpn: 'B', subscriptionId: 's7' }),
    orderLine({ id: '8', mpn: 'B', subscriptionId: 's8' }),
    orderLine({ id: '9', newId: '10', subscriptionId: 'old', targetSubscriptionId: 'new' }),
  ];
  const of = async (changes: object, order: object = {}) => {
    const { charges } = await read(
      detailedOrder({
        products: lines,
        subscriptionId: null,
        details: [detail(changes)],
        ...order,
      }),
    );
    return { subscriptionId: charges[0]?.subscriptionId, candidates: charges[0]?.candidates };
  };
  expect(await of({})).toEqual({ subscriptionId: '2000431', candidates: [] });
  expect(await of({ productId: null, mpn: 'B' })).toEqual({
    subscriptionId: null,
    candidates: ['s7', 's8'],
  });
  expect(await of({ productId: '8', mpn: 'B' })).toEqual({ subscriptionId: 's8', candidates: [] });
  expect(await of({ productId: '10', mpn: null })).toEqual({
    subscriptionId: 'new',
    candidates: [],
  });
  expect(await of({ productId: '9', mpn: null })).toEqual({
    subscriptionId: 'old',
    candidates: [],
  });
  expect(await of({ productId: null, mpn: null }, { subscriptionId: 'own' })).toEqual({
    subscriptionId: 'own',
    candidates: [],
  });
  expect(await of({}, { products: [] })).toEqual({ subscriptionId: null, candidates: [] });
});

test('service periods follow from sales and billing runs, and are not guessed elsewhere', async () => {
  const whole = { details: [detail({ duration: { type: 'month', duration: 1 } })] };
  const period = async (changes: object) =>
    (await read(detailedOrder({ ...whole, ...changes }))).charges[0]?.period;
  expect(await period({ type: 'sales', provisioningDate: '2026-10-14T17:46:10Z' })).toEqual({
    start: '2026-10-14',
    end: '2026-11-14',
  });
  expect(await period({ type: 'unknown' })).toEqual({ start: '2026-10-12', end: '2026-11-12' });
  expect(await period({ type: 'unknown', billingModel: 'chargeAfterBillingPeriod' })).toEqual({
    start: '2026-09-12',
    end: '2026-10-12',
  });
  expect(await period({ type: 'renewal' })).toBeNull();
  expect(await period({ type: 'change' })).toBeNull();
});

test.each([
  ['2026-10-12', '2026-10-12T00:00:00.000Z', '2026-10-12'],
  ['2026-10-12T23:30:00+0200', '2026-10-12T21:30:00.000Z', '2026-10-12'],
  ['2026-10-12T03:14:00', '2026-10-12T03:14:00.000Z', '2026-10-12'],
  ['2026-10-12 03:14:00.123Z', '2026-10-12T03:14:00.000Z', '2026-10-12'],
])('the date %s is read', async (creationDate, placedAt, placedOn) => {
  expect(await read(detailedOrder({ creationDate }))).toMatchObject({ placedAt, placedOn });
});

test.each([
  [{ creationDate: '2026-02-30' }],
  [{ creationDate: '9999-12-31T23:59:59Z' }],
  [{ creationDate: '0001-01-01T00:00:00Z' }],
  [{ total: null }],
  [{ total: { currency: 'AUD', amount: 'a lot' } }],
  [{ details: [detail({ extendedPrice: null })] }],
])(
  'an order with %j is kept as unreadable, without what was found in the problem',
  async (changes) => {
    const api = stubApi(() =>
      json(
        detailedOrder({
          ...changes,
          orderParameters: [{ name: 'x', value: 'y' }],
          adminPassword: 'hunter2',
        }),
      ),
    );
    const { records, unreadable } = await api.marketplace.order('3001188');
    expect(records).toEqual([]);
    expect(unreadable).toHaveLength(1);
    expect(unreadable[0]).toMatchObject({ what: 'order', id: '3001188' });
    expect(unreadable[0]?.problem).not.toMatch(/a lot|02-30/);
    expect(unreadable[0]?.body).not.toMatch(/hunter2|orderParameters/);
  },
);

test('an order that is gone is no record, an error document in its place is no answer', async () => {
  const gone = stubApi(() => json('', { status: 404 }));
  expect(await gone.marketplace.order('1')).toEqual({ records: [], unreadable: [] });
  const wrong = stubApi(() => json({ code: 'E', message: 'internal' }));
  await expect(wrong.marketplace.order('1')).rejects.toMatchObject({ code: 'marketplace.answer' });
});

test.each(['9999-12-31', '0001-01-01'])(
  'T38: a service that begins on %s, as some write for never, holds up no order',
  async (provisioningDate) => {
    expect(await read(detailedOrder({ provisioningDate }))).toMatchObject({
      placedOn: expect.stringMatching(/^2026-/),
    });
  },
);
