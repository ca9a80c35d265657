import * as v from 'valibot';
import { expect, test } from 'vitest';
import { date, instant } from '../../server/domain/dates.ts';
import { AppError, retryLater } from '../../server/domain/errors.ts';
import { taskIdSchema } from '../../server/domain/ids.ts';
import { openTasksMax } from '../../server/sync/check/limits.ts';
import {
  chargeOf,
  connectedWorld,
  connectionId,
  connectionOf,
  createCheckWorld,
  orderOf,
  tenantId,
} from './check-world.ts';

const hourMs = 3_600_000;
const fillerId = (n: number) => v.parse(taskIdSchema, `filler-${n}`);
const at = (text: string) => instant(Date.parse(text));

test('a completed order becomes one task of the connection that bills, an open one waits', async () => {
  const world = await connectedWorld({ orders: [orderOf('1'), orderOf('2', { status: 'open' })] });
  await world.check();
  const tasks = await world.tasks();
  expect(tasks).toHaveLength(1);
  expect(tasks[0]).toMatchObject({
    connectionId,
    orderId: '1',
    state: 'needs-action',
    amount: { amountMinor: 1000n, currency: 'AUD' },
    groups: [{ subscriptionId: 's1', chargeKeys: ['1-a'], needs: [], written: 0 }],
  });
  expect(world.calls.filter((call) => call.startsWith('order '))).toEqual(['order 1']);
  world.orders[1] = orderOf('2');
  await world.clock.advance(5 * 60_000);
  await world.check();
  expect(await world.tasks()).toHaveLength(2);
});

test('a check without news is one call on each side', async () => {
  const world = await connectedWorld({
    orders: Array.from({ length: 100 }, (_, n) => orderOf(`${n}`)),
  });
  await world.check();
  world.calls.length = 0;
  const commits = world.store.commits();
  await world.clock.advance(5 * 60_000);
  await world.check();
  expect(world.calls.map((call) => call.split(' ')[0])).toEqual(['orders', 'documents']);
  expect(world.store.commits() - commits).toBeLessThanOrEqual(2);
});

test('the window starts a month ago, then 24 hours before the cursor, or at the oldest open order', async () => {
  const world = await connectedWorld();
  const from = async () => {
    world.calls.length = 0;
    await world.check();
    await world.clock.advance(hourMs);
    return world.calls.find((call) => call.startsWith('orders'))?.split(' ')[1];
  };
  expect(await from()).toBe('2026-10-23T00:00:00.000Z');
  expect(await from()).toBe('2026-11-22T10:00:00.000Z');
  world.orders.push(orderOf('1', { status: 'open', placedAt: at('2026-11-22T12:00:00Z') }));
  await world.check();
  await world.clock.advance(48 * hourMs);
  expect(await from()).toBe('2026-11-22T12:00:00.000Z');
});

test('a clock that was ahead and is set right loses nothing: what it had read up to is read again', async () => {
  const world = await connectedWorld();
  await world.check();
  await world.clock.advance(20 * hourMs);
  await world.check();
  world.clock.setBack(20 * hourMs);
  world.orders.push(orderOf('1'));
  world.calls.length = 0;
  await world.clock.advance(5 * 60_000);
  await world.check();
  expect(world.calls.find((call) => call.startsWith('orders'))).toContain('2026-10-2');
  expect(await world.tasks()).toHaveLength(1);
});

test('bill from moved back reads from there once, adopting marks anew before tasks', async () => {
  const world = await connectedWorld();
  await world.check();
  world.orders.push(orderOf('old', { placedAt: at('2026-09-05T00:00:00Z') }));
  await world.store.transact(tenantId, (tx) =>
    tx.put('connection', connectionOf({ marksAdopted: true, billFrom: date('2026-09-01') })),
  );
  world.calls.length = 0;
  await world.clock.advance(5 * 60_000);
  await world.check();
  expect(world.calls.slice(0, 3)).toEqual([
    'orders 2026-08-31T00:00:00.000Z',
    'order old',
    'marked',
  ]);
  expect(await world.tasks()).toHaveLength(1);
  world.calls.length = 0;
  await world.clock.advance(5 * 60_000);
  await world.check();
  expect(world.calls[0]).toBe('orders 2026-11-22T10:05:00.000Z');
});

