import { addMonths, type CalendarDate, dateAt } from '../../domain/dates.ts';
import { openOrderWindowMs, windowOverlapMs, zoneSlackMs } from './limits.ts';

/**
 * Which creation times of orders to read now (DESIGN.md 3, Check). All in milliseconds.
 *
 * From 24 hours before the cursor, or from the oldest open order if earlier but at most 7 days old;
 * that cap never cuts what the cursor asks for. The first reading, and one that was not finished,
 * starts at the earlier of "bill from" and one month ago; a bill-from moved back before `startMs`
 * reads from there again.
 */
export function orderWindow(options: {
  nowMs: number;
  /** Up to where every order was stored; null until a first reading was finished. */
  cursorMs: number | null;
  /** From where on orders were or are being read; null before the first reading. */
  startMs: number | null;
  oldestOpenMs: number | null;
  /** The earliest bill-from of any connection or customer. */
  billFrom: CalendarDate | null;
}): { fromMs: number; startMs: number } {
  const { nowMs, cursorMs, oldestOpenMs, billFrom } = options;
  const billFromMs =
    billFrom === null ? Number.POSITIVE_INFINITY : Date.parse(billFrom) - zoneSlackMs;
  const monthAgoMs = Date.parse(addMonths(dateAt(nowMs, 'UTC'), -1));
  const startMs = Math.min(options.startMs ?? monthAgoMs, billFromMs);
  const isMovedBack = options.startMs !== null && startMs < options.startMs;
  if (cursorMs === null || isMovedBack) return { fromMs: startMs, startMs };
  const openMs = Math.max(oldestOpenMs ?? nowMs, nowMs - openOrderWindowMs);
  return { fromMs: Math.min(cursorMs - windowOverlapMs, openMs), startMs };
}
