import { expect, test } from 'vitest';
import { type CalendarDate, date, instant } from '../../server/domain/dates.ts';
import type { Order } from '../../server/domain/order.ts';
import type { Subscription } from '../../server/domain/subscription.ts';
import { renewedPeriodOf } from '../../server/sync/check/periods.ts';
import { type CheckWorld, chargeOf, connectedWorld, orderOf, tenantId } from './check-world.ts';

const month = { unit: 'month' as const, count: 1 };
const year = { unit: 'year' as const, count: 1 };
const subscriptionOf = (changes: Partial<Subscription> = {}): Subscription => ({
  id: 's1',
  name: 'Seat',
  customerId: 'cust1',
  status: 'active',
  autoRenews: true,
  startDate: date('2024-11-20'),
  renewalDate: null,
  expirationDate: date('2027-11-20'),
  modifiedDate: null,
  billingPeriod: month,
  term: year,
  detailed: false,
  products: [],
  ...changes,
});

function renewalOf(id: string, day = '2026-11-20', changes: Partial<Order> = {}): Order {
  const charge = chargeOf(id, {
    key: `${id}-a` as never,
    detailType: 'renew',
    placedOn: date(day),
  });
  const placedAt = instant(Date.parse(`${day}T01:00:00Z`));
  return orderOf(id, { type: 'renewal', placedAt, charges: [charge], ...changes });
}
const periodOf = async (world: CheckWorld, id: string) =>
  (await world.store.read(tenantId)).get('charge', `${id}-a`)?.period;
const days = (start: string, end: string) => ({ start, end });

test('a renewal pays for the first billing period after the term that it renewed', async () => {
  const world = await connectedWorld({
    orders: [renewalOf('1')],
    subscriptions: [subscriptionOf()],
  });
  await world.check();
  expect(await periodOf(world, '1')).toEqual(days('2026-11-20', '2026-12-20'));
});

test('the subscriptions are read once more for all new renewals, and not at all without one', async () => {
  const world = await connectedWorld({
    orders: [renewalOf('1'), renewalOf('2', '2026-11-21', { subscriptionId: 's2' })],
    subscriptions: [subscriptionOf()],
  });
  await world.check();
  const readings = () => world.calls.filter((call) => call === 'subscriptions').length;
  expect(readings()).toBe(2);
  await world.clock.advance(300_000);
  await world.check();
  expect(readings()).toBe(2);
});

test('renewals taken in at once, even of one moment, each get the days of their own term', async () => {
  const world = await connectedWorld({
    orders: [renewalOf('1'), renewalOf('2'), renewalOf('3', '2026-11-21')],
    subscriptions: [subscriptionOf({ term: month, expirationDate: date('2027-02-20') })],
  });
  await world.check();
  expect(await periodOf(world, '1')).toEqual(days('2026-11-20', '2026-12-20'));
  expect(await periodOf(world, '2')).toEqual(days('2026-12-20', '2027-01-20'));
  expect(await periodOf(world, '3')).toEqual(days('2027-01-20', '2027-02-20'));
});

test('known days stay when a later renewal moves the term on and the order changes', async () => {
  const first = renewalOf('1');
  const world = await connectedWorld({ orders: [first], subscriptions: [subscriptionOf()] });
  await world.check();
  world.subscriptions[0] = subscriptionOf({ expirationDate: date('2028-11-20') });
  world.orders[0] = renewalOf('1', '2026-11-20', { purchaseOrder: 'PO 7' });
  world.orders.push(renewalOf('2', '2026-11-23'));
  await world.clock.advance(300_000);
  await world.check();
  expect(await periodOf(world, '1')).toEqual(days('2026-11-20', '2026-12-20'));
  expect(await periodOf(world, '2')).toEqual(days('2027-11-20', '2027-12-20'));
});

test('a renewal that completes while the terms are read makes the others wait for the next check', async () => {
  const world = await connectedWorld({
    orders: [renewalOf('1'), orderOf('9')],
    subscriptions: [subscriptionOf()],
  });
  let readings = 0;
  world.onCall = (call) => {
    if (call !== 'subscriptions') return;
    readings += 1;
    if (readings !== 2) return;
    world.orders.push(renewalOf('2', '2026-11-21'));
    world.subscriptions[0] = subscriptionOf({ expirationDate: date('2028-11-20') });
  };
  const result = await world.check();
  expect(result.queueFull).toBe(false);
  expect((await world.tasks()).map(({ orderId }) => orderId)).toEqual(['9']);
  await world.clock.advance(300_000);
  await world.check();
  expect(await periodOf(world, '1')).toEqual(days('2026-11-20', '2026-12-20'));
  expect(await periodOf(world, '2')).toEqual(days('2027-11-20', '2027-12-20'));
});

test('days are never guessed: a newer renewal that cannot be read leaves the older ones without', async () => {
  const world = await connectedWorld({
    orders: [renewalOf('1'), renewalOf('2', '2026-11-21', { subscriptionId: null })],
    subscriptions: [subscriptionOf()],
  });
  await world.check();
  expect(await periodOf(world, '1')).toBeNull();
});

test.each<[string, Partial<Subscription>]>([
  ['has no term', { term: null }],
  ['does not tell its end', { expirationDate: null }],
  ['is billed by days', { billingPeriod: { unit: 'day', count: 30 } }],
  ['ended on a day of its own', { status: 'ended', expirationDate: date('2027-03-03') }],
])('a subscription that %s tells no days', (_, changes) => {
  expect(renewedPeriodOf(subscriptionOf(changes), 0)).toBeNull();
});

test.each<[string, CalendarDate, CalendarDate, number, string, string]>([
  [
    'the 31st stays the 31st',
    date('2026-01-31'),
    date('2027-02-28'),
    0,
    '2027-01-31',
    '2027-02-28',
  ],
  ['past a short month', date('2026-01-31'), date('2027-04-30'), 1, '2027-02-28', '2027-03-31'],
  ['off the grid', date('2026-01-10'), date('2027-02-15'), 0, '2027-01-15', '2027-02-15'],
])('counted by the day it began: %s', (_, startDate, expirationDate, newer, start, end) => {
  const subscription = subscriptionOf({ startDate, expirationDate, term: month });
  expect(renewedPeriodOf(subscription, newer)).toEqual(days(start, end));
});