test('orders older than the window are asked for once a day', async () => {
  const world = await connectedWorld({
    orders: [orderOf('1', { status: 'open', placedAt: at('2026-11-01T00:00:00Z') })],
  });
  await world.check();
  world.calls.length = 0;
  await world.clock.advance(hourMs);
  await world.check();
  expect(world.calls).not.toContain('order 1');
  world.orders[0] = orderOf('1', { placedAt: at('2026-11-01T00:00:00Z') });
  await world.clock.advance(24 * hourMs);
  await world.check();
  expect(world.calls.filter((call) => call === 'order 1')).toHaveLength(1);
  expect(await world.tasks()).toHaveLength(1);
});

test('a tenant without a connection reads orders, and gets its tasks when one is there', async () => {
  const world = createCheckWorld({ orders: [orderOf('1')] });
  await world.check();
  expect(await world.tasks()).toEqual([]);
  await world.store.transact(tenantId, (tx) => tx.put('connection', connectionOf()));
  await world.clock.advance(5 * 60_000);
  await world.check();
  expect(await world.tasks()).toHaveLength(1);
});

test('nobody gets a task before the marks of the account are known', async () => {
  const world = await connectedWorld({ orders: [orderOf('1')] });
  world.onCall = (call) => {
    if (call === 'documents') throw new AppError('system.unreachable', { retry: retryLater() });
  };
  const result = await world.check();
  expect(result.marketplace.status).toBe('ok');
  expect(result.connections[0]?.status).toBe('failed');
  expect(await world.tasks()).toEqual([]);
  world.onCall = () => {};
  await world.clock.advance(5 * 60_000);
  await world.check();
  expect(await world.tasks()).toHaveLength(1);
});

test('a changed order is read again and its task starts over; an unchanged one is left alone', async () => {
  const world = await connectedWorld({ orders: [orderOf('1')] });
  await world.check();
  const [before] = await world.tasks();
  if (before === undefined) throw new Error('expected a task');
  await world.store.transact(tenantId, (tx) =>
    tx.put('task', { ...before, state: 'ready', notified: true }),
  );
  await world.clock.advance(5 * 60_000);
  await world.check();
  expect((await world.tasks())[0]?.state).toBe('ready');
  const charge = chargeOf('1', { amount: { amountMinor: 1200n, currency: 'AUD' }, revision: 'r2' });
  world.orders[0] = orderOf('1', { charges: [charge], placedAt: at('2026-11-23T00:00:00Z') });
  await world.clock.advance(5 * 60_000);
  await world.check();
  const [after] = await world.tasks();
  expect(after).toMatchObject({
    id: before.id,
    state: 'needs-action',
    notified: false,
    amount: { amountMinor: 1200n },
  });
});

test('while its task is being written, a changed order waits', async () => {
  const placedAt = at('2026-11-23T00:00:00Z');
  const world = await connectedWorld({ orders: [orderOf('1', { placedAt })] });
  await world.check();
  const [task] = await world.tasks();
  if (task === undefined) throw new Error('expected a task');
  await world.store.transact(tenantId, (tx) => tx.put('task', { ...task, state: 'applying' }));
  world.orders[0] = orderOf('1', { placedAt, purchaseOrder: 'PO9' });
  await world.check();
  expect(await world.tasks()).toEqual([{ ...task, state: 'applying' }]);
  await world.store.transact(tenantId, (tx) => tx.put('task', { ...task, state: 'ready' }));
  await world.check();
  expect((await world.tasks())[0]?.orderRevision).toBe(world.orders[0]?.revision);
});

