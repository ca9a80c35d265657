import type { Customer } from './customer.ts';
import { addDays, type CalendarDate, later } from './dates.ts';
import type { Subscription } from './subscription.ts';

// Who is leaving, since when, and until when something may still come. Nothing here knows of documents.

/** Days after a subscription's end in which its last charges are billed without a question. */
export const leaveDaysDefault = 90;

type Held = Pick<
  Subscription,
  'id' | 'name' | 'status' | 'autoRenews' | 'expirationDate' | 'modifiedDate'
>;

/**
 * `closed`: the marketplace closed the customer. `ended`: everything they had has ended. `ending`: it all
 * ends by itself, since nothing renews.
 */
export type WhyLeaving = 'closed' | 'ended' | 'ending';

export interface Leaving {
  why: WhyLeaving;
  /** The last day something runs; null where nobody can tell. */
  lastDay: CalendarDate | null;
  /** The last day on which a charge comes without a question; null where the last day is not known. */
  until: CalendarDate | null;
  /** What still runs, with its end. */
  ending: { id: string; name: string; on: CalendarDate | null }[];
}

/**
 * Whether a customer is leaving; null for one who stays, or who never had anything. Whoever left is
 * listed until their last charges may have come, and longer while something of theirs is open.
 */
export function leavingOf(
  customer: Pick<Customer, 'status'>,
  subscriptions: readonly Held[],
  at: {
    today: CalendarDate;
    leaveDays: number;
    endedOn(subscription: Held): CalendarDate | null;
    hasOpen: boolean;
  },
): Leaving | null {
  const live = subscriptions.filter(({ status }) => status !== 'ended');
  const isClosed = customer.status === 'closed';
  if (!isClosed && (subscriptions.length === 0 || live.some(goesOn))) return null;
  const days = [
    ...live.map(({ expirationDate }) => expirationDate),
    ...subscriptions.filter(({ status }) => status === 'ended').map(at.endedOn),
  ].flatMap((day) => day ?? []);
  const lastDay = days.length === 0 ? null : days.reduce(later);
  const until = lastDay === null ? null : addDays(lastDay, at.leaveDays);
  if (!at.hasOpen && live.length === 0 && (until === null || until < at.today)) return null;
  return {
    why: isClosed ? 'closed' : live.length > 0 ? 'ending' : 'ended',
    lastDay,
    until,
    ending: live.map(({ id, name, expirationDate }) => ({ id, name, on: expirationDate })),
  };
}

/** A subscription of an unknown state, or without an end, is never taken for one that ends. */
const goesOn = ({ status, autoRenews, expirationDate }: Held): boolean =>
  autoRenews || expirationDate === null || status === 'unknown' || status === 'pending';

/**
 * The day a subscription ended: that of the order that cancelled it, else the end of its term, else the
 * day the marketplace changed it last. Null for one that has not ended.
 */
export function endOf(
  { status, expirationDate, modifiedDate }: Held,
  { cancelledOn, today }: { cancelledOn: CalendarDate | null; today: CalendarDate },
): CalendarDate | null {
  if (status !== 'ended') return null;
  if (cancelledOn !== null) return cancelledOn;
  if (expirationDate !== null && expirationDate <= today) return expirationDate;
  return modifiedDate;
}

/** Whether an order came later than the last charges of what ended are expected. */
export const isTooLate = (
  placedOn: CalendarDate,
  endedOn: CalendarDate | null,
  leaveDays: number,
): boolean => endedOn !== null && placedOn > addDays(endedOn, leaveDays);
