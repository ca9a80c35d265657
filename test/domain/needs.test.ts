import { describe, expect, it } from 'vitest';
import { totalsReading } from '../../server/sync/plan/needs.ts';
import { orderOf, type Plain, planWorld } from '../kit/plan-world.ts';

const asked = (plain: Plain): string[] => [
  ...new Set(
    planWorld({ orders: [{}], ...plain })
      .plan()
      .plans.flatMap(({ needs }) => needs.map(({ code, guard }) => (guard ? `${code}!` : code))),
  ),
];

describe('a plan asks', () => {
  it('nothing where everything is in place', () => {
    expect(asked({})).toEqual([]);
  });

  it('for a contact and an item that are not mapped', () => {
    expect(asked({ customers: [] })).toEqual(['map-customer']);
    expect(asked({ mappings: [] })).toEqual(['map-product']);
    expect(asked({ mappings: [{ targetId: null, accountCode: '200' }] })).toEqual([]);
  });

  it('stops where contact or item are archived or gone', () => {
    expect(asked({ companies: [{ archived: true }] })).toEqual(['company-archived!']);
    expect(asked({ companies: [] })).toEqual(['company-archived!']);
    expect(asked({ items: [{ archived: true }] })).toEqual(['map-product!']);
    expect(asked({ items: [] })).toEqual(['map-product!']);
  });

  it('which subscription a charge belongs to, once', () => {
    const orders = [{ charges: [{ subscriptionId: null, candidates: ['s1', 's2'] }] }];
    expect(asked({ orders })).toEqual(['subscription-of-charge']);
    const decisions: Plain['decisions'] = [
      {
        scope: { kind: 'charge', key: 'o1-1', revision: 'r1' },
        value: { kind: 'subscription', subscriptionId: 's2' },
      },
    ];
    expect(asked({ orders, decisions })).toEqual([]);
  });

  it('stops on a total that is not the sum, until exactly that is accepted', () => {
    const orders = [{ total: '12' }];
    expect(asked({ orders })).toEqual(['total-differs!']);
    const accept = (seen: string): NonNullable<Plain['decisions']> => [
      {
        scope: { kind: 'order', orderId: 'o1' },
        value: { kind: 'accept', need: 'total-differs', seen },
      },
    ];
    expect(asked({ orders, decisions: accept('rev-o1') })).toEqual([]);
    expect(asked({ orders, decisions: accept('another') })).toEqual(['total-differs!']);
  });

  it('stops on two currencies in one order, and on one the organisation does not have', () => {
    expect(asked({ orders: [{ charges: [{}, { currency: 'USD' }] }] })).toEqual([
      'currency-differs!',
    ]);
    expect(asked({ reference: { currencies: ['NZD'] } })).toEqual(['currency-disabled!']);
    expect(asked({ reference: {} })).toEqual([]);
  });

  it('stops on a price at or below a known cost, until that pair of figures is accepted', () => {
    const orders = [{ charges: [{ amount: '10', cost: '12' }] }];
    expect(asked({ orders })).toEqual(['below-cost!']);
    const decisions: Plain['decisions'] = [
      {
        scope: { kind: 'charge', key: 'o1-1', revision: 'r1' },
        value: { kind: 'accept', need: 'below-cost', seen: '1000 1200' },
      },
    ];
    expect(asked({ orders, decisions })).toEqual([]);
  });

  it('for an account where the document is posted, and only warns for a draft', () => {
    expect(asked({ settings: { postAs: 'submitted' } })).toEqual(['no-account']);
    const [draft] = planWorld({ orders: [{}] }).plan().plans;
    expect(draft?.warnings.map(({ code }) => code)).toEqual(['no-account']);
  });
});

describe('what an installation means by a total', () => {
  it('is proved by an order with tax, one way or the other', () => {
    const taxed = (total: string) =>
      totalsReading(orderOf({ charges: [{ amount: '10', tax: '1' }], total }));
    expect(taxed('10')).toBe('net');
    expect(taxed('11')).toBe('tax');
    expect(taxed('12')).toBeNull();
    expect(totalsReading(orderOf({}))).toBeNull();
  });

  it('is then held: the other reading stops', () => {
    const orders = [{ charges: [{ amount: '10', tax: '1' }], total: '10' }];
    expect(asked({ orders, connection: { totalsInclude: 'net' } })).toEqual([]);
    expect(asked({ orders, connection: { totalsInclude: 'tax' } })).toEqual(['total-differs!']);
  });
});
