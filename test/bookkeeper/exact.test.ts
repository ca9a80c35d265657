import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equals, exact, minus, plus, quotient, rounded, times, toCoins, written } from './exact.ts';

const number = fc
  .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.integer({ min: 0, max: 6 }))
  .map(([units, places]) => ({ units, places }));

describe('the bookkeeper’s numbers', () => {
  it('come back from their text', () => {
    fc.assert(fc.property(number, (value) => equals(exact(written(value)), value)));
  });

  it('add and multiply by the laws', () => {
    fc.assert(
      fc.property(number, number, number, (a, b, c) => {
        expect(equals(minus(plus(a, b), b), a)).toBe(true);
        expect(equals(times(a, plus(b, c)), plus(times(a, b), times(a, c)))).toBe(true);
      }),
    );
  });

  it('round half away from zero, on both sides alike', () => {
    expect(written(rounded(exact('0.125'), 2))).toBe('0.13');
    expect(written(rounded(exact('-0.125'), 2))).toBe('-0.13');
    expect(written(rounded(exact('-0.1249'), 2))).toBe('-0.12');
    expect(written(toCoins(exact('12.5'), 'JPY'))).toBe('13');
    expect(written(quotient(exact('1'), exact('3'), 4))).toBe('0.3333');
    expect(() => quotient(exact('1'), exact('0'), 2)).toThrow(RangeError);
  });

  it('refuse what is no number', () => {
    for (const text of ['', '1,5', '1e3', 'NaN', '--1', '.5'])
      expect(() => exact(text)).toThrow(RangeError);
  });
});
