import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  date,
  dateAt,
  dateSchema,
  daysBetween,
  earlier,
  firstOfMonth,
  firstOfNextMonth,
  instant,
  later,
  millisecondsOf,
  minuteOfDayAt,
} from '../../server/domain/dates.ts';

const days = fc.integer({ min: 0, max: 60_000 }).map((count) => addDays(date('1950-01-01'), count));

describe('calendar dates', () => {
  it('are only days that exist', () => {
    expect(date('2028-02-29')).toBe('2028-02-29');
    for (const text of ['2026-02-29', '2026-13-01', '2026-1-1', '2026-04-31', '', '2026-11-23T00'])
      expect(v.is(dateSchema, text)).toBe(false);
  });

  it('move by days and back', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -5_000, max: 5_000 }), (from, count) => {
        const to = addDays(from, count);
        expect(addDays(to, -count)).toBe(from);
        expect(daysBetween(from, to)).toBe(count);
      }),
    );
  });

  it('keep the day of the month, or take a shorter month’s last', () => {
    expect(addMonths(date('2026-01-31'), 1)).toBe('2026-02-28');
    expect(addMonths(date('2028-01-31'), 1)).toBe('2028-02-29');
    expect(addMonths(date('2026-03-15'), -14)).toBe('2025-01-15');
    fc.assert(
      fc.property(days, fc.integer({ min: -200, max: 200 }), (from, months) => {
        const moved = addMonths(from, months);
        expect(Number(moved.slice(8))).toBeLessThanOrEqual(Number(from.slice(8)));
        expect(addMonths(firstOfMonth(from), months)).toBe(firstOfMonth(moved));
      }),
    );
  });

  it('know the first of their month and of the next', () => {
    expect(firstOfMonth(date('2026-11-23'))).toBe('2026-11-01');
    expect(firstOfNextMonth(date('2026-12-31'))).toBe('2027-01-01');
    expect(earlier(date('2026-01-02'), date('2026-01-01'))).toBe('2026-01-01');
    expect(later(date('2026-01-02'), date('2026-01-01'))).toBe('2026-01-02');
  });

  it('are the day where the books are kept, summer time included', () => {
    const evening = Date.parse('2026-11-23T14:30:00Z');
    expect(dateAt(evening, 'Australia/Sydney')).toBe('2026-11-24');
    expect(dateAt(evening, 'America/New_York')).toBe('2026-11-23');
    expect(minuteOfDayAt(evening, 'Australia/Sydney')).toBe(90);
    expect(minuteOfDayAt(Date.parse('2026-06-23T14:30:00Z'), 'Australia/Sydney')).toBe(30);
    expect(minuteOfDayAt(Date.parse('2026-06-23T00:00:00Z'), 'UTC')).toBe(0);
  });

  it('instants come back from their text', () => {
    expect(millisecondsOf(instant(1_795_430_400_000))).toBe(1_795_430_400_000);
  });
});
