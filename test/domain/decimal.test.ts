import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  add,
  compare,
  decimalSchema,
  divide,
  divideRounded,
  isNegative,
  isZero,
  multiply,
  negate,
  normalized,
  parts,
  round,
  subtract,
} from '../../server/domain/decimal.ts';
import { decimals } from './arbitraries.ts';

describe('exact decimals', () => {
  it('have one shortest text: no zeros at the end, no negative zero', () => {
    expect(normalized('2.0')).toBe('2');
    expect(normalized('-0.50')).toBe('-0.5');
    expect(normalized('-0.00')).toBe('0');
    expect(normalized('0012.3400')).toBe('12.34');
  });

  it('V1.4.2: keep every digit, where floats lose one', () => {
    expect(add('0.1', '0.2')).toBe('0.3');
    expect(multiply('1.1', '1.1')).toBe('1.21');
    expect(add('99999999999999999.99', '0.01')).toBe('100000000000000000');
    expect(multiply('123456789.123456789', '1000000000')).toBe('123456789123456789');
  });

  it('follow the laws of arithmetic', () => {
    fc.assert(
      fc.property(decimals(), decimals(), decimals(), (a, b, c) => {
        expect(add(a, b)).toBe(add(b, a));
        expect(multiply(a, b)).toBe(multiply(b, a));
        expect(subtract(add(a, b), b)).toBe(normalized(a));
        expect(multiply(a, add(b, c))).toBe(add(multiply(a, b), multiply(a, c)));
        expect(negate(negate(a))).toBe(normalized(a));
      }),
    );
  });

  it('round half away from zero, the same on both sides', () => {
    expect(round('2.345', 2)).toBe('2.35');
    expect(round('-2.345', 2)).toBe('-2.35');
    expect(round('2.3449999', 2)).toBe('2.34');
    expect(round('0.5', 0)).toBe('1');
    expect(round('-0.4', 0)).toBe('0');
    fc.assert(
      fc.property(decimals(), fc.integer({ min: 0, max: 4 }), (a, places) => {
        expect(round(negate(a), places)).toBe(negate(round(a, places)));
      }),
    );
  });

  it('round by half a unit at most', () => {
    fc.assert(
      fc.property(decimals(8), (a) => {
        const off = subtract(round(a, 2), a);
        expect(compare(isNegative(off) ? negate(off) : off, '0.005')).not.toBe(1);
      }),
    );
  });

  it('divide to a number of places, and refuse to divide by zero', () => {
    expect(divide('10', '3', 4)).toBe('3.3333');
    expect(divide('-10', '4', 0)).toBe('-3');
    expect(divide('1', '-8', 2)).toBe('-0.13');
    expect(() => divide('1', '0.00', 2)).toThrow(RangeError);
    expect(divideRounded(-7n, -2n)).toBe(4n);
  });

  it('compare by value, not by text', () => {
    expect(compare('2.0', '2')).toBe(0);
    expect(compare('-3', '2')).toBe(-1);
    expect(compare('10', '9')).toBe(1);
    expect(isZero('-0.000')).toBe(true);
    expect(isNegative('-0.0')).toBe(false);
  });

  it('V1.4.2: are taken in with at most eighteen digits on either side', () => {
    expect(v.is(decimalSchema, `${'1'.repeat(18)}.${'1'.repeat(18)}`)).toBe(true);
    expect(v.is(decimalSchema, '1'.repeat(19))).toBe(false);
  });

  it('refuse what is no decimal number', () => {
    for (const text of ['', '1e3', '.5', '1.', '+1', '1,5', 'NaN', ' 1', '1'.repeat(201)])
      expect(() => parts(text)).toThrow(RangeError);
  });
});
