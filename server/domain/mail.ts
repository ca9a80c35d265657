import * as v from 'valibot';
import type { BillLetter } from './bill.ts';
import { instantSchema } from './dates.ts';
import type { ErrorCode } from './errors.ts';
import { connectionIdSchema } from './ids.ts';
import type { Money } from './money.ts';
import { type ProblemKind, problemKindSchema } from './ticket.ts';

/** A mail address as a person types it: one `@`, no space, no name beside it. */
export const mailAddressSchema = v.pipe(v.string(), v.maxLength(254), v.email());
export const recipientsMax = 10;

/** To whom a connection writes, and when. Its id is the connection's. */
export const mailingSchema = v.object({
  id: connectionIdSchema,
  to: v.pipe(v.array(mailAddressSchema), v.maxLength(recipientsMax)),
  /** Minute of the day in the connection's time zone at which the daily digest leaves; null is never. */
  digestAt: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1439))),
  /** Whether what fails is told at once. */
  failures: v.boolean(),
  /** Kinds of failures that no mail is written about. */
  quiet: v.optional(v.array(problemKindSchema), []),
  /** Day of the month on which customers' letters leave; null is never. */
  customerDay: v.optional(
    v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(28))),
    null,
  ),
  /** The day whose digest was sent last. */
  digestSent: v.nullable(v.string()),
  /** When failures were told last, and which: what is not new is told again once a day. */
  told: v.nullable(v.object({ at: instantSchema, problems: v.array(v.string()) })),
  /** Why the last mail could not be sent; null once one could. */
  failure: v.nullable(
    v.object({ at: instantSchema, code: v.string(), said: v.nullable(v.string()) }),
  ),
});
export type Mailing = v.InferOutput<typeof mailingSchema>;

const sevenInTheMorning = 7 * 60;
export const noMailing = (id: Mailing['id']): Mailing => ({
  id,
  to: [],
  digestAt: sevenInTheMorning,
  failures: true,
  quiet: [],
  customerDay: null,
  digestSent: null,
  told: null,
  failure: null,
});

/** Something that does not come right by itself, as long as it lasts. */
export interface Problem {
  /** Names it as long as it is the same. */
  key: string;
  kind: ProblemKind;
  code: ErrorCode | null;
  count: number;
  money: readonly Money[];
  /** The screen that shows it, as a path behind the page's hash. */
  screen: string;
}

/** What a mail tells; the words are the composer's. */
export type Letter =
  | { kind: 'test' }
  | { kind: 'problems'; problems: readonly Problem[]; isReminder: boolean }
  /** Into a ticket, whose summary is the subject; and what closes it. */
  | { kind: 'ticket'; problem: Problem }
  | { kind: 'solved'; summary: string }
  /** To a customer, about their bill. */
  | { kind: 'bill'; letter: BillLetter }
  | {
      kind: 'digest';
      problems: readonly Problem[];
      needs: Told;
      ready: Told;
      waiting: Told;
      /** Runs that a second person has to confirm. */
      second: Told;
      /** In the last 24 hours. */
      written: Told & { documents: number };
      /** Documents that a person changed in the system. */
      changed: number;
    };
export interface Told {
  count: number;
  money: readonly Money[];
}

/** A mail as it leaves: both forms say the same. */
export interface Mail {
  to: readonly string[];
  subject: string;
  text: string;
  html: string;
  /** Where an answer goes, and a wish for no more of them; left out for our own people's mails. */
  replyTo?: string | null;
}
