import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addMonths, date } from '../../server/domain/dates.ts';
import { pauseMs } from '../../server/sync/check/check.ts';
import { checkEveryMs, jitterMs } from '../../server/sync/check/limits.ts';
import { partPeriodOf } from '../../server/sync/check/periods.ts';
import { orderWindow } from '../../server/sync/check/window.ts';
import { runs } from '../kit/length.ts';
import { chargeOf } from './check-world.ts';

const dayMs = 86_400_000;
const nowMs = Date.parse('2026-11-23T10:00:00Z');
const base = {
  nowMs,
  cursorMs: nowMs - 300_000,
  startMs: nowMs - 30 * dayMs,
  oldestOpenMs: null,
  billFrom: null,
};

test('the cap of seven days never cuts the cursor', () => {
  const cursorMs = nowMs - 12 * dayMs;
  expect(orderWindow({ ...base, cursorMs }).fromMs).toBe(cursorMs - dayMs);
  expect(orderWindow({ ...base, cursorMs, oldestOpenMs: nowMs - 60 * dayMs }).fromMs).toBe(
    cursorMs - dayMs,
  );
  expect(orderWindow({ ...base, oldestOpenMs: nowMs - 60 * dayMs }).fromMs).toBe(nowMs - 7 * dayMs);
  expect(orderWindow({ ...base, oldestOpenMs: nowMs - 3 * dayMs }).fromMs).toBe(nowMs - 3 * dayMs);
});

test('a first reading that was not finished keeps its start as time goes on', () => {
  const startMs = Date.parse('2026-10-01T00:00:00Z');
  expect(orderWindow({ ...base, cursorMs: null, startMs }).fromMs).toBe(startMs);
});

test('a window never begins after the cursor', () => {
  fc.assert(
    fc.property(fc.nat({ max: 90 }), fc.option(fc.nat({ max: 90 })), (cursorDays, openDays) => {
      const cursorMs = nowMs - cursorDays * dayMs;
      const oldestOpenMs = openDays === null ? null : nowMs - openDays * dayMs;
      expect(orderWindow({ ...base, cursorMs, oldestOpenMs }).fromMs).toBeLessThanOrEqual(
        cursorMs - dayMs,
      );
    }),
  );
});

test('checks are five minutes apart, give or take the jitter', () => {
  expect(pauseMs({ fraction: () => 0 })).toBe(checkEveryMs - jitterMs);
  expect(pauseMs({ fraction: () => 0.5 })).toBe(checkEveryMs);
});

const subscription = {
  id: 's1',
  name: 'S',
  customerId: 'c',
  status: 'active' as const,
  autoRenews: true,
  startDate: date('2026-01-31'),
  renewalDate: null,
  expirationDate: null,
  modifiedDate: null,
  billingPeriod: { unit: 'month' as const, count: 1 },
  term: null,
  detailed: false,
  products: [],
};
test('a part month runs from its day to the next boundary, which is not charged', () => {
  const charge = chargeOf('1', { share: '0.726', placedOn: date('2026-02-10') });
  expect(partPeriodOf(charge, subscription)).toEqual({ start: '2026-02-10', end: '2026-02-28' });
  expect(partPeriodOf({ ...charge, placedOn: date('2026-02-28') }, subscription)?.end).toBe(
    '2026-03-31',
  );
  expect(partPeriodOf({ ...charge, share: '1' }, subscription)).toBeNull();
  const given = chargeOf('-10', { class: 'credit', share: '1' });
  expect(partPeriodOf({ ...given, placedOn: date('2026-02-28') }, subscription)).toEqual({
    start: '2026-02-28',
    end: '2026-03-31',
  });
  expect(partPeriodOf({ ...given, placedOn: date('2026-02-10') }, subscription)).toBeNull();
  expect(partPeriodOf({ ...charge, class: 'setup' }, subscription)).toBeNull();
  expect(partPeriodOf(charge, null)).toBeNull();
});

test('the boundary is the first after the day, for any anchor and length', () => {
  const day = (n: number) =>
    date(new Date(Date.parse('2020-01-01') + n * dayMs).toISOString().slice(0, 10));
  fc.assert(
    fc.property(
      fc.nat({ max: 3000 }),
      fc.integer({ min: -1500, max: 3000 }),
      fc.constantFrom(1, 3, 12),
      (anchor, after, count) => {
        const startDate = day(anchor);
        const placedOn = day(anchor + after < 0 ? 0 : anchor + after);
        const own = {
          ...subscription,
          startDate,
          billingPeriod: { unit: 'month' as const, count },
        };
        const end = partPeriodOf(chargeOf('1', { share: '0.5', placedOn }), own)?.end;
        const boundaries = Array.from({ length: 600 }, (_, n) =>
          addMonths(startDate, (n - 300) * count),
        );
        expect(end).toBe(boundaries.find((boundary) => boundary > placedOn));
      },
    ),
    runs(50),
  );
});
