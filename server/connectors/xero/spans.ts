import { addDays, type CalendarDate, date, daysBetween, later } from '../../domain/dates.ts';
import { AppError } from '../../domain/errors.ts';
import type { Listed } from './records.ts';

/** Days of a list: those dated on or after `from` and before `until`, or open at the end. */
export interface Span {
  from: CalendarDate;
  until: CalendarDate | null;
}
type Pages<T> = Listed<T> & { pages: number };

/** No record is dated before it. */
const oldest = date('1900-01-01');

/** A list whatever the dates of its records, by them where it is more than Xero gives at once. */
export async function whole<T>(
  read: (span: Span | null) => Promise<Pages<T>>,
  today: CalendarDate,
): Promise<Pages<T>> {
  try {
    return await read(null);
  } catch (error) {
    if (!isTooLong(error)) throw error;
    return inSpans(read, { from: oldest, until: null }, today);
  }
}

/**
 * A list by the dates of its records, in halves and halves of halves where it is more than Xero gives at
 * once (100,000 records): each refusal costs one call. Throws `system.volume` where one day is too much.
 */
export async function inSpans<T>(
  read: (span: Span) => Promise<Pages<T>>,
  span: Span,
  today: CalendarDate,
): Promise<Pages<T>> {
  try {
    return await read(span);
  } catch (error) {
    if (!isTooLong(error)) throw error;
    const middle = middleOf(span, today);
    if (middle === null) throw error;
    const older = await inSpans(read, { from: span.from, until: middle }, today);
    const newer = await inSpans(read, { from: middle, until: span.until }, today);
    return {
      records: [...older.records, ...newer.records],
      unreadable: [...older.unreadable, ...newer.unreadable],
      // What changed since the first of them began is read again with the changes.
      readAt: older.readAt,
      pages: older.pages + newer.pages + 1,
    };
  }
}

const isTooLong = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'system.volume';

/** Null where there is nothing to halve. */
function middleOf({ from, until }: Span, today: CalendarDate): CalendarDate | null {
  const days = daysBetween(from, until ?? later(addDays(today, 1), addDays(from, 1)));
  if (days < 2) return null;
  return addDays(from, Math.floor(days / 2));
}
