import { describe, expect, it } from 'vitest';
import { date } from '../../server/domain/dates.ts';
import { multiply } from '../../server/domain/decimal.ts';
import { amountText, money } from '../../server/domain/money.ts';
import { findingsOf } from '../../server/sync/look/findings.ts';
import {
  type BilledLine,
  type Finding,
  findingKinds,
  type HeldProduct,
  type OpenLine,
} from '../../server/sync/look/looked.ts';
import { lookedAt } from '../../server/sync/look/looked-at.ts';
import { readTable } from './table.ts';

const rows = readTable(new URL('look.md', import.meta.url), ['case', 'held', 'billed', 'expected']);
const at = lookedAt(date('2026-08-23'), date('2026-11-23'));
const sold = [
  { name: 'Backup', itemCode: 'BKP' },
  { name: 'Mail', itemCode: null },
];
const heldForm = /^(\w+) ([\d.]+) x ([\d.]+|-)((?: \S+)*)$/;
const billedForm = /^(monthly|stands|[\d-]{10}) (\S+) ([\d.]+) x ([\d.]+)((?: \S+)*)$/;

describe('what customers hold and what is on their invoices become findings', () => {
  it.each(rows.map((row) => [row.case ?? '', row] as const))('%s', (_name, row) => {
    const held = split(row.held).map(heldIn);
    const lines = split(row.billed).flatMap(billedIn);
    const findings = findingsOf({ held, lines, sold, at });
    expect(findings.map(said).join('; ') || '-').toBe(row.expected);
    // Nothing of it depends on the order in which either side was read.
    const turned = findingsOf({ held, lines: lines.toReversed(), sold, at });
    expect(turned.map(said).sort()).toEqual(findings.map(said).sort());
  });

  it('names each case once, and every kind is among them', () => {
    expect(new Set(rows.map((row) => row.case)).size).toBe(rows.length);
    const said = rows.map(({ expected = '' }) => expected).join(' ');
    for (const kind of findingKinds) expect(said).toContain(kind);
  });
});

const said = ({ kind, reason, monthly, belowCost }: Finding): string =>
  [
    kind,
    reason,
    amountText(monthly),
    ...(belowCost && kind !== 'below-cost' ? ['below'] : []),
  ].join(' ');

const split = (cell = ''): string[] => (cell === '-' ? [] : cell.split('; '));

function heldIn(text: string, index: number): HeldProduct {
  const [, name = '', quantity = '', price = '', rest = ''] = heldForm.exec(text) ?? [];
  if (name === '') throw new Error(`not a product: ${text}`);
  const word = wordsIn(rest, ['cost', 'since', 'ended', 'due', 'item'], ['trial', 'yearly', 'USD']);
  const ended = word.get('ended');
  return {
    subscriptionId: `s${index + 1}`,
    customerId: 'cust1',
    companyId: 'co1',
    productKey: name,
    name: name.replaceAll('_', ' '),
    itemCode: word.get('item') ?? null,
    currency: word.has('USD') ? 'USD' : 'AUD',
    quantity,
    unitPrice: price === '-' ? null : price,
    unitCost: word.get('cost') ?? null,
    period: { unit: word.has('yearly') ? 'year' : 'month', count: 1 },
    startDate: date(word.get('since') ?? '2026-01-01'),
    lastDue: word.has('due') ? date(word.get('due') ?? '') : null,
    state:
      ended !== undefined
        ? { is: 'ended', on: ended === '-' ? null : date(ended) }
        : { is: word.has('trial') ? 'idle' : 'live' },
  };
}

function billedIn(text: string, index: number): BilledLine[] {
  const [, day = '', words = '', quantity = '', price = '', rest = ''] =
    billedForm.exec(text) ?? [];
  if (day === '') throw new Error(`not a line: ${text}`);
  const word = wordsIn(rest, ['=', 'item', 'every'], ['USD', 'ends']);
  const every = word.get('every');
  const open: OpenLine | null =
    day === 'stands'
      ? {
          every: every === '?' ? null : { unit: 'month', count: Number(every ?? 1) },
          ends: word.has('ends'),
        }
      : null;
  const currency = word.has('USD') ? 'USD' : 'AUD';
  const months = ['2026-09-01', '2026-10-01', '2026-11-01'];
  const days = day === 'monthly' ? months : [open === null ? day : '2026-11-23'];
  return days.map((each) => ({
    documentId: `d${each}`,
    documentKind: open === null ? 'invoice' : 'agreement',
    ...(open === null ? {} : { open }),
    lineId: `l${index + 1}`,
    number: `INV-${each}`,
    url: null,
    date: date(each),
    companyId: 'co1',
    currency,
    description: words.replaceAll('_', ' '),
    itemCode: word.get('item') ?? null,
    quantity,
    unitPrice: price,
    amount: money(word.get('=') ?? multiply(quantity, price), currency),
  }));
}

/** Words that take a value, and words that stand alone. */
function wordsIn(
  rest: string,
  valued: readonly string[],
  alone: readonly string[],
): Map<string, string> {
  const words = rest.trim().split(' ').filter(Boolean);
  const found = new Map<string, string>();
  while (words.length > 0) {
    const name = words.shift() ?? '';
    if (!valued.includes(name) && !alone.includes(name)) throw new Error(`unknown word: ${name}`);
    found.set(name, valued.includes(name) ? (words.shift() ?? '') : '');
  }
  return found;
}
