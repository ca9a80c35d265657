import * as v from 'valibot';
import { type Instant, instantSchema, millisecondsOf } from './dates.ts';
import { decimalSchema } from './decimal.ts';
import { currencySchema, type Money, money, sum } from './money.ts';
import { type Actor, actorSchema, type Role } from './tenant.ts';

/**
 * Above this amount a run is prepared by one person and confirmed by another. It looks at one run by
 * itself: several smaller runs are not added up, which the setting's own help says.
 */
export const twoPeopleLimitSchema = v.object({
  amount: v.pipe(decimalSchema, v.regex(/^\d{1,12}(\.\d{1,3})?$/, 'zero or more')),
  currency: currencySchema,
});
export type TwoPeopleLimit = v.InferOutput<typeof twoPeopleLimitSchema>;

/** So long the limit of before still holds for the person who raised or removed it. */
export const loosenedForSelfMs = 24 * 60 * 60_000;

/** So long a run waits for its second person; after it nothing of it is written, and it is prepared again. */
export const secondWaitMaxMs = 7 * 24 * 60 * 60_000;

/** A limit that somebody raised or removed. */
export const loosenedSchema = v.object({
  limit: twoPeopleLimitSchema,
  by: actorSchema,
  at: instantSchema,
});
export type Loosened = v.InferOutput<typeof loosenedSchema>;

/** Somebody an admin lets approve documents and switch automatic on, who is no admin. */
export const grantSchema = v.object({
  userId: v.string(),
  name: v.string(),
  by: actorSchema,
  at: instantSchema,
});
export type Grant = v.InferOutput<typeof grantSchema>;

/** Why a run waits for another person, and who that cannot be. */
export const awaitsSchema = v.object({
  why: v.picklist(['limit', 'grant']),
  limit: v.nullable(twoPeopleLimitSchema),
  /** Ids of people who had a part in preparing it. */
  notBy: v.array(v.string()),
});
export type Awaits = v.InferOutput<typeof awaitsSchema>;

/**
 * Whether amounts of one run, a document each, are above the limit: what is charged and what is given
 * back count alike, so that they never hide each other. Another currency cannot be compared: any
 * amount in it needs two people.
 */
export function isAbove({ amount, currency }: TwoPeopleLimit, amounts: readonly Money[]): boolean {
  if (amounts.some((one) => one.currency !== currency && one.amountMinor !== 0n)) return true;
  const moved = amounts
    .filter((one) => one.currency === currency)
    .map((one) => ({ ...one, amountMinor: magnitude(one.amountMinor) }));
  return sum(currency, moved).amountMinor > money(amount, currency).amountMinor;
}

/** Whether another limit asks less often than the one before: higher, gone, or of another currency. */
export function isLooser(before: TwoPeopleLimit | null, now: TwoPeopleLimit | null): boolean {
  if (before === null) return false;
  if (now === null || now.currency !== before.currency) return true;
  return (
    money(now.amount, now.currency).amountMinor > money(before.amount, before.currency).amountMinor
  );
}

/** The limits that hold for somebody: the present one, and one they loosened themselves lately. */
export function limitsFor(
  { now, loosened }: { now: TwoPeopleLimit | null; loosened: readonly Loosened[] },
  by: Actor,
  at: Instant,
): TwoPeopleLimit[] {
  const own = loosened.filter(
    (one) =>
      by.kind === 'user' &&
      one.by.kind === 'user' &&
      one.by.id === by.id &&
      millisecondsOf(at) - millisecondsOf(one.at) < loosenedForSelfMs,
  );
  return [...(now === null ? [] : [now]), ...own.map(({ limit }) => limit)];
}

/** "Approve and automatic": an admin, or an operator whom one has named. */
export const mayApprove = (
  grants: readonly Pick<Grant, 'userId'>[],
  { role, userId }: { role: Role; userId: string },
): boolean =>
  role === 'admin' || (role === 'operator' && grants.some((grant) => grant.userId === userId));

const magnitude = (amount: bigint): bigint => (amount < 0n ? -amount : amount);
