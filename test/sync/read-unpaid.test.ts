import { expect, test } from 'vitest';
import { date } from '../../server/domain/dates.ts';
import { customerMappingId } from '../../server/domain/mapping.ts';
import type { Subscription } from '../../server/domain/subscription.ts';
import { subscriptionDetailsPerDay } from '../../server/sync/check/limits.ts';
import { connectedWorld, connectionId, tenantId } from './check-world.ts';

const dayMs = 86_400_000;

/** Paid by the month since 5 January, its products not told by the list. */
const subscriptionOf = (id: string, changes: Partial<Subscription> = {}): Subscription => ({
  id,
  name: 'Seat',
  customerId: 'cust1',
  status: 'active',
  autoRenews: true,
  startDate: date('2026-01-05'),
  renewalDate: null,
  expirationDate: null,
  modifiedDate: date('2026-03-01'),
  billingPeriod: { unit: 'month', count: 1 },
  term: null,
  detailed: false,
  products: [],
  ...changes,
});

/** A customer billed since October; orders were read since, and none came. Sixteen days lie between the checks. */
async function checkedTwice(subscriptions: Subscription[], billFrom = '2026-10-01') {
  const world = await connectedWorld({ subscriptions }, { billFrom: date(billFrom) });
  await world.store.transact(tenantId, (tx) =>
    tx.put('customerMapping', {
      id: customerMappingId(connectionId, 'cust1'),
      connectionId,
      customerId: 'cust1',
      targetId: 'co1',
      targetName: 'Company',
      suggestion: null,
      history: [],
      automatic: false,
      automaticBy: null,
      letters: { state: 'off', since: null },
      billFrom: null,
      bills: true,
      scheduleAnswered: false,
    }),
  );
  await world.check();
  const first = details(world.calls).length;
  await world.clock.advance(16 * dayMs);
  await world.check();
  return { world, read: details(world.calls).slice(first) };
}
const details = (calls: readonly string[]): string[] =>
  calls.filter((call) => call.startsWith('subscription '));

test('a subscription with a period that nothing pays for is read, so that its charge can be named', async () => {
  const { world, read } = await checkedTwice([subscriptionOf('s1')]);
  expect(read).toEqual(['subscription s1']);
  expect((await world.store.read(tenantId)).get('subscription', 's1')?.detailed).toBe(true);
});

test('what needs no charge, or whose products are known, costs no call', async () => {
  const { read } = await checkedTwice([
    subscriptionOf('ended', { status: 'ended' }),
    subscriptionOf('suspended', { status: 'suspended' }),
    subscriptionOf('known', {
      products: [
        {
          productId: 'p1',
          partNumber: null,
          name: 'Seat',
          quantity: '3',
          unitPrice: '10',
          unitCost: null,
          currency: 'AUD',
        },
      ],
    }),
  ]);
  expect(read).toEqual([]);
});

test('before anything is billed here nothing is missing', async () => {
  const { read } = await checkedTwice([subscriptionOf('s1')], '2027-01-01');
  expect(read).toEqual([]);
});

test('a day reads no more than its share', async () => {
  const many = Array.from({ length: subscriptionDetailsPerDay + 3 }, (_, at) =>
    subscriptionOf(`s${at}`),
  );
  const { read } = await checkedTwice(many);
  expect(read).toHaveLength(subscriptionDetailsPerDay);
});
