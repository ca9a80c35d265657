import { beforeEach, describe, expect, it } from 'vitest';
import {
  applyLocale,
  day,
  fill,
  locale,
  money,
  number,
  plural,
  price,
  say,
} from '../../ui/i18n.ts';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
beforeEach(() => applyLocale('en-GB'));

describe('money', () => {
  it('keeps every digit of an amount a float cannot hold', () => {
    expect(money({ amount: '90071992547409931.07', currency: 'EUR' })).toBe(
      '€90,071,992,547,409,931.07',
    );
  });
  it('follows the locale and the currency’s own minor units', () => {
    expect(money({ amount: '1234', currency: 'JPY' })).toBe('JP¥1,234');
    expect(money({ amount: '1.234', currency: 'KWD' })).toContain('1.234');
    applyLocale('de-DE');
    expect(plain(money({ amount: '-1234.5', currency: 'EUR' }))).toBe('-1.234,50 €');
  });
  it('shows what it does not understand as it came', () => {
    expect(money({ amount: '1e3', currency: 'EUR' })).toBe('1e3 EUR');
    expect(money({ amount: '12.50', currency: '?' })).toContain('12.50');
  });
});

describe('texts', () => {
  it('fill their placeholders, and show where one is missing', () => {
    expect(say('Order {number}', { number: '7' })).toBe('Order 7');
    expect(fill('{a} and {b}', { a: '1' })).toBe('1 and …');
  });
  it('never take a fact for a placeholder', () => {
    expect(say('{a}', { a: '{b}' })).toBe('{b}');
  });
  it('know one from many', () => {
    const text = { one: '{count} order', other: '{count} orders' };
    expect([0, 1, 2, 1200].map((count) => plural(text, count))).toEqual([
      '0 orders',
      '1 order',
      '2 orders',
      '1,200 orders',
    ]);
  });
});

describe('numbers and dates', () => {
  it('show a unit price with all its places, and never with a single one', () => {
    expect(['8.6667', '10.5', '20'].map(price)).toEqual(['8.6667', '10.50', '20']);
    expect(price('1e3')).toBe('1e3');
    expect(number('8.6667')).toBe('8.6667');
    expect(number('12345678901234567890.1234')).toBe('12,345,678,901,234,567,890.1234');
  });
  it('keep a calendar date whatever the time zone', () => {
    expect(day('2026-01-01')).toBe('1 Jan 2026');
  });
  it('take English where the host’s locale is none', () => {
    applyLocale('not a locale');
    expect(locale.value).toBe('en');
  });
});
