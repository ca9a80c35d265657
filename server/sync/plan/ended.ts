import type { CalendarDate } from '../../domain/dates.ts';
import { endOf } from '../../domain/leaving.ts';
import type { Reader } from '../../domain/ports/store.ts';

/** When a subscription ended, from what was read; indexed on the first question only. */
export function endedFinder(
  reader: Reader,
  today: CalendarDate,
): (subscriptionId: string) => CalendarDate | null {
  let cancelled: Map<string, CalendarDate> | null = null;
  return (subscriptionId) => {
    const subscription = reader.get('subscription', subscriptionId);
    if (subscription?.status !== 'ended') return null;
    cancelled ??= cancellations(reader);
    return endOf(subscription, { cancelledOn: cancelled.get(subscriptionId) ?? null, today });
  };
}

/** The newest completed cancellation of each subscription: one that is taken up again can end again. */
function cancellations(reader: Reader): Map<string, CalendarDate> {
  const newest = new Map<string, CalendarDate>();
  for (const { type, status, placedOn, subscriptionId, products } of reader.list('order')) {
    if (type !== 'cancellation' || status !== 'completed') continue;
    for (const id of new Set([subscriptionId, ...products.map((one) => one.subscriptionId)]))
      if (id !== null && (newest.get(id) ?? placedOn) <= placedOn) newest.set(id, placedOn);
  }
  return newest;
}
