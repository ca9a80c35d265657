import * as v from 'valibot';
import { expect, test } from 'vitest';
import { instant } from '../../server/domain/dates.ts';
import { connectionIdSchema } from '../../server/domain/ids.ts';
import { portionId, wholePortion } from '../../server/domain/link.ts';
import { type CustomerMapping, customerMappingId } from '../../server/domain/mapping.ts';
import { lineMarker } from '../../server/sync/markers.ts';
import { testCrypto } from '../kit/test-crypto.ts';
import {
  chargeOf,
  connectedWorld,
  connectionId,
  connectionOf,
  orderOf,
  tenantId,
} from './check-world.ts';

const second = v.parse(connectionIdSchema, 'c2');
const later = instant(Date.parse('2026-11-23T11:00:00Z'));
const mappingOf = (owner: typeof connectionId, bills: boolean): CustomerMapping => ({
  id: customerMappingId(owner, 'cust1'),
  connectionId: owner,
  targetId: null,
  targetName: null,
  suggestion: null,
  history: [],
  customerId: 'cust1',
  automatic: false,
  billFrom: null,
  bills,
  scheduleAnswered: false,
  automaticBy: null,
  letters: { state: 'off', since: null },
});

async function twoConnections() {
  const world = await connectedWorld({
    orders: [orderOf('1'), orderOf('2', { customerId: 'cust2' })],
  });
  await world.store.transact(tenantId, (tx) =>
    tx.put(
      'connection',
      connectionOf({ id: second, billsNewCustomers: false, connectedAt: later }),
    ),
  );
  const billers = async () =>
    (await world.tasks()).map((task) => `${task.orderId} ${task.connectionId}`).sort();
  return { ...world, billers };
}

test('a later connection bills nobody until it is ticked', async () => {
  const world = await twoConnections();
  await world.check();
  expect(await world.billers()).toEqual(['1 c1', '2 c1']);
});

test('a ticked customer is billed by that connection alone', async () => {
  const world = await twoConnections();
  await world.store.transact(tenantId, (tx) => {
    tx.put('customerMapping', mappingOf(connectionId, false));
    tx.put('customerMapping', mappingOf(second, true));
  });
  await world.check();
  expect(await world.billers()).toEqual(['1 c2', '2 c1']);
});

test('two that claim a customer never both get the task', async () => {
  const world = await twoConnections();
  await world.store.transact(tenantId, (tx) => tx.put('customerMapping', mappingOf(second, true)));
  await world.check();
  expect(await world.billers()).toEqual(['1 c2', '2 c1']);
});

test('ticking a customer later makes the tasks of orders stored before', async () => {
  const world = await twoConnections();
  await world.store.transact(tenantId, (tx) =>
    tx.put('customerMapping', mappingOf(connectionId, false)),
  );
  await world.check();
  expect(await world.billers()).toEqual(['2 c1']);
  await world.store.transact(tenantId, (tx) => tx.put('customerMapping', mappingOf(second, true)));
  await world.check();
  expect(await world.billers()).toEqual(['1 c2', '2 c1']);
});

test('an order that stands on a document stays with that connection when it is corrected', async () => {
  const placedAt = instant(Date.parse('2026-11-23T00:00:00Z'));
  const world = await twoConnections();
  world.orders[0] = orderOf('1', { placedAt });
  await world.check();
  await world.store.transact(tenantId, (tx) => {
    const charge = chargeOf('1');
    tx.put('link', {
      id: portionId(charge.key, wholePortion),
      connectionId,
      chargeKey: charge.key,
      ...wholePortion,
      orderId: '1',
      customerId: 'cust1',
      subscriptionId: 's1',
      productKey: 'p1',
      period: null,
      revision: charge.revision,
      documentId: 'd1',
      documentKind: 'invoice',
      documentNumber: 'INV-1',
      lineId: 'l1',
      marker: lineMarker(testCrypto, { tenantId, accountId: 'acc1' }, charge.key, wholePortion),
      amount: charge.amount,
      quantity: '1',
      unitPrice: '10',
      state: 'live',
      intentId: null,
      runId: null,
      by: { kind: 'app' },
      at: later,
    });
    for (const task of tx.list('task')) if (task.orderId === '1') tx.remove('task', task.id);
    tx.put('customerMapping', mappingOf(connectionId, false));
    tx.put('customerMapping', mappingOf(second, true));
  });
  await world.check();
  expect(await world.billers()).toEqual(['2 c1']);
  world.orders[0] = orderOf('1', { placedAt, charges: [chargeOf('1', { revision: 'r2' })] });
  await world.check();
  expect(await world.billers()).toEqual(['1 c1', '2 c1']);
});

test('an order that was read while nobody was connected gets its task after the reconnect', async () => {
  const world = await connectedWorld({ orders: [orderOf('1')] });
  await world.check();
  const setTo = (change: Partial<ReturnType<typeof connectionOf>>) =>
    world.store.transact(tenantId, (tx) => {
      const connection = tx.get('connection', connectionId);
      if (connection !== null) tx.put('connection', { ...connection, ...change });
    });
  await setTo({ state: 'disconnected' });
  world.orders.push(orderOf('2', { placedAt: instant(Date.parse('2026-11-23T09:00:00Z')) }));
  await world.check();
  await setTo({ state: 'active', connectedAt: later, marksAdopted: false });
  await world.check();
  expect((await world.tasks()).map(({ orderId }) => orderId).sort()).toEqual(['1', '2']);
});
