import { describe, expect, it } from 'vitest';
import { type BookPrice, type Books, defaultBookSettings } from './books.ts';
import { written } from './exact.ts';
import { began, books, renewed, sold } from './journals.ts';
import { wantedOf } from './wanted.ts';

function outcome(journal: Parameters<typeof wantedOf>[0], changes: Partial<Books> = {}) {
  const { bill, none } = wantedOf(journal, books(changes));
  return {
    bill: bill.map(({ order, amount }) => `${order} ${written(amount)}`),
    none: none.map(({ charge, reason }) => `${charge.order} ${reason}`),
  };
}
const sale = sold('SO1', [{ quantity: 2, unit: '10.00', amount: '20.00' }]);
const setting = (settings: Partial<Books['settings']>) => ({
  settings: { ...defaultBookSettings, ...settings },
});

describe('what the bookkeeper wants billed', () => {
  it('bills every charge of a completed order, and nothing of an open one', () => {
    const open = { ...sale, kind: 'order.created' };
    expect(outcome([open])).toEqual({ bill: [], none: [] });
    expect(outcome([open, sale])).toEqual({ bill: ['SO1 20'], none: [] });
  });

  it('never bills money that moves, and leaves out what costs nothing', () => {
    const order = sold('SO1', [{ amount: '0.00' }, { type: 'deposit', amount: '-5.00' }]);
    expect(outcome([order])).toEqual({
      bill: [],
      none: ['SO1 nothing to pay', 'SO1 money that moves'],
    });
    expect(outcome([order], setting({ zeroLines: 'write' })).bill).toEqual(['SO1 0']);
  });

  it('waits for an unmapped customer or product, and holds the group with it', () => {
    const two = sold('SO1', [{ amount: '1.00' }, { product: 'p9', amount: '2.00' }]);
    expect(outcome([two]).none).toEqual([
      'SO1 held with its group: the product is not mapped',
      'SO1 the product is not mapped',
    ]);
    expect(outcome([sale], { customers: {} }).none).toEqual(['SO1 the customer is not mapped']);
  });

  it('splits the past from the future at bill from, half-open on both', () => {
    const at = (day: string) =>
      sold('SO1', [{ amount: '20.00' }], {
        creationDate: `${day}T00:00:00Z`,
        provisioningDate: `${day}T00:00:00Z`,
      });
    expect(outcome([at('2026-11-01')]).bill).toEqual(['SO1 20']);
    expect(outcome([at('2026-10-31')]).none).toEqual(['SO1 before bill from']);
    expect(outcome([at('2026-11-01')], { billFrom: null }).none).toEqual(['SO1 no bill from']);
  });

  it('asks where order and service stand on both sides of bill from', () => {
    const usage = sold('BO1', [{ type: 'overuse', amount: '4.00' }], {
      type: 'unknown',
      creationDate: '2026-11-05T00:00:00Z',
    });
    expect(outcome([usage]).none).toEqual(['BO1 on both sides of bill from']);
    expect(outcome([usage], { straddles: [{ customer: 'c1', answer: 'bill' }] }).bill).toEqual([
      'BO1 4',
    ]);
    const billed = { straddles: [{ customer: 'c1', answer: 'already-billed' as const }] };
    expect(outcome([usage], billed).none).toEqual(['BO1 already billed']);
  });

  it('takes what was said of an order over what was said of its customer, also later', () => {
    const usage = sold('BO1', [{ type: 'overuse', amount: '4.00' }], {
      type: 'unknown',
      creationDate: '2026-11-05T00:00:00Z',
    });
    const straddles = [
      { order: 'BO1', answer: 'bill' as const },
      { customer: 'c1', answer: 'already-billed' as const },
    ];
    expect(outcome([usage], { straddles }).bill).toEqual(['BO1 4']);
  });

  it('counts the days of a renewal from the end of the term that it renewed', () => {
    const renewal = sold('RN1', [{ type: 'renew', amount: '9.00' }], {
      type: 'renewal',
      creationDate: '2026-10-28T00:00:00Z',
    });
    const moved = renewed('s1', {
      creationDate: '2025-11-05',
      to: '2027-11-05',
      by: 'id-RN1',
    });
    const journal = [began('s1', '2025-11-05', '2026-11-05'), moved, renewal];
    expect(outcome(journal).none).toEqual(['RN1 on both sides of bill from']);
    const { none } = wantedOf(journal, books());
    expect(none.map(({ charge }) => charge.start)).toEqual(['2026-11-05']);
  });

  it('waits for the opening answer of a subscription that was running', () => {
    const journal = [began('s1', '2026-08-01'), sale];
    expect(outcome(journal).none).toEqual(['SO1 the opening question']);
    expect(outcome(journal, { openings: { s1: 'next-order' } }).bill).toEqual(['SO1 20']);
  });

  it('reaches back to the newest order where the answer says so', () => {
    const old = sold('BO1', [{ amount: '3.00' }], {
      type: 'unknown',
      creationDate: '2026-10-28T00:00:00Z',
    });
    const older = sold('BO0', [{ amount: '2.00' }], {
      type: 'unknown',
      creationDate: '2026-09-28T00:00:00Z',
    });
    const journal = [began('s1', '2026-08-01'), old, older];
    expect(outcome(journal, { openings: { s1: 'newest-order' } }).bill).toEqual(['BO1 3']);
  });

  it('leaves out the newest order that a person billed by hand, and bills the later ones', () => {
    const soldOn = (number: string, day: string) =>
      sold(number, [{ amount: '3.00' }], {
        creationDate: `${day}T00:00:00Z`,
        provisioningDate: `${day}T00:00:00Z`,
      });
    const journal = [
      began('s1', '2026-08-01'),
      soldOn('SO8', '2026-08-01'),
      soldOn('SO9', '2026-09-01'),
      sale,
    ];
    const openings = { s1: 'link' as const };
    expect(outcome(journal, { openings })).toEqual({
      bill: ['SO1 20'],
      none: ['SO8 before bill from', 'SO9 billed by hand'],
    });
    const customer = { openings, straddles: [{ customer: 'c1', answer: 'bill' as const }] };
    expect(outcome(journal, customer).none).toEqual(['SO8 before bill from', 'SO9 billed by hand']);
    const one = { openings, straddles: [{ order: 'SO9', answer: 'bill' as const }] };
    expect(outcome(journal, one).bill).toEqual(['SO9 3', 'SO1 20']);
  });

  it('keeps refunds of a change where only the quantity goes down', () => {
    const change = sold('CH1', [{ type: 'downgrade', amount: '-6.00' }], { type: 'change' });
    expect(outcome([change]).bill).toEqual(['CH1 -6']);
    expect(outcome([change], setting({ seatsDown: 'quantity-only' })).none).toEqual([
      'CH1 the reseller keeps the refund',
    ]);
  });

  it('holds unknown kinds and orders that do not add up until they are accepted', () => {
    const strange = sold('XX1', [{ type: 'brandNew', amount: '1.00' }], { type: 'unknown' });
    const wrong = sold('SO9', [{ amount: '1.00' }], { total: { currency: 'AUD', amount: '1.02' } });
    expect(outcome([strange, wrong]).none).toEqual([
      'XX1 an order of unknown type',
      'SO9 the charges are not the total',
    ]);
    expect(outcome([strange, wrong], { accepted: ['XX1', 'SO9'] }).bill).toEqual([
      'XX1 1',
      'SO9 1',
    ]);
  });

  it('obeys exclusions, also those that end', () => {
    expect(outcome([sale], { exclusions: [{ product: 'p1' }] }).none).toEqual(['SO1 do not bill']);
    const until = (day: string) => ({ exclusions: [{ customer: 'c1', until: day }] });
    expect(outcome([sale], until('2026-11-10')).bill).toEqual(['SO1 20']);
    expect(outcome([sale], until('2026-11-11')).none).toEqual(['SO1 do not bill']);
  });

  it('bills the system’s price times quantity and share, rounded once', () => {
    const part = sold('CH1', [
      {
        quantity: 2,
        unit: '9.90',
        amount: '14.37',
        duration: { type: 'month', duration: 0.726 },
      },
    ]);
    const priced = {
      ...setting({ priceFrom: 'system' }),
      products: [{ product: 'p1', price: '11.1111' }],
    };
    // 11.1111 x 2 x 0.726 = 16.1333172
    expect(outcome([part], priced).bill).toEqual(['CH1 16.13']);
    expect(outcome([part], setting({ priceFrom: 'system' })).none).toEqual([
      'CH1 no price or share in the system',
    ]);
  });

  it('adds the tax where lines include it', () => {
    const taxed = sold('SO1', [{ amount: '20.00', tax: '2.00' }]);
    expect(outcome([taxed], setting({ lineAmounts: 'inclusive' })).bill).toEqual(['SO1 22']);
  });

  it('takes what a person typed, field by field', () => {
    const typed = (prices: readonly BookPrice[]) => outcome([sale], { prices }).bill;
    expect(typed([{ product: 'p1', unitPrice: '7.5' }])).toEqual(['SO1 15']);
    expect(typed([{ product: 'p1', discountPercent: '12.5' }])).toEqual(['SO1 17.5']);
    expect(typed([{ order: 'SO1', quantity: '3' }, { discountAmount: '0.5' }])).toEqual([
      'SO1 29.5',
    ]);
    const priced = {
      ...setting({ priceFrom: 'system' }),
      products: [{ product: 'p1', price: '12' }],
      prices: [{ discountPercent: '10' }],
    };
    expect(outcome([sale], priced).bill).toEqual(['SO1 21.6']);
  });
});