test('an order cancelled before it was billed leaves an ignored task with its reason', async () => {
  const placedAt = at('2026-11-23T00:00:00Z');
  const world = await connectedWorld({ orders: [orderOf('1', { placedAt })] });
  await world.check();
  world.orders[0] = orderOf('1', { placedAt, status: 'cancelled' });
  await world.check();
  expect((await world.tasks())[0]).toMatchObject({
    state: 'ignored',
    ignored: { reason: 'order-cancelled' },
  });
  world.orders[0] = orderOf('1', { placedAt });
  await world.check();
  expect((await world.tasks())[0]).toMatchObject({ state: 'needs-action', ignored: null });
});

test('a full queue takes nothing in, says so, and goes on when there is room', async () => {
  const world = await connectedWorld({ orders: [orderOf('1'), orderOf('2')] });
  await world.check();
  const [task] = await world.tasks();
  if (task === undefined) throw new Error('expected a task');
  await world.store.transact(tenantId, (tx) => {
    for (let n = tx.list('task').length; n < openTasksMax; n += 1)
      tx.put('task', { ...task, id: fillerId(n), orderId: `filler${n}` });
  });
  world.orders.push(orderOf('3', { placedAt: at('2026-11-23T09:00:00Z') }));
  await world.clock.advance(hourMs);
  const full = await world.check();
  expect(full.queueFull).toBe(true);
  const reader = await world.store.read(tenantId);
  expect(reader.get('note', 'store.queue-full')).not.toBeNull();
  expect(reader.get('order', '3')).toBeNull();
  expect(reader.get('cursor', 'marketplace:orders')?.position).toBe('2026-11-23T10:00:00.000Z');
  await world.store.transact(tenantId, (tx) => tx.remove('task', fillerId(openTasksMax - 1)));
  const free = await world.check();
  expect(free.queueFull).toBe(false);
  expect((await world.store.read(tenantId)).get('order', '3')).not.toBeNull();
  expect((await world.store.read(tenantId)).get('note', 'store.queue-full')).toBeNull();
});

test('a failing marketplace leaves its cursor, is logged once, and does not stop the other side', async () => {
  const world = await connectedWorld();
  await world.check();
  world.onCall = (call) => {
    if (call.startsWith('orders'))
      throw new AppError('marketplace.unreachable', { retry: retryLater() });
  };
  for (let round = 0; round < 3; round += 1) {
    await world.clock.advance(5 * 60_000);
    const result = await world.check();
    expect(result.marketplace).toMatchObject({
      status: 'failed',
      failures: [{ code: 'marketplace.unreachable' }],
    });
    expect(result.connections[0]?.status).toBe('ok');
  }
  expect(await world.logged('check-failed')).toBe(1);
  expect((await world.store.read(tenantId)).get('cursor', 'marketplace:orders')?.position).toBe(
    '2026-11-23T10:00:00.000Z',
  );
  world.onCall = () => {};
  await world.check();
  expect((await world.store.read(tenantId)).list('note')).toEqual([]);
});

test('a side that names a time is left alone until then, but not by a person', async () => {
  const world = await connectedWorld();
  world.onCall = (call) => {
    if (call.startsWith('orders'))
      throw new AppError('marketplace.quota', { retry: retryLater(at('2026-11-23T12:00:00Z')) });
  };
  await world.check();
  await world.clock.advance(hourMs);
  world.calls.length = 0;
  expect((await world.check()).marketplace.status).toBe('skipped');
  expect(world.calls).toEqual(['companies', 'items', 'documents']);
  expect((await world.check('person')).marketplace.status).toBe('failed');
  await world.clock.advance(hourMs);
  world.onCall = () => {};
  expect((await world.check()).marketplace.status).toBe('ok');
});

test('an unreadable order is kept and logged once, and let go when it can be read', async () => {
  const world = await connectedWorld({
    unreadable: [{ what: 'order', id: '9', problem: 'total', body: '{}' }],
  });
  await world.check();
  await world.check();
  expect(await world.logged('record-kept')).toBe(1);
  expect((await world.store.read(tenantId)).list('keptRecord')).toHaveLength(1);
  world.unreadable.length = 0;
  world.orders.push(orderOf('9'));
  await world.clock.advance(24 * hourMs);
  await world.check();
  expect((await world.store.read(tenantId)).list('keptRecord')).toEqual([]);
});
