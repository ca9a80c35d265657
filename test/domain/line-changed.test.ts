import { expect, it } from 'vitest';
import { evaluateOrder } from '../../server/sync/plan/evaluate.ts';
import { openLineMarker } from '../../server/sync/plan/open-lines.ts';
import type { PlanWorld } from '../../server/sync/plan/world.ts';
import { planWorld } from '../kit/plan-world.ts';

const standing = {
  document: 'contract' as const,
  wholeUnits: true,
  wholePeriods: false,
  exports: [],
};

/** What an order of four seats asks where the contract of its customer says this of changes by people. */
function asked(driftOf: (marker: string) => string | null, about = 'c1') {
  const { world } = planWorld({
    manifest: { kind: 'standing', standing },
    items: [{ id: 'i1', price: null }],
    mappings: [
      { productKey: 'p1', targetId: 'i1' },
      { productKey: 'p2', targetId: 'i1' },
    ],
    subscriptions: [{}],
    orders: [
      {
        id: 'o1',
        charges: [
          { key: 'c1', share: '1', quantity: '4' },
          { key: 'c2', productId: 'p2', share: '1', quantity: '4' },
        ],
      },
    ],
    documents: [{ id: 'k1', kind: 'contract', state: 'running', ours: true }],
  });
  const order = world.order('o1');
  const charge = world.charge(about);
  const snapshot = world.snapshot('k1');
  if (order === null || charge === null || snapshot === null) throw new Error('not there');
  const drift = driftOf(openLineMarker(world, charge.subscriptionId, charge));
  const changed: PlanWorld = { ...world, documentsOf: () => [{ ...snapshot, drift }] };
  return evaluateOrder(changed, order).flatMap(({ needs }) => needs.map(({ code }) => code));
}

it('an order waits that would change an open line which somebody changed', () => {
  for (const about of ['c1', 'c2'])
    expect(asked((marker) => `amount:LP0 quantity:${marker}`, about)).toEqual(['line-changed']);
});

it('it goes on where another line was changed, or none, and where the line is gone', () => {
  expect(asked((marker) => `missing:${marker}`)).toEqual([]);
  expect(asked(() => 'amount:LP0000000000000000')).toEqual([]);
  expect(asked(() => null)).toEqual([]);
});
