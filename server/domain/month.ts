import * as v from 'valibot';
import { addDays, type CalendarDate, date, firstOfNextMonth, instantSchema } from './dates.ts';
import { connectionIdSchema } from './ids.ts';
import { moneySchema } from './money.ts';
import { actorSchema } from './tenant.ts';

/** A calendar month of a connection's books: `YYYY-MM`. */
export const monthSchema = v.pipe(
  v.string(),
  v.regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'not a month'),
  v.brand('Month'),
);
export type Month = v.InferOutput<typeof monthSchema>;

export const monthOf = (day: CalendarDate): Month => v.parse(monthSchema, day.slice(0, 7));
export const firstDayOf = (month: Month): CalendarDate => date(`${month}-01`);
export const lastDayOf = (month: Month): CalendarDate =>
  addDays(firstOfNextMonth(firstDayOf(month)), -1);

/** What a closed month came to in one currency, as it stood when a person closed it. */
export const closedFiguresSchema = v.object({
  currency: v.string(),
  charged: moneySchema,
  own: moneySchema,
  documents: moneySchema,
  tax: moneySchema,
});

/** A month that a person closed: nothing is dated in it any more. Its id is `ownKey(connection, month)`. */
export const monthClosingSchema = v.object({
  id: v.string(),
  connectionId: connectionIdSchema,
  month: monthSchema,
  at: instantSchema,
  by: actorSchema,
  figures: v.array(closedFiguresSchema),
});
export type MonthClosing = v.InferOutput<typeof monthClosingSchema>;

export const nextMonth = (month: Month): Month => monthOf(firstOfNextMonth(firstDayOf(month)));
