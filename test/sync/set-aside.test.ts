import { expect, test } from 'vitest';
import { instant } from '../../server/domain/dates.ts';
import { AppError, retryLater } from '../../server/domain/errors.ts';
import { detailsMissedInRowMax, keptRetryMs, setAsideMax } from '../../server/sync/check/limits.ts';
import { type CheckWorld, connectedWorld, orderOf, tenantId } from './check-world.ts';

const adopted = { marksAdopted: true, billsNewCustomers: true };

const fiveMinutesMs = 5 * 60_000;
const recent = instant(Date.parse('2026-11-23T00:00:00Z'));
const older = instant(Date.parse('2026-11-19T00:00:00Z'));

const keptOf = async (world: CheckWorld) => (await world.store.read(tenantId)).list('keptRecord');
const taskOrders = async (world: CheckWorld) =>
  (await world.tasks()).map(({ orderId }) => orderId).sort();

/** A world whose judging of some orders throws as a fault of ours would. */
async function faultyWorld(bad: Set<string>, count = 3): Promise<CheckWorld> {
  const orders = Array.from({ length: count }, (_, n) => orderOf(`${n + 1}`));
  const world = await connectedWorld({ orders }, adopted);
  world.context.assess = (_, __, task) => {
    if (bad.has(task.orderId)) throw new TypeError(`secret of ${task.orderNumber}`);
    return task;
  };
  return world;
}

test('an order whose taking-in throws is set aside whole, and the others become tasks', async () => {
  const world = await faultyWorld(new Set(['2']));
  const result = await world.check();
  expect(result.marketplace).toEqual({ status: 'ok', failures: [] });
  expect(await taskOrders(world)).toEqual(['1', '3']);
  const [kept] = await keptOf(world);
  expect(kept).toMatchObject({
    source: 'marketplace',
    what: 'order',
    seenAt: '2026-11-23T10:00:00.000Z',
    setAside: {
      code: 'internal',
      subject: 'SO2',
      customerId: 'cust1',
      amount: { amountMinor: 1000n, currency: 'AUD' },
      attempts: 1,
      version: '1.0.0',
      ignored: null,
    },
  });
  expect(kept?.body).toContain('"number":"SO2"');
  expect(kept?.problem).toMatch(/^TypeError in .*set-aside\.test\.ts:\d+\)$/);
  expect(JSON.stringify(kept?.problem)).not.toContain('secret');
  expect((await world.store.read(tenantId)).get('order', '2')).toBeNull();
  expect((await world.store.read(tenantId)).get('charge', '2-a')).toBeNull();
  expect(await world.logged('set-aside')).toBe(1);
});

test('an order stored before somebody billed its customer is set aside just the same', async () => {
  const orders = ['1', '2', '3'].map((id) => orderOf(id));
  const world = await connectedWorld({ orders });
  const bad = new Set(['2']);
  world.context.assess = (_, __, task) => {
    if (bad.has(task.orderId)) throw new TypeError('a fault');
    return task;
  };
  await world.check();
  expect(await taskOrders(world)).toEqual(['1', '3']);
  bad.clear();
  world.context.version = '1.0.1';
  await world.clock.advance(fiveMinutesMs);
  await world.check();
  expect(await taskOrders(world)).toEqual(['1', '2', '3']);
  expect(await keptOf(world)).toEqual([]);
});

test('it is left alone until a day passed, counted once more, and logged no second time', async () => {
  const world = await faultyWorld(new Set(['2']));
  world.orders[1] = orderOf('2', { placedAt: recent });
  await world.check();
  world.calls.length = 0;
  await world.clock.advance(fiveMinutesMs);
  await world.check();
  expect(world.calls).not.toContain('order 2');
  await world.clock.advance(keptRetryMs);
  await world.check();
  expect(world.calls.filter((call) => call === 'order 2')).toHaveLength(1);
  expect((await keptOf(world))[0]?.setAside?.attempts).toBe(2);
  expect(await world.logged('set-aside')).toBe(1);
});

test('another version of the app takes it in at once, and it is let go', async () => {
  const bad = new Set(['2']);
  const world = await faultyWorld(bad);
  await world.check();
  bad.clear();
  await world.clock.advance(fiveMinutesMs);
  await world.check();
  expect(await taskOrders(world)).toEqual(['1', '3']);
  world.context.version = '1.0.1';
  await world.clock.advance(fiveMinutesMs);
  await world.check();
  expect(await taskOrders(world)).toEqual(['1', '2', '3']);
  expect(await keptOf(world)).toEqual([]);
});

