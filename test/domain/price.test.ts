import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { negate } from '../../server/domain/decimal.ts';
import type { Edit } from '../../server/domain/decision.ts';
import { amountText, money } from '../../server/domain/money.ts';
import { sellsBelowCost } from '../../server/sync/plan/below-cost.ts';
import { type PriceOptions, priceOf } from '../../server/sync/plan/price.ts';
import { recompute } from '../bookkeeper/explain.ts';
import { runs } from '../kit/length.ts';
import { chargeOf, itemOf, type PlainCharge } from '../kit/plan-world.ts';
import { decimals } from './arbitraries.ts';

function priced(charge: PlainCharge, changes: Partial<PriceOptions> = {}) {
  return priceOf({
    charge: chargeOf(charge),
    orderNumber: 'SO1',
    fee: 'recurring',
    edit: {},
    settings: { priceFrom: 'marketplace' },
    taxBasis: 'exclusive',
    baseCurrency: 'AUD',
    item: itemOf({ price: '12.5' }),
    ...changes,
  });
}
function amountOf(charge: PlainCharge, changes: Partial<PriceOptions> = {}): string {
  const result = priced(charge, changes);
  return result.ok ? amountText(result.priced.amount) : result.need;
}
const system = { settings: { priceFrom: 'system' as const } };

describe('the price of a line', () => {
  it('is the marketplace’s amount, with its tax where lines include it', () => {
    const charge = { amount: '20', tax: '2' };
    expect(amountOf(charge)).toBe('20');
    expect(amountOf(charge, { taxBasis: 'inclusive' })).toBe('22');
    expect(amountOf(charge, { taxBasis: 'none' })).toBe('20');
  });

  it('is the system’s price times quantity and share', () => {
    expect(amountOf({ quantity: '3', share: '0.5' }, system)).toBe('18.75');
    expect(amountOf({ quantity: '3', share: null }, { ...system, fee: 'setup' })).toBe('37.5');
  });

  it('asks where the system has no price, no share or another currency, and never falls back', () => {
    expect(amountOf({}, { ...system, item: itemOf({ price: null }) })).toBe('no-price');
    expect(amountOf({}, { ...system, item: null })).toBe('no-price');
    expect(amountOf({ share: null }, system)).toBe('no-share');
    expect(amountOf({ currency: 'USD' }, system)).toBe('currency-differs');
  });

  it('keeps the sign of what is given back', () => {
    expect(amountOf({ amount: '-7', quantity: '2', share: '0.5' }, system)).toBe('-12.5');
    expect(amountOf({ amount: '-7', quantity: '-2', share: '0.5' }, system)).toBe('-12.5');
  });

  it('is what a person typed, over every setting', () => {
    const typed = (edit: Edit) =>
      amountOf({ amount: '20', quantity: '2', unitPrice: '10' }, { ...system, edit });
    expect(typed({ unitPrice: '7.25' })).toBe('14.5');
    expect(typed({ quantity: '3' })).toBe('37.5');
    expect(typed({ discount: { kind: 'percent', value: '12.5' } })).toBe('21.88');
    expect(typed({ discount: { kind: 'amount', value: '0.01' } })).toBe('24.99');
    expect(typed({ priceFrom: 'marketplace' })).toBe('20');
    expect(typed({ description: 'only the text' })).toBe('25');
  });

  it('is a person’s discount on the price that the source gives, tax and share included', () => {
    const edit: Edit = { discount: { kind: 'percent', value: '10' } };
    expect(amountOf({ amount: '20', tax: '2' }, { edit, taxBasis: 'inclusive' })).toBe('19.8');
    expect(amountOf({ amount: '20', quantity: '2', share: '0.5' }, { ...system, edit })).toBe(
      '11.25',
    );
    expect(amountOf({}, { ...system, edit, item: null })).toBe('no-price');
    const typed = { ...edit, unitPrice: '8' };
    expect(amountOf({ quantity: '2' }, { ...system, edit: typed, item: null })).toBe('14.4');
  });

  it('can be recomputed from its explanation by somebody else’s code', () => {
    const percents = fc.constantFrom('0', '5', '12.5', '33.3333', '100');
    fc.assert(
      fc.property(
        fc.record({
          amount: decimals(2, 10n ** 7n),
          quantity: decimals(3, 10n ** 5n),
          unitPrice: fc.option(decimals(4, 10n ** 6n)),
          share: fc.constantFrom('1', '0.5', '0.726', '0.333333333333'),
        }),
        fc.constantFrom('marketplace' as const, 'system' as const),
        fc.option(fc.record({ unitPrice: decimals(4, 10n ** 6n), percent: percents })),
        (charge, priceFrom, typed) => {
          const edit: Edit =
            typed === null
              ? {}
              : { unitPrice: typed.unitPrice, discount: { kind: 'percent', value: typed.percent } };
          const result = priced(charge, { settings: { priceFrom }, edit });
          if (!result.ok) throw new Error('every case has price and share');
          expect(recompute(result.priced.steps)).toEqual({
            amount: amountText(result.priced.amount),
            problems: [],
          });
        },
      ),
      runs(300),
    );
  });

  it('of a credit mirrors its charge', () => {
    fc.assert(
      fc.property(
        decimals(2, 10n ** 7n).filter((amount) => !['0', '-0'].includes(amount)),
        decimals(3, 10n ** 5n),
        fc.constantFrom('marketplace' as const, 'system' as const),
        (amount, quantity, priceFrom) => {
          const settings = { priceFrom };
          const credit = amountOf({ amount: negate(amount), quantity }, { settings });
          expect(credit).toBe(negate(amountOf({ amount, quantity }, { settings })));
        },
      ),
    );
  });

  it('stops at or below a known cost, never on a credit or in another currency', () => {
    const below = (sell: string, cost: string, currency = 'AUD') =>
      sellsBelowCost(money(sell, 'AUD'), money(cost, currency));
    expect(below('10', '10')).toBe(true);
    expect(below('10.01', '10')).toBe(false);
    expect(below('-10', '-12')).toBe(false);
    expect(below('1', '10', 'USD')).toBe(false);
  });
});

describe('figures with many places', () => {
  it('are multiplied and rounded whole, whatever the places of price, quantity and share', () => {
    const charge = { quantity: '2.125', share: '0.333333333333' };
    const item = itemOf({ price: '9.9951' });
    // 9.9951 x 2.125 x 0.333333333333 = 7.0798624999929...
    expect(amountOf(charge, { ...system, item })).toBe('7.08');
  });
});
