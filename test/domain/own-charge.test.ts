import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { date, instant } from '../../server/domain/dates.ts';
import { connectionIdSchema } from '../../server/domain/ids.ts';
import { nextPeriodAfter, type OwnCharge, ownPeriods } from '../../server/domain/own-charge.ts';
import { ownOrders } from '../../server/sync/own/own-orders.ts';
import { testCrypto } from '../kit/test-crypto.ts';

const own = (changes: Partial<OwnCharge> = {}): OwnCharge => ({
  id: 'o1',
  connectionId: v.parse(connectionIdSchema, 'c1'),
  customerId: 'cust1',
  number: 'OC-1',
  currency: 'AUD',
  everyMonths: 1,
  from: date('2026-01-31'),
  until: null,
  pauses: [],
  terms: [{ from: date('2026-01-31'), description: 'Support', quantity: '2', unitPrice: '49.995' }],
  by: { kind: 'app' },
  at: instant(0),
  ...changes,
});
const starts = (of: OwnCharge, today: string) =>
  ownPeriods(of, date(today)).map(({ start, charged }) => `${start}${charged ? '' : ' free'}`);

describe('the periods of an own charge', () => {
  test('begin on the day of the first, or on the last day of a shorter month', () => {
    expect(starts(own(), '2026-05-01')).toEqual([
      '2026-01-31',
      '2026-02-28',
      '2026-03-31',
      '2026-04-30',
    ]);
  });
  test('meet without gap or overlap', () => {
    const periods = ownPeriods(own(), date('2027-06-01'));
    for (const [index, { end }] of periods.entries())
      expect(end).toBe(periods[index + 1]?.start ?? '2027-06-30');
  });
  test('are one where it is charged once, and none before its day', () => {
    expect(starts(own({ everyMonths: null }), '2028-01-01')).toEqual(['2026-01-31']);
    expect(starts(own({ everyMonths: null }), '2026-01-30')).toEqual([]);
  });
  test('are free while it is paused and from its end on', () => {
    const paused = own({
      pauses: [{ from: date('2026-02-01'), until: date('2026-03-31') }],
      until: date('2026-04-30'),
    });
    expect(starts(paused, '2026-05-31')).toEqual([
      '2026-01-31',
      '2026-02-28 free',
      '2026-03-31',
      '2026-04-30 free',
      '2026-05-31 free',
    ]);
  });
  test('have the price that was valid on their first day', () => {
    const raised = own({
      terms: [
        { from: date('2026-01-31'), description: 'Support', quantity: '2', unitPrice: '50' },
        { from: date('2026-03-01'), description: 'Support+', quantity: '3', unitPrice: '55' },
      ],
    });
    expect(
      ownPeriods(raised, date('2026-03-31')).map(
        ({ terms }) => `${terms.quantity} ${terms.unitPrice}`,
      ),
    ).toEqual(['2 50', '2 50', '3 55']);
  });
});

describe('what comes next', () => {
  test.for([
    [own(), '2026-01-30', '2026-01-31'],
    [own(), '2026-01-31', '2026-02-28'],
    [own({ until: date('2026-02-28') }), '2026-01-31', null],
    [own({ everyMonths: null }), '2026-01-31', null],
    [own({ pauses: [{ from: date('2026-02-01'), until: null }] }), '2026-01-31', null],
    [
      own({ pauses: [{ from: date('2026-02-01'), until: date('2026-03-01') }] }),
      '2026-01-31',
      '2026-03-31',
    ],
  ] as const)('case %#', ([of, today, next]) => {
    expect(nextPeriodAfter(of, date(today))).toBe(next);
  });
});

describe('its orders', () => {
  test('are whole periods rounded once, half away from zero', () => {
    const [order] = ownOrders(testCrypto, own(), date('2026-01-31'));
    expect(order).toMatchObject({ number: 'OC-1/2026-01-31', type: 'own', status: 'completed' });
    expect(order?.total).toEqual({ amountMinor: 9999n, currency: 'AUD' });
    const [credit] = ownOrders(
      testCrypto,
      own({
        terms: [
          { from: date('2026-01-31'), description: 'Goodwill', quantity: '1', unitPrice: '-0.125' },
        ],
      }),
      date('2026-01-31'),
    );
    expect(credit?.total.amountMinor).toBe(-13n);
  });
  test('keep their key and change their revision when the price changes', () => {
    const [before] = ownOrders(testCrypto, own(), date('2026-01-31'));
    const [after] = ownOrders(
      testCrypto,
      own({
        terms: [
          { from: date('2026-01-31'), description: 'Support', quantity: '2', unitPrice: '60' },
        ],
      }),
      date('2026-01-31'),
    );
    expect(after?.charges[0]?.key).toBe(before?.charges[0]?.key);
    expect(after?.charges[0]?.revision).not.toBe(before?.charges[0]?.revision);
  });
});
