import { expect, test } from 'vitest';
import { date } from '../../server/domain/dates.ts';
import type { Subscription } from '../../server/domain/subscription.ts';
import { chargeOf, connectedWorld, orderOf, tenantId } from './check-world.ts';

const dayMs = 86_400_000;
const subscriptionOf = (changes: Partial<Subscription> = {}): Subscription => ({
  id: 's1',
  name: 'Seat',
  customerId: 'cust1',
  status: 'active',
  autoRenews: true,
  startDate: date('2026-01-15'),
  renewalDate: null,
  expirationDate: null,
  modifiedDate: date('2026-03-01'),
  billingPeriod: { unit: 'month', count: 1 },
  term: null,
  detailed: false,
  products: [],
  ...changes,
});

test('the list is read once a day, a detail only when its list form changed', async () => {
  const world = await connectedWorld({ subscriptions: [subscriptionOf()] });
  const details = () => world.calls.filter((call) => call.startsWith('subscription '));
  await world.check();
  await world.clock.advance(dayMs);
  await world.check();
  expect(world.calls.filter((call) => call === 'subscriptions')).toHaveLength(2);
  expect(details()).toEqual([]);
  world.subscriptions[0] = subscriptionOf({ status: 'suspended' });
  await world.clock.advance(3_600_000);
  await world.check();
  expect(details()).toEqual([]);
  await world.clock.advance(dayMs);
  await world.check();
  await world.clock.advance(dayMs);
  await world.check();
  expect(details()).toEqual(['subscription s1']);
  expect((await world.store.read(tenantId)).get('subscription', 's1')).toMatchObject({
    status: 'suspended',
    detailed: true,
  });
});

test('a part-period charge gets its days from its subscription', async () => {
  const charge = chargeOf('1', { share: '0.8', placedOn: date('2026-11-20') });
  const world = await connectedWorld({
    orders: [orderOf('1', { charges: [charge] })],
    subscriptions: [subscriptionOf()],
  });
  await world.check();
  expect((await world.store.read(tenantId)).get('charge', '1-a')?.period).toEqual({
    start: '2026-11-20',
    end: '2026-12-15',
  });
});
