import fc from 'fast-check';
import { expect, it } from 'vitest';
import { date } from '../../server/domain/dates.ts';
import { duePartsOf, partAmount } from '../../server/domain/instalments.ts';
import { amountText, money } from '../../server/domain/money.ts';
import { readTable } from './table.ts';

const columns = ['case', 'whole', 'months', 'today', 'left', 'taken', 'due'];
const rows = readTable(new URL('instalments.md', import.meta.url), columns);

it.each(rows.map((row) => [row.case ?? '', row] as const))('%s', (_name, row) => {
  const [amount = '', currency = ''] = (row.whole ?? '').split(' ');
  const count = Number(row.months);
  const due = duePartsOf({
    start: date('2026-01-31'),
    count,
    today: date(row.today ?? ''),
    leftOn: row.left === '-' ? null : date(row.left ?? ''),
    taken: row.taken === '-' ? [] : (row.taken ?? '').split(', ').map(Number),
  });
  const told = due.map(({ first, last, on, isRest }) => {
    const part = partAmount(money(amount, currency), { first, last, count });
    return `${isRest ? `${first}-${last}` : first} of ${amountText(part)} on ${on}`;
  });
  expect(told.join('; ') || '-').toBe(row.due);
});

it('parts add up to the whole, wherever the rest begins', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1n, max: 10n ** 12n }),
      fc.integer({ min: 1, max: 36 }),
      fc.nat(),
      (amountMinor, count, at) => {
        const whole = { amountMinor, currency: 'AUD' };
        const singles = at % count;
        const amounts = Array.from({ length: singles }, (_, index) =>
          partAmount(whole, { first: index + 1, last: index + 1, count }),
        );
        const rest = partAmount(whole, { first: singles + 1, last: count, count });
        const sum = [...amounts, rest].reduce((total, one) => total + one.amountMinor, 0n);
        expect(sum).toBe(amountMinor);
      },
    ),
  );
});
