import fc from 'fast-check';
import type { Settings } from '../../server/domain/settings.ts';
import type { Plain, PlainCharge, PlainOrder } from '../kit/plan-world.ts';
import { decimals } from './arbitraries.ts';

const kinds = fc.constantFrom<Pick<PlainCharge, 'class' | 'detailType'>[]>(
  { class: 'recurring', detailType: 'recurring' },
  { class: 'recurring', detailType: 'renew' },
  { class: 'setup', detailType: 'setup' },
  { class: 'usage', detailType: 'overuse' },
  { class: 'credit', detailType: 'recurringRefund' },
  { class: 'proration', detailType: 'downgrade' },
  { class: 'movement', detailType: 'payment' },
  { class: 'unknown', detailType: 'brandNew' },
);

const charge: fc.Arbitrary<PlainCharge> = fc
  .tuple(
    kinds,
    fc.record({
      amount: decimals(2, 10n ** 6n),
      quantity: decimals(2, 10n ** 4n),
      unitPrice: fc.option(decimals(4, 10n ** 6n)),
      productId: fc.constantFrom('p1', 'p2', 'p3', 'unmapped'),
      subscriptionId: fc.constantFrom('s1', 's2', 's-year', null),
    }),
  )
  .map(([kind, rest]) => ({ ...kind, ...rest }));

const order: fc.Arbitrary<PlainOrder> = fc
  .record({
    type: fc.constantFrom<NonNullable<PlainOrder['type']>[]>(
      'sales',
      'change',
      'renewal',
      'billing',
      'cancellation',
      'migration',
    ),
    currency: fc.constantFrom('AUD', 'AUD', 'USD'),
    placedOn: fc.constantFrom('2026-10-30', '2026-11-02', '2026-11-10', '2026-11-20'),
    customerId: fc.constantFrom('cust1', 'cust2', 'cust-unmapped'),
    charges: fc.array(charge, { minLength: 1, maxLength: 5 }),
  })
  .map(({ currency, charges, ...rest }) => ({
    ...rest,
    charges: charges.map((one) => ({ ...one, currency })),
  }));

const settings: fc.Arbitrary<Partial<Settings>> = fc.record({
  invoice: fc.constantFrom('per-order', 'existing', 'monthly'),
  refunds: fc.constantFrom('with', 'credit-note'),
  seatsDown: fc.constantFrom('credit', 'quantity-only'),
  yearly: fc.constantFrom('own', 'join'),
  zeroLines: fc.constantFrom('leave-out', 'write'),
  whenClosed: fc.constantFrom('new', 'hold'),
});

const documents: fc.Arbitrary<NonNullable<Plain['documents']>> = fc.constantFrom<
  NonNullable<Plain['documents']>[]
>(
  [],
  [{ id: 'open' }],
  [{ id: 'closed', state: 'approved' }],
  [{ id: 'month', purpose: 'month:2026-12-01' }],
);

/** Worlds of a few orders, with and without questions. */
export const plains: fc.Arbitrary<Plain> = fc
  .record({ orders: fc.array(order, { minLength: 1, maxLength: 4 }), settings, documents })
  .map(({ orders, ...rest }) => ({
    ...rest,
    orders: orders.map((one, index) => ({ ...one, id: `o${index + 1}` })),
  }));
