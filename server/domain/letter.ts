import * as v from 'valibot';
import { instantSchema } from './dates.ts';
import { failureSchema } from './errors.ts';
import { connectionIdSchema, foreignIdSchema } from './ids.ts';
import { mailAddressSchema } from './mail.ts';
import { monthSchema } from './month.ts';
import { actorSchema } from './tenant.ts';

// Letters to a customer's contact about what changed on their bill, one a month at most.

/** The last day of the month on which letters may be sent, so that every month has it. */
export const letterDayMax = 28;
/** So many days after its day a letter may still leave; then the month is let go. */
export const letterWindowDays = 7;
/** Letters that leave in one pass, and in one day; the rest waits for the next. */
export const lettersAPassMax = 20;
export const lettersADayMax = 500;
/** Months for which it is remembered that a letter went out. */
export const lettersKeptMonths = 13;

/**
 * What became of one letter. Stored before it is handed over (`sending`); `unclear` where nobody knows
 * whether the mail server took it: it is not sent again before a person says so.
 */
export const customerLetterSchema = v.object({
  /** `ownKey(connection, customer, month)`: there is one letter a customer and month. */
  id: v.string(),
  connectionId: connectionIdSchema,
  customerId: foreignIdSchema,
  month: monthSchema,
  to: mailAddressSchema,
  subject: v.string(),
  state: v.picklist(['sending', 'sent', 'refused', 'unclear']),
  by: actorSchema,
  at: instantSchema,
  answeredAt: v.nullable(instantSchema),
  failure: v.nullable(failureSchema),
});
export type CustomerLetter = v.InferOutput<typeof customerLetterSchema>;
