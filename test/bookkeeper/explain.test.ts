import { describe, expect, it } from 'vitest';
import { recompute } from './explain.ts';

const charge = {
  step: 'charge',
  orderNumber: 'SO1',
  detailType: 'recurring',
  quantity: '2',
  unitPrice: '9.90',
  amount: '14.37',
  currency: 'AUD',
};
const shape = (quantity: string, unitPrice: string) => ({
  step: 'shape',
  shape: 'quantity-price',
  quantity,
  unitPrice,
});

describe('an amount recomputed from its explanation', () => {
  it('is the marketplace’s amount where it wins, whatever the price says', () => {
    expect(recompute([charge, shape('2', '7.185')])).toEqual({ amount: '14.37', problems: [] });
  });

  it('is price times share, rounded once, where the system prices', () => {
    const steps = [
      charge,
      { step: 'price', from: 'system', unitPrice: '11.1111', source: 'CODE' },
      { step: 'share', share: '0.726', period: null },
      { step: 'round', exact: '16.1333172', amount: '16.13' },
      shape('2', '8.065'),
      { step: 'account', rule: 'default', code: '200' },
    ];
    expect(recompute(steps)).toEqual({ amount: '16.13', problems: [] });
  });

  it('turns with everything on it for a credit note', () => {
    const credit = { ...charge, amount: '-14.37' };
    const turned = { step: 'turned', reason: 'credit-note' };
    expect(recompute([credit, shape('2', '-7.185'), turned, shape('2', '7.185')])).toEqual({
      amount: '14.37',
      problems: [],
    });
  });

  it('is less a person’s discount', () => {
    const steps = (discount: { kind: string; value: string }, amount: string) => [
      charge,
      { step: 'price', from: 'person', unitPrice: '10', source: '3' },
      { step: 'discount', ...discount },
      { step: 'round', exact: amount, amount },
      shape('3', '10'),
    ];
    expect(recompute(steps({ kind: 'percent', value: '15' }, '25.5')).problems).toEqual([]);
    expect(recompute(steps({ kind: 'amount', value: '1.5' }, '28.5')).problems).toEqual([]);
    expect(recompute(steps({ kind: 'amount', value: '1.5' }, '28.51')).problems).toHaveLength(2);
  });

  it('of a correction is what its line says', () => {
    const steps = [{ step: 'turned', reason: 'reversal' }, shape('2', '-9.9')];
    expect(recompute(steps, 'AUD')).toEqual({ amount: '-19.8', problems: [] });
  });

  it('names what does not add up: a cent, a wrong exact figure, no amount at all', () => {
    expect(recompute([charge, shape('2', '7.19')]).problems).toEqual([
      '2 x 7.19 is 14.38, not 14.37',
    ]);
    const steps = [
      charge,
      { step: 'price', from: 'system', unitPrice: '10', source: 'CODE' },
      { step: 'round', exact: '19', amount: '19' },
    ];
    expect(recompute(steps).problems).toEqual([
      'before rounding 20, told 19',
      'rounded 20, told 19',
    ]);
    expect(recompute([]).problems).toEqual(['no amount']);
  });

  it('refuses a step it does not know', () => {
    expect(() => recompute([{ step: 'magic' }])).toThrow();
  });
});
