import { describe, expect, it } from 'vitest';
import { amountText, money } from '../../server/domain/money.ts';
import {
  compareShadow,
  type HandLine,
  isClean,
  type ShadowLine,
  shadowVerdicts,
} from '../../server/domain/shadow.ts';
import { isSameProduct, likenessOf, saysName } from '../../server/sync/look/likeness.ts';
import { readTable } from './table.ts';

const rows = readTable(new URL('shadow.md', import.meta.url), [
  'case',
  'ours',
  'billed',
  'expected',
]);
const sold = ['Backup', 'Backup plus', 'Mail'];
const form = /^(\S+) ([\d.]+) = (-?[\d.]+)((?: \S+)*)$/;

const compared = (ours: readonly ShadowLine[], theirs: readonly HandLine[]) =>
  compareShadow({
    ours,
    theirs,
    likeness: (line, product) => (isSameProduct(line, product) ? likenessOf(line, product) : 0),
    isSold: ({ description }) => sold.some((name) => saysName(description, name)),
  });

describe('a month billed by hand beside what automatic would have billed', () => {
  it.each(rows.map((row) => [row.case ?? '', row] as const))('%s', (_name, row) => {
    const ours = split(row.ours).map(oursIn);
    const theirs = split(row.billed).map(theirsIn);
    expect(said(compared(ours, theirs))).toBe(row.expected);
    // Nothing of it depends on the order in which either side was read.
    expect(said(compared(ours.toReversed(), theirs.toReversed()))).toBe(row.expected);
  });

  it('loses and invents nothing: both sides sum to what they were given', () => {
    for (const row of rows) {
      const ours = split(row.ours).map(oursIn);
      const theirs = split(row.billed).map(theirsIn);
      const result = compared(ours, theirs);
      const used = result.rows.flatMap((one) => one.theirs);
      const zeroed = ours.length - result.rows.flatMap((one) => one.ours).length;
      expect([...used, ...result.notCompared]).toHaveLength(theirs.length);
      expect(zeroed === 0 || row.case === 'comes to nothing').toBe(true);
    }
  });

  it('can be switched over only when all is the same, and something was', () => {
    const verdictsOf = (name: string) => {
      const row = rows.find((one) => one.case === name);
      return compared(split(row?.ours).map(oursIn), split(row?.billed).map(theirsIn)).rows;
    };
    expect(isClean(verdictsOf('two products, each its own line'))).toBe(true);
    expect(isClean(verdictsOf('nothing on either side'))).toBe(false);
    expect(isClean(verdictsOf('one of two is forgotten'))).toBe(false);
    expect(isClean(verdictsOf('a question comes first'))).toBe(false);
  });

  it('names each case once, and every verdict is among them', () => {
    expect(new Set(rows.map((row) => row.case)).size).toBe(rows.length);
    const all = rows.map(({ expected = '' }) => expected).join(' ');
    for (const verdict of shadowVerdicts) expect(all).toContain(verdict);
  });
});

const said = ({ rows: found, notCompared }: ReturnType<typeof compared>): string =>
  [
    ...found.map(({ verdict, name, difference }) => `${verdict} ${name} ${amountText(difference)}`),
    ...(notCompared.length > 0 ? [`own ${notCompared.length}`] : []),
  ].join('; ') || '-';

const split = (cell = ''): string[] => (cell === '-' ? [] : cell.split('; '));

function lineIn(text: string) {
  const [, name, quantity = '', amount = '', rest = ''] = form.exec(text) ?? [];
  if (name === undefined) throw new Error(`not a line: ${text}`);
  const words = rest.trim().split(' ').filter(Boolean);
  const after = (word: string): string | null => words[words.indexOf(word) + 1] ?? null;
  return {
    name: name.replaceAll('_', ' '),
    customerId: words.includes('of') ? (after('of') ?? '') : 'A',
    itemCode: words.includes('item') ? after('item') : null,
    quantity,
    amount: money(amount, words.includes('USD') ? 'USD' : 'AUD'),
    waits: words.includes('waits') ? ['map-product'] : [],
  };
}
function oursIn(text: string, index: number): ShadowLine {
  const line = lineIn(text);
  return { ...line, productKey: line.name, orderNumber: `O${index}`, document: 'new:1' };
}
function theirsIn(text: string, index: number): HandLine {
  const { name, customerId, itemCode, quantity, amount } = lineIn(text);
  const lineId = `l${index}`;
  return { documentId: 'd', lineId, description: name, customerId, itemCode, quantity, amount };
}
