import { expect, it } from 'vitest';
import { chargesOnOpenLines } from '../../server/sync/check/adopt-open-lines.ts';
import { openLineMarker } from '../../server/sync/plan/open-lines.ts';
import { planWorld } from '../kit/plan-world.ts';
import { testCrypto } from '../kit/test-crypto.ts';

type History = readonly { from: string; quantity: string }[];

/** A month of twelve seats and its cancellation on the first day, as a line of that history tells of them. */
function foundOn(history: History) {
  const made = planWorld({
    subscriptions: [{}],
    orders: [
      {
        id: 'o1',
        type: 'billing',
        products: [product],
        charges: [{ key: 'month', share: '1', quantity: '12', period }],
      },
      {
        id: 'o2',
        type: 'cancellation',
        products: [product],
        charges: [
          {
            key: 'refund',
            class: 'credit',
            detailType: 'recurringRefund',
            share: '0.9667',
            quantity: '12',
            amount: '-103.36',
            period,
          },
        ],
      },
    ],
  });
  const charge = made.world.charge('month');
  if (charge === null) throw new Error('no charge');
  const marker = openLineMarker(made.world, charge.subscriptionId, charge);
  const last = history.at(-1)?.quantity ?? '0';
  const { world } = planWorld({
    documents: [
      {
        id: 'd1',
        kind: 'contract',
        lines: [
          {
            id: 'l1',
            description: 'Seats',
            quantity: last,
            unitPrice: '8.91',
            discount: null,
            amount: { amountMinor: 0n, currency: 'AUD' },
            tax: null,
            itemCode: null,
            accountCode: null,
            taxType: null,
            tracking: [],
            marker,
            history: [...history],
            raw: null,
          },
        ],
      },
    ],
  });
  const document = world.snapshot('d1')?.document;
  const line = document?.lines[0];
  if (document === undefined || line === undefined) throw new Error('no line');
  return [
    ...chargesOnOpenLines({
      reader: made.reader,
      crypto: testCrypto,
      scope: made.world.scope,
      marked: [{ document, line, marker }],
    }).values(),
  ]
    .flat()
    .map((one) => [one.charge.key, one.step.quantity]);
}

const period = { start: '2026-11-23', end: '2026-12-23' };
const product = {
  productId: 'p1',
  partNumber: null,
  name: null,
  quantity: '12',
  subscriptionId: 's1',
};

it('takes a cancellation for written where the line ended, not where it came to what was cancelled', () => {
  const opened = { from: '2026-11-23', quantity: '12' };
  expect(foundOn([opened])).toEqual([['month', '12']]);
  expect(foundOn([opened, { from: '2026-11-24', quantity: '0' }])).toEqual([
    ['month', '12'],
    ['refund', '0'],
  ]);
});
