import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonical,
  parseForeign,
  parseOwn,
  rawNumber,
  stringifyOwn,
} from '../../server/domain/json.ts';

describe('JSON without loss', () => {
  it('keeps amounts past what a float can hold', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }), (amountMinor) => {
        const text = stringifyOwn({ amountMinor, attempts: 3 });
        expect(parseOwn(text)).toEqual({ amountMinor, attempts: 3 });
      }),
    );
  });

  it('reads the numbers of others as the text they were sent with', () => {
    expect(parseForeign('{"a":1.10,"b":[0.1e-7,12345678901234567890],"c":"2.0"}')).toEqual({
      a: '1.10',
      b: ['0.1e-7', '12345678901234567890'],
      c: '2.0',
    });
  });

  it('reads what others send as a parser that asks for the source of each number does', () => {
    const revived = (text: string): unknown =>
      JSON.parse(text, (_name, value: unknown, context?: { source?: string }) =>
        typeof value === 'number' ? (context?.source ?? String(value)) : value,
      );
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => {
        expect(parseForeign(text)).toEqual(revived(text));
      }),
    );
  });

  it('leaves numbers inside strings alone, whatever is escaped around them', () => {
    const said = { a: '1 "2" \\3\\', '4"5': ['\n6\\"7"', '\\\\8'], text: '9\n'.repeat(3_000_000) };
    expect(parseForeign(JSON.stringify(said))).toEqual(said);
  });

  it.for(['01', '1.', '-', '.5', '+1', '1e', '1 2', '{"a":1,}', '{a:1}', '"a\nb"', '{1:2}', '1-2'])(
    'refuses %j, which is no JSON',
    (text) => {
      expect(() => parseForeign(text)).toThrow(SyntaxError);
      expect(() => parseOwn(text)).toThrow(SyntaxError);
    },
  );

  it.for(['{"aMinor":1.5}', '{"aMinor":1e3}'])('takes no part of a minor unit from %s', (text) => {
    expect(() => parseOwn(text)).toThrow();
  });

  it('T38: takes a hundred levels and no more, brackets in a text left out', () => {
    const nested = (levels: number) => `${'[{"a":'.repeat(levels / 2)}1${'}]'.repeat(levels / 2)}`;
    expect(() => parseForeign(nested(100))).not.toThrow();
    for (const text of [nested(102), nested(200_000), '['.repeat(1_000_000)])
      expect(() => parseForeign(text)).toThrow(SyntaxError);
    const text = `\\"${'['.repeat(300)}\\`;
    expect(parseForeign(JSON.stringify([text, text]))).toEqual([text, text]);
  });

  it('writes a decimal digit for digit', () => {
    expect(JSON.stringify({ UnitAmount: rawNumber('9.9000') })).toBe('{"UnitAmount":9.9000}');
    expect(() => rawNumber('nonsense')).toThrow(SyntaxError);
  });

  it('V1.2.3: gives equal values equal text, whatever the order of their members', () => {
    expect(canonical({ b: 1, a: { d: undefined, c: [2n] } })).toBe('{"a":{"c":[2]},"b":1}');
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonical(turned)).toBe(canonical(value));
      }),
    );
  });
});