test('a person who asks gets it tried with the next check; one who ignores it, never', async () => {
  const bad = new Set(['1', '2']);
  const world = await faultyWorld(bad);
  world.orders[0] = orderOf('1', { placedAt: older });
  await world.check();
  await world.store.transact(tenantId, (tx) => {
    for (const kept of tx.list('keptRecord')) {
      if (kept.setAside === null) continue;
      const ignored = { reason: 'by hand', by: { kind: 'app' as const }, at: older };
      const answer = kept.setAside.subject === 'SO1' ? { again: true } : { ignored };
      tx.put('keptRecord', { ...kept, setAside: { ...kept.setAside, ...answer } });
    }
  });
  bad.clear();
  await world.clock.advance(keptRetryMs);
  await world.check();
  expect(await taskOrders(world)).toEqual(['1', '3']);
  expect((await keptOf(world)).map(({ setAside }) => setAside?.subject)).toEqual(['SO2']);
});

test('what the marketplace changed is another order: it is tried at once', async () => {
  const bad = new Set(['2']);
  const world = await faultyWorld(bad);
  await world.check();
  bad.clear();
  world.orders[1] = orderOf('2', { placedAt: recent, purchaseOrder: 'PO9' });
  await world.clock.advance(fiveMinutesMs);
  await world.check();
  expect(await taskOrders(world)).toEqual(['1', '2', '3']);
  expect(await keptOf(world)).toEqual([]);
});

test('an order that the marketplace cannot answer for moves aside, and those after it are read', async () => {
  const world = await connectedWorld({ orders: ['1', '2', '3'].map((id) => orderOf(id)) });
  world.onCall = (call) => {
    if (call === 'order 2') throw new AppError('marketplace.answer', { retry: retryLater() });
  };
  const result = await world.check();
  expect(result.marketplace.status).toBe('ok');
  expect(await taskOrders(world)).toEqual(['1', '3']);
  expect((await keptOf(world))[0]?.setAside).toMatchObject({ code: 'marketplace.answer' });
});

test('one order that always times out holds no other and is tried with every check', async () => {
  const world = await connectedWorld({ orders: ['1', '2', '3'].map((id) => orderOf(id)) });
  world.onCall = (call) => {
    if (call === 'order 1') throw new AppError('marketplace.unreachable', { retry: retryLater() });
  };
  await world.check();
  expect(await taskOrders(world)).toEqual(['2', '3']);
  world.onCall = () => {};
  await world.clock.advance(fiveMinutesMs);
  await world.check();
  expect(await taskOrders(world)).toEqual(['1', '2', '3']);
  expect(await keptOf(world)).toEqual([]);
});

test('a marketplace that is away sets nothing aside', async () => {
  const world = await connectedWorld({
    orders: Array.from({ length: 10 }, (_, n) => orderOf(`${n}`)),
  });
  world.onCall = (call) => {
    if (call.startsWith('order '))
      throw new AppError('marketplace.unreachable', { retry: retryLater() });
  };
  const result = await world.check();
  expect(result.marketplace.status).toBe('failed');
  expect(await keptOf(world)).toEqual([]);
  expect(world.calls.filter((call) => call.startsWith('order '))).toHaveLength(
    detailsMissedInRowMax,
  );
});

test('many bad orders in a row end the check, and the next one gets further', async () => {
  const world = await connectedWorld({
    orders: Array.from({ length: 10 }, (_, n) => orderOf(`${n}`)),
  });
  world.onCall = (call) => {
    if (call.startsWith('order ') && call !== 'order 9') throw new AppError('marketplace.answer');
  };
  for (let checks = 0; checks < 4; checks += 1) {
    await world.check();
    await world.clock.advance(fiveMinutesMs);
  }
  expect(await taskOrders(world)).toEqual(['9']);
  expect(await keptOf(world)).toHaveLength(9);
});

test('beyond the limit nothing more is set aside: the reading stops and says so', async () => {
  const count = setAsideMax + 1;
  const bad = new Set(Array.from({ length: count }, (_, n) => `${n + 1}`));
  const world = await faultyWorld(bad, count);
  const result = await world.check();
  expect(result.marketplace.failures.map(({ code }) => code)).toContain('internal');
  expect(await keptOf(world)).toHaveLength(setAsideMax);
  bad.clear();
  world.context.version = '2';
  for (let checks = 0; checks < 6; checks += 1) {
    await world.clock.advance(fiveMinutesMs);
    await world.check();
  }
  expect(await world.tasks()).toHaveLength(count);
  expect(await keptOf(world)).toEqual([]);
});

test('a store that fails is no bad order', async () => {
  const world = await connectedWorld({ orders: [orderOf('1')] });
  world.context.assess = () => {
    throw new AppError('store.full');
  };
  await expect(world.check()).rejects.toThrow('store.full');
  expect(await keptOf(world)).toEqual([]);
});
