import { describe, expect, it } from 'vitest';
import { type BilledLine, billChanges } from '../../server/domain/bill.ts';
import { date } from '../../server/domain/dates.ts';
import { money } from '../../server/domain/money.ts';
import { dueDay, letterMonth } from '../../server/sync/letters/bill.ts';
import { readTable } from './table.ts';

const rows = readTable(new URL('letters.md', import.meta.url), [
  'case',
  'before',
  'after',
  'changes',
]);
const form = /^(\S+) (\S+) x (\S+) = (\S+) (\w{3})$/;
const linesIn = (cell = '-'): BilledLine[] =>
  cell === '-'
    ? []
    : cell.split('; ').map((text) => {
        const [, key = '', quantity = '', unitPrice = '', amount = '', currency = ''] =
          form.exec(text) ?? [];
        return { key, name: key, quantity, unitPrice, amount: money(amount, currency) };
      });

describe('a bill beside the one of the month before', () => {
  it.each(rows.map((row) => [row.case ?? '', row] as const))('%s', (_name, row) => {
    const changes = billChanges(linesIn(row.before), linesIn(row.after));
    const said = changes.map(({ what, name }) => `${what} ${name}`).sort();
    expect(said.join('; ') || '-').toBe(row.changes);
  });
});

describe('the day of a letter', () => {
  it('begins on its day, ends a week later, and is about the month before', () => {
    expect(dueDay(date('2026-11-04'), 5)).toBeNull();
    expect(dueDay(date('2026-11-05'), 5)).toBe('2026-11-05');
    expect(dueDay(date('2026-11-12'), 5)).toBe('2026-11-05');
    expect(dueDay(date('2026-11-13'), 5)).toBeNull();
    expect(letterMonth(date('2026-01-31'))).toBe('2025-12');
    expect(letterMonth(date('2026-03-31'))).toBe('2026-02');
  });
});
