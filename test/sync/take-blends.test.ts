import { expect, test } from 'vitest';
import { portionId, wholePortion } from '../../server/domain/link.ts';
import { amountText, money } from '../../server/domain/money.ts';
import { lineMarker } from '../../server/sync/markers.ts';
import { blendWorld } from '../kit/blend-world.ts';
import type { Plain, PlainOrder } from '../kit/plan-world.ts';
import { testCrypto } from '../kit/test-crypto.ts';
import { must } from '../sandbox/must.ts';
import { tenantId } from './check-world.ts';

const change = (id: string, day: string, seats: string, amount: string): PlainOrder => ({
  id,
  placedOn: `2026-11-${day}`,
  type: 'change',
  charges: [
    {
      amount,
      quantity: seats,
      unitPrice: null,
      share: null,
      class: 'proration',
      period: { start: `2026-11-${day}`, end: '2026-12-01' },
    },
  ],
});
const five = change('o1', '10', '5', '35');
const two = change('o2', '15', '2', '7.33');
const one = change('o3', '20', '1', '3');
const plainOf = (...orders: PlainOrder[]): Plain => ({
  settings: { seatChanges: 'blend', invoice: 'per-order' },
  subscriptions: [{ startDate: '2026-11-06' }],
  orders,
});

test('its changes have no task of their own; with the setting turned back each has one again', async () => {
  const { takes, tasks, settings } = await blendWorld(plainOf(five, two));
  expect(await tasks()).toEqual(['o1 ready', 'o2 ready']);
  await takes();
  expect(await tasks()).toEqual(['blend ready']);
  await settings({ seatChanges: 'lines' });
  await takes();
  expect(await tasks()).toEqual(['o1 ready', 'o2 ready']);
  await settings({ seatChanges: 'blend' });
  await takes();
  expect(await tasks()).toEqual(['blend ready']);
});

test('another change makes another line of all, while nothing of it is written', async () => {
  const { takes, tasks, plans, store } = await blendWorld(plainOf(five, two, one));
  const third = must((await store.read(tenantId)).get('order', 'o3'), 'the third');
  await store.transact(tenantId, (tx) => tx.put('order', { ...third, status: 'open' }));
  await takes();
  const numbers = async () =>
    (await plans()).flatMap(({ lines }) => lines.map(({ orderNumber }) => orderNumber));
  expect(await numbers()).toEqual(['SOo1+SOo2']);
  await store.transact(tenantId, (tx) => tx.put('order', third));
  await takes();
  expect(await numbers()).toEqual(['SOo1+SOo2+SOo3']);
  expect(await tasks()).toEqual(['blend ready']);
});

/** The line of the first two, written. */
async function billed(...more: PlainOrder[]) {
  const made = await blendWorld(plainOf(five, two, ...more));
  if (more.length > 0)
    await made.store.transact(tenantId, (tx) => {
      for (const { id = '' } of more)
        tx.put('order', { ...must(tx.get('order', id), id), status: 'open' });
    });
  await made.takes();
  const line = must(
    (await made.plans())
      .flatMap(({ lines }) => lines)
      .find(({ orderId }) => orderId.startsWith('blend')),
    'the line',
  );
  await made.link({
    id: portionId(line.chargeKey, line.portion),
    connectionId: (await made.connection()).id,
    chargeKey: line.chargeKey,
    ...line.portion,
    orderId: line.orderId,
    customerId: 'cust1',
    subscriptionId: 's1',
    productKey: 'p1',
    period: line.period,
    revision: line.revision,
    documentId: 'd1',
    documentKind: 'invoice',
    documentNumber: 'INV-1',
    lineId: 'l1',
    marker: line.marker,
    amount: line.amount,
    quantity: line.content.quantity,
    unitPrice: line.content.unitPrice,
    state: 'live',
    intentId: null,
    runId: null,
    by: { kind: 'app' },
    at: (await made.connection()).connectedAt,
  });
  return { ...made, line };
}

test('what is billed stays: a later change is a line of its own, whatever the setting says', async () => {
  const { takes, plans, settings, store } = await billed(one);
  const third = must((await store.read(tenantId)).get('order', 'o3'), 'the third');
  await store.transact(tenantId, (tx) => tx.put('order', { ...third, status: 'completed' }));
  for (const seatChanges of ['blend', 'lines', 'net'] as const) {
    await settings({ seatChanges });
    await takes();
    const lines = (await plans()).flatMap((plan) => plan.lines);
    expect(lines.map(({ orderNumber }) => orderNumber).filter((each) => each !== 'SOo3')).toEqual(
      [],
    );
  }
});

test('a change that is taken back or corrected after its line was written asks, with what it is now', async () => {
  const { takes, tasks, store, line } = await billed();
  const second = must((await store.read(tenantId)).get('order', 'o2'), 'the second');
  await store.transact(tenantId, (tx) => tx.put('order', { ...second, status: 'cancelled' }));
  await takes();
  expect(await tasks()).toContain('blend needs-action');
  const reader = await store.read(tenantId);
  const charge = must(reader.get('charge', line.chargeKey), 'its charge');
  expect(amountText(charge.amount)).toBe('35');
  const task = reader.list('task').find(({ orderId }) => orderId.startsWith('blend'));
  expect(task?.groups.flatMap(({ needs }) => needs.map(({ code }) => code))).toContain(
    'revision-changed',
  );
});

test.each([
  ['blend', 'blend'],
  ['lines', 'blend'],
] as const)(
  'after a new install with the setting %s, a line that stands is recognised before anything is billed again',
  async (seatChanges, kind) => {
    const first = await blendWorld(plainOf(five, two));
    await first.takes();
    const line = must((await first.plans())[0]?.lines[0], 'the line');
    const again = await blendWorld({
      ...plainOf(five, two, one),
      settings: { seatChanges, invoice: 'per-order' },
      documents: [
        {
          lines: [
            {
              id: 'l1',
              description: line.content.description,
              quantity: line.content.quantity,
              unitPrice: line.content.unitPrice,
              amount: money(amountText(line.amount), 'AUD'),
              discount: null,
              itemCode: null,
              accountCode: null,
              taxType: null,
              tax: null,
              tracking: [],
              marker: lineMarker(
                testCrypto,
                { tenantId, accountId: 'acc1' },
                line.chargeKey,
                wholePortion,
              ),
              raw: {},
            },
          ],
        },
      ],
    });
    await again.takes();
    expect((await again.connection()).marksAdopted).toBe(false);
    const orders = (await again.read()).list('order').map(({ id }) => id.split(':')[0]);
    expect(orders).toContain(kind);
    expect((await again.read()).get('charge', line.chargeKey)?.amount).toEqual(line.amount);
  },
);
