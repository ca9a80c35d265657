import { describe, expect, it } from 'vitest';
import { money } from '../../server/domain/money.ts';
import { type Plain, planWorld } from '../kit/plan-world.ts';
import { type Row, readTable } from './table.ts';

const columns = ['case', 'orders', 'billFrom', 'accepted', 'expected'];
const rows = readTable(new URL('months.md', import.meta.url), columns);
const form = /^(09|10|11) (-?[\d.]+)((?: \w+)*)$/;
const words = ['billed', 'credited', 's2', 'part', 'year', 'own', 'USD'];

describe('a month that is far off the one before', () => {
  it.each(rows.map((row) => [row.case ?? '', row] as const))('%s', (_name, row) => {
    const { plan, tasks } = planWorld(worldOf(row));
    const last = tasks.at(-1);
    const asked = last?.groups.flatMap(({ needs }) => needs) ?? [];
    expect(asked.map(sentence).join('; ') || 'written').toBe(row.expected);
    // Nothing of the customer's month is written while one line of it asks.
    const writable = plan().plans.filter(({ needs }) => needs.length === 0);
    const ofNovember = writable.flatMap(({ lines }) => lines).filter(isOfNovember);
    expect(ofNovember.length === 0).toBe(asked.length > 0);
  });

  it('names each case once, and refuses a malformed order', () => {
    expect(new Set(rows.map((row) => row.case)).size).toBe(rows.length);
    expect(() => orderIn('11 many', 0)).toThrow('not an order');
    expect(() => orderIn('11 100 sideways', 0)).toThrow('not an order');
  });
});

const isOfNovember = ({ orderNumber }: { orderNumber: string }): boolean =>
  orderNumber.includes('-11-');

const sentence = ({ code, facts }: { code: string; facts: Record<string, string> }): string =>
  code === 'month-off'
    ? `asks ${facts.percent} of ${facts.amount} against ${facts.last}`
    : `asks ${code}`;

interface Told {
  order: NonNullable<Plain['orders']>[number];
  link: NonNullable<Plain['links']>[number] | null;
}

function worldOf(row: Row): Plain {
  const told = (row.orders ?? '').split('; ').map(orderIn);
  return {
    settings: { priceChanges: 'pass-on' },
    connection: { billFrom: row.billFrom === '-' ? '2026-09-01' : (row.billFrom ?? null) },
    orders: told.map(({ order }) => order),
    links: told.flatMap(({ link }) => link ?? []),
    decisions:
      row.accepted === '-'
        ? []
        : [
            {
              scope: { kind: 'customer', customerId: 'cust1' },
              value: { kind: 'accept', need: 'month-off', seen: row.accepted ?? '' },
            },
          ],
    subscriptions: ['s1', 's2', 's-year'].map((id) => ({
      id,
      startDate: '2026-10-10',
      ...(id === 's-year' ? { billingPeriod: { unit: 'year', count: 1 } } : {}),
    })),
  };
}

function orderIn(text: string, index: number): Told {
  const [, month, amount = '', rest = ''] = form.exec(text) ?? [];
  const told = new Set(rest.trim().split(' ').filter(Boolean));
  if (month === undefined || [...told].some((word) => !words.includes(word)))
    throw new Error(`not an order: ${text}`);
  const id = `o-${month}-${index}`;
  const placedOn = `2026-${month}-10`;
  const subscriptionId = told.has('year') ? 's-year' : told.has('s2') ? 's2' : 's1';
  const currency = told.has('USD') ? 'USD' : 'AUD';
  const isCredited = told.has('credited');
  const onPaper = isCredited ? amount.replace('-', '') : amount;
  return {
    order: {
      id,
      placedOn,
      ...(told.has('own') ? { type: 'own' } : {}),
      charges: [
        {
          subscriptionId,
          amount,
          currency,
          share: told.has('part') ? '0.5' : '1',
          period: { start: placedOn, end: '2026-12-10' },
        },
      ],
    },
    link:
      told.has('billed') || isCredited
        ? {
            chargeKey: `${id}-1`,
            orderId: id,
            subscriptionId,
            amount: money(onPaper, currency),
            documentKind: isCredited ? 'creditNote' : 'invoice',
          }
        : null,
  };
}
