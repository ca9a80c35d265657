import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNegative, multiply, parts } from '../../server/domain/decimal.ts';
import { money, opposite } from '../../server/domain/money.ts';
import { pricePlacesMax, roundedOnce, shapeOf } from '../../server/domain/shape.ts';
import { runs } from '../kit/length.ts';
import { amounts, decimals } from './arbitraries.ts';

const priced = (amount: string, quantity: string, unitPrice: string | null) =>
  shapeOf({ amount: money(amount, 'AUD'), quantity, unitPrice });

describe('the shape of a line', () => {
  it('is the given price where that gives the amount', () => {
    expect(priced('29.70', '3.0', '9.90')).toEqual({
      shape: 'quantity-price',
      quantity: '3',
      unitPrice: '9.9',
    });
  });

  it('is the amount over the quantity where the given price does not', () => {
    expect(priced('26.73', '3', '9.90')).toMatchObject({
      shape: 'quantity-derived',
      unitPrice: '8.91',
    });
    expect(priced('10', '3', null)).toMatchObject({
      shape: 'quantity-derived',
      unitPrice: '3.3333',
    });
  });

  it('is once the whole amount where no price of four places gives it', () => {
    expect(priced('10000.01', '30000', '0.33')).toEqual({
      shape: 'single',
      quantity: '1',
      unitPrice: '10000.01',
    });
    expect(priced('12.35', '0.123456', '100').shape).toBe('single');
    expect(priced('5', '0', '5').shape).toBe('single');
  });

  it('never has a negative quantity: a credit has a negative price', () => {
    expect(priced('-19.80', '-2', '9.90')).toEqual({
      shape: 'quantity-price',
      quantity: '2',
      unitPrice: '-9.9',
    });
    expect(priced('-10.56', '2', '9.90')).toMatchObject({ quantity: '2', unitPrice: '-5.28' });
  });

  it('gives exactly the amount, rounded once, for any amount, quantity and price', () => {
    fc.assert(
      fc.property(
        amounts,
        decimals(6, 10n ** 7n),
        fc.option(decimals(6, 10n ** 8n)),
        (amount, quantity, unitPrice) => {
          const shape = shapeOf({ amount, quantity, unitPrice });
          expect(money(multiply(shape.quantity, shape.unitPrice), amount.currency)).toEqual(amount);
          expect(isNegative(shape.quantity)).toBe(false);
          expect(parts(shape.unitPrice).scale).toBeLessThanOrEqual(pricePlacesMax);
          expect(parts(shape.quantity).scale).toBeLessThanOrEqual(pricePlacesMax);
        },
      ),
      runs(500),
    );
  });

  it('of a credit is the mirror of its charge', () => {
    fc.assert(
      fc.property(
        amounts.filter(({ amountMinor }) => amountMinor !== 0n),
        decimals(4, 10n ** 6n),
        fc.option(decimals(4, 10n ** 6n)),
        (amount, quantity, unitPrice) => {
          const charge = shapeOf({ amount, quantity, unitPrice });
          const credit = shapeOf({ amount: opposite(amount), quantity, unitPrice });
          expect(credit.shape).toBe(charge.shape);
          expect(credit.quantity).toBe(charge.quantity);
          expect(multiply(credit.unitPrice, '-1')).toBe(charge.unitPrice);
        },
      ),
    );
  });

  it('rounds once, by the currency', () => {
    expect(roundedOnce('16.1333172', 'AUD')).toEqual({ exact: '16.1333172', amount: '16.13' });
    expect(roundedOnce('16.5', 'JPY').amount).toBe('17');
  });
});
