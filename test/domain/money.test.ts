import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  amountText,
  isExact,
  minorDigitsOf,
  money,
  opposite,
  sum,
  totals,
  zero,
} from '../../server/domain/money.ts';
import { amounts, currencies, decimals } from './arbitraries.ts';

describe('money', () => {
  it('is a whole number of the currency’s smallest coin', () => {
    expect(money('14.37', 'AUD')).toEqual({ amountMinor: 1437n, currency: 'AUD' });
    expect(money('14.5', 'JPY')).toEqual({ amountMinor: 15n, currency: 'JPY' });
    expect(money('1.2345', 'KWD')).toEqual({ amountMinor: 1235n, currency: 'KWD' });
    expect(minorDigitsOf('XYZ')).toBe(2);
  });

  it('comes back from its text', () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(money(amountText(amount), amount.currency)).toEqual(amount);
        expect(isExact(amountText(amount), amount.currency)).toBe(true);
      }),
    );
  });

  it('mirrors: the opposite of an amount is the amount of the opposite', () => {
    fc.assert(
      fc.property(decimals(), currencies, (text, currency) => {
        const turned = text.startsWith('-') ? text.slice(1) : `-${text}`;
        expect(money(turned, currency)).toEqual(opposite(money(text, currency)));
      }),
    );
  });

  it('says whether a text has a fraction of a coin', () => {
    expect(isExact('1.230', 'AUD')).toBe(true);
    expect(isExact('1.234', 'AUD')).toBe(false);
    expect(isExact('1.5', 'JPY')).toBe(false);
  });

  it('never sums two currencies', () => {
    expect(sum('AUD', [])).toEqual(zero('AUD'));
    expect(() => sum('AUD', [money('1', 'AUD'), money('1', 'USD')])).toThrow(RangeError);
  });

  it('totals each currency by itself, in the order of their codes', () => {
    expect(totals([money('1', 'USD'), money('2', 'AUD'), money('3', 'USD')])).toEqual([
      money('2', 'AUD'),
      money('4', 'USD'),
    ]);
  });
});
