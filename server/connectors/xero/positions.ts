import { millisecondsOf } from '../../domain/dates.ts';
import { sinceText } from './dates.ts';
import { creditNotesEveryMs } from './limits.ts';
import type { Listed } from './records.ts';

/** Up to where each of the two document collections was read, in Xero's own time. */
interface DocumentPosition {
  invoices: string | null;
  creditNotes: string | null;
}
const separator = ' ';

/**
 * Invoices and credit notes are two calls, and credit notes are looked at less often: a position is
 * two times, or one for both.
 */
export const documentPosition = {
  read(position: string | null): DocumentPosition {
    const [invoices = null, creditNotes = invoices] = position?.split(separator) ?? [];
    return { invoices, creditNotes };
  },
  write: ({ invoices, creditNotes }: DocumentPosition): string =>
    creditNotes === null || creditNotes === invoices
      ? (invoices ?? '')
      : `${invoices}${separator}${creditNotes}`,
};

/** Whether a position is young enough for a sparing look to leave its collection out. */
export const isRecent = (position: string | null, nowMs: number): boolean =>
  position !== null && Math.abs(nowMs - Date.parse(position)) < creditNotesEveryMs;

/** How much a next read overlaps this one: Xero compares to the second. */
const overlapMs = 1_000;

/** Xero's own time, never ours. Without it the next read starts where this one did. */
export const positionOf = ({ readAt }: Listed<unknown>, since: string | null): string =>
  readAt === null ? (since ?? sinceText(0)) : sinceText(millisecondsOf(readAt) - overlapMs);
