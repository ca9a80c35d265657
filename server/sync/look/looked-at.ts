import { addDays, addMonths, type CalendarDate } from '../../domain/dates.ts';

/** An invoice may be written so many days after it was due. */
const lateDaysMax = 10;

/** The days whose invoices were read, and what follows for the days between. */
export interface LookedAt {
  from: CalendarDate;
  today: CalendarDate;
  /** What was due on or before it should be written by now. */
  writtenUpTo: CalendarDate;
  /** A monthly subscription that began on or before it should be on an invoice. */
  begunUpTo: CalendarDate;
  /** A line that comes every month was written on this day or later, unless it has stopped. */
  currentFrom: CalendarDate;
}

export function lookedAt(from: CalendarDate, today: CalendarDate): LookedAt {
  const writtenUpTo = addDays(today, -lateDaysMax);
  return {
    from,
    today,
    writtenUpTo,
    begunUpTo: addMonths(writtenUpTo, -1),
    currentFrom: addDays(addMonths(today, -1), -lateDaysMax),
  };
}
