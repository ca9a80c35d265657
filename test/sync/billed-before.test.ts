import { expect, test } from 'vitest';
import { date } from '../../server/domain/dates.ts';
import type { Order } from '../../server/domain/order.ts';
import { isBilledBefore } from '../../server/sync/check/billed-before.ts';
import { lineMarker } from '../../server/sync/markers.ts';
import { createMemoryStore } from '../kit/memory-store.ts';
import { planWorld } from '../kit/plan-world.ts';
import { createTestClock } from '../kit/test-clock.ts';
import { testCrypto } from '../kit/test-crypto.ts';
import { chargeOf, connectionOf, orderOf, tenantId } from './check-world.ts';

/** Made here, as a part of a year is: its key follows from what it is about. */
const made = orderOf('part:x:1', {
  type: 'part',
  charges: [chargeOf('part:x:1', { placedOn: date('2026-11-01') })],
});
const markOf = ({ charges }: Order, accountId = 'acc1', generation = 1): string =>
  lineMarker(testCrypto, { tenantId, accountId }, charges[0]?.key ?? '', {
    instalment: 0,
    generation,
    sign: 1,
  });

/** What is said of the order where one line of a document carries a mark. */
async function isSaid(marker: string | null, known: readonly Order[] = []): Promise<boolean> {
  const store = createMemoryStore(createTestClock('2026-11-23T10:00:00Z'));
  const line = {
    id: 'l1',
    description: 'Seat',
    quantity: '1',
    unitPrice: '10',
    amount: { amountMinor: 1000n, currency: 'AUD' },
    tax: null,
    raw: {},
    discount: null,
    itemCode: null,
    accountCode: null,
    taxType: null,
    tracking: [],
    marker,
  };
  const { fill } = planWorld({ documents: [{ lines: [line] }] });
  await store.transact(tenantId, (tx) => {
    fill(tx);
    tx.put('connection', connectionOf());
    for (const { charges, ...order } of known)
      tx.put('order', { ...order, charges: charges.map(({ key }) => key) });
  });
  return isBilledBefore(await store.read(tenantId), { crypto: testCrypto, tenantId }, [made]);
}

test('a line with the mark of an order that is new here was written before the app was installed anew', async () => {
  expect(await isSaid(markOf(made))).toBe(true);
});

test('an order that is known already has its link: nothing is looked for', async () => {
  expect(await isSaid(markOf(made), [made])).toBe(false);
});

test.each([
  ['no mark', null],
  ['the mark of another charge', markOf(orderOf('part:x:2'))],
  ['the mark of another account', markOf(made, 'acc2')],
  ['the mark of a line that was written a second time', markOf(made, 'acc1', 2)],
])('%s says nothing', async (_case, marker) => {
  expect(await isSaid(marker)).toBe(false);
});
