import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvOf, parseCsv } from '../../server/domain/csv.ts';
import { runs } from '../kit/length.ts';

const cells = fc.string({
  unit: fc.constantFrom('a', ' ', ',', '"', '\n', '\r', '=', '-', '＝', '1', "'"),
});

describe('CSV', () => {
  it('comes back as it was, with quotes, commas and line ends inside', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(cells, { minLength: 1, maxLength: 4 }), { maxLength: 5 }),
        (rows) => {
          // A row of nothing is no row.
          const kept = rows.filter((row) => row.some((cell) => cell !== ''));
          expect(parseCsv(csvOf(kept))).toEqual(kept);
        },
      ),
      runs(300),
    );
  });

  it('V1.2.1: never lets a spreadsheet run a formula, and leaves amounts amounts', () => {
    expect(csvOf([['=1+1', '+x', '@a', '-5.00', '-cmd', null]])).toBe(
      "'=1+1,'+x,'@a,-5.00,'-cmd,\r\n",
    );
  });

  it('V1.2.1: guards what begins with apostrophes, a line end or a wide sign, and nothing after a plain number', () => {
    expect(csvOf([["'=1+1", '\n=1', '＝1+1', '-1', '-1+1', '-1.5e3']])).toBe(
      "''=1+1,\"'\n=1\",'＝1+1,-1,'-1+1,'-1.5e3\r\n",
    );
  });

  it('reads rows of either line end, and a last one without', () => {
    expect(parseCsv('a,b\nc,"d ""e"""')).toEqual([
      ['a', 'b'],
      ['c', 'd "e"'],
    ]);
    expect(parseCsv('a\r\n\r\nb\r\n')).toEqual([['a'], ['b']]);
    expect(parseCsv('')).toEqual([]);
  });
});
