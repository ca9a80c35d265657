import { describe, expect, it } from 'vitest';
import type { Charge } from '../../server/domain/charge.ts';
import { date } from '../../server/domain/dates.ts';
import {
  duePeriods,
  isArrears,
  missingPeriodsMax,
  paidStarts,
} from '../../server/domain/missing.ts';
import type { Subscription } from '../../server/domain/subscription.ts';
import { readTable } from './table.ts';

const rows = readTable(new URL('missing.md', import.meta.url), [
  'case',
  'subscription',
  'charges',
  'missing',
]);
const today = date('2026-12-10');
const afterDays = 3;

describe('a period without a charge', () => {
  it.each(rows.map((row) => [row.case ?? '', row] as const))('%s', (_name, row) => {
    const { subscription, from } = subscriptionIn(row.subscription ?? '');
    const charges = split(row.charges).map(chargeIn);
    const due = duePeriods(subscription, { from, today, afterDays, arrears: isArrears(charges) });
    const paid = new Set(charges.flatMap((charge) => paidStarts(subscription, charge)));
    const missing = due.filter(({ start }) => !paid.has(start)).map(({ start }) => start);
    expect(missing.join('; ') || '-').toBe(row.missing);
  });

  it('is asked for a bounded time back, and periods touch each other', () => {
    const { subscription } = subscriptionIn('1 since 2001-01-31');
    const at = { from: date('2001-01-01'), today, afterDays, arrears: false };
    const due = duePeriods(subscription, at);
    expect(due).toHaveLength(missingPeriodsMax);
    for (const [index, { end }] of due.slice(0, -1).entries())
      expect(due[index + 1]?.start).toBe(end);
  });

  it('is never asked of a subscription that does not tell its months', () => {
    const { subscription } = subscriptionIn('1 since 2026-01-05');
    const at = { from: date('2026-11-01'), today, afterDays, arrears: false };
    for (const billingPeriod of [null, { unit: 'unknown' as const, count: 1 }])
      expect(duePeriods({ ...subscription, billingPeriod }, at)).toEqual([]);
  });
});

const split = (cell = ''): string[] => (cell === '-' ? [] : cell.split('; '));

type Dates = Parameters<typeof duePeriods>[0];
function subscriptionIn(text: string): { subscription: Dates; from: ReturnType<typeof date> } {
  const words = text.split(' ');
  const after = (word: string): ReturnType<typeof date> | null => {
    const at = words.indexOf(word);
    return at < 0 ? null : date(words[at + 1] ?? '');
  };
  const statuses: Subscription['status'][] = ['suspended', 'ended'];
  return {
    subscription: {
      status: statuses.find((status) => words.includes(status)) ?? 'active',
      autoRenews: after('ends') === null,
      billingPeriod: { unit: 'month', count: Number(words[0]) },
      startDate: after('since'),
      renewalDate: null,
      expirationDate: after('ends') ?? after('renews'),
    },
    from: after('from') ?? date('2026-11-01'),
  };
}

type Paying = Pick<Charge, 'class' | 'share' | 'period' | 'placedOn'>;
function chargeIn(text: string): Paying {
  const [kind = '', rest = ''] = text.split(' ');
  const [start, end] = rest.split('..').filter(Boolean).map(date);
  const period = start === undefined || end === undefined ? null : { start, end };
  const placedOn = start ?? today;
  switch (kind) {
    case 'whole':
      return { class: 'recurring', share: '1', period, placedOn };
    case 'order':
      return { class: 'recurring', share: '1', period: null, placedOn };
    case 'part':
      return { class: 'recurring', share: '0.5', period, placedOn };
    case 'later':
      return { class: 'recurring', share: '1', period, placedOn: end ?? placedOn };
    case 'setup':
      return { class: 'setup', share: null, period: null, placedOn };
    case 'usage':
      return { class: 'usage', share: null, period, placedOn: end ?? placedOn };
    default:
      throw new Error(`not a charge: ${text}`);
  }
}
