import { expect, it } from 'vitest';
import { openLineMarker } from '../../server/sync/plan/open-lines.ts';
import { changesOf } from '../../server/sync/write-plan.ts';
import { type Plain, type PlainOrder, planWorld } from '../kit/plan-world.ts';

const product = {
  productId: 'p1',
  partNumber: null,
  name: null,
  quantity: '12',
  subscriptionId: 's1',
};
/** Of a subscription that ended with the period until the tenth; placed on the second of December. */
const change = (start: string, end: string): PlainOrder => ({
  id: 'o2',
  number: 'CH-2',
  type: 'change',
  placedAt: `${start}T00:00:00.000Z`,
  placedOn: start,
  products: [product],
  charges: [
    { key: 'part', class: 'proration', share: '0.5', quantity: '2', period: { start, end } },
  ],
});
const cancellation: PlainOrder = {
  id: 'o3',
  number: 'CL-3',
  type: 'cancellation',
  placedAt: '2026-12-05T00:00:00.000Z',
  placedOn: '2026-12-05',
  products: [product],
  charges: [
    {
      key: 'refund',
      class: 'credit',
      share: '0.5',
      amount: '-5',
      period: { start: '2026-12-05', end: '2026-12-10' },
    },
  ],
};
const standing = {
  document: 'contract' as const,
  wholeUnits: true,
  wholePeriods: false,
  exports: [],
};
const base = (orders: readonly PlainOrder[]): Plain => ({
  manifest: { kind: 'standing', standing },
  now: '2026-12-06T00:00:00.000Z',
  items: [{ id: 'i1', price: null }],
  mappings: [{ productKey: 'p1', targetId: 'i1' }],
  subscriptions: [{ status: 'ended', expirationDate: '2027-11-10' }],
  orders,
});

/** The contract with ten seats open, of which the cancellation is written where it is given. */
function stepsOf(orders: readonly PlainOrder[], ended: string | null) {
  const known = planWorld(base(orders));
  const charge = known.world.charge('part');
  if (charge === null) throw new Error('no charge');
  const marker = openLineMarker(known.world, 's1', charge);
  const line = {
    id: 'l1',
    description: 'Seats',
    quantity: '10',
    unitPrice: '10',
    discount: null,
    amount: { amountMinor: 10_000n, currency: 'AUD' as const },
    tax: null,
    itemCode: null,
    accountCode: null,
    taxType: null,
    tracking: [],
    marker,
    raw: null,
  };
  const { plans } = planWorld({
    ...base(orders),
    documents: [{ id: 'k1', kind: 'contract', state: 'running', lines: [line] }],
    links:
      ended === null
        ? []
        : [
            {
              chargeKey: 'refund',
              orderId: 'o3',
              documentId: 'k1',
              marker: 'LP00000000000000AA',
              step: { marker, from: ended, quantity: '0', unitPrice: '0' },
            },
          ],
  }).plan();
  return plans
    .filter(({ needs }) => needs.length === 0)
    .flatMap((plan) => changesOf(plan))
    .flatMap((one) =>
      one.change === 'stand' ? one.steps.map(({ from, quantity }) => [from, quantity]) : [],
    );
}

it('a change that completes after the end of its subscription was written does not take it up again', () => {
  const late = change('2026-12-02', '2026-12-10');
  expect(stepsOf([late, cancellation], null)).toEqual([['2026-12-10', '0']]);
  expect(stepsOf([late, cancellation], '2026-12-10')).toEqual([]);
});

it('nor does one that was placed while the cancellation was on its way', () => {
  const later = change('2026-12-06', '2026-12-10');
  expect(stepsOf([cancellation, later], null)).toEqual([['2026-12-10', '0']]);
  expect(stepsOf([cancellation, later], '2026-12-10')).toEqual([]);
});

it('one of a period before the end holds until then', () => {
  const late = change('2026-11-20', '2026-11-30');
  expect(stepsOf([late, cancellation], '2026-12-10')).toEqual([
    ['2026-11-30', '12'],
    ['2026-12-10', '0'],
  ]);
});
