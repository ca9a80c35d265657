import type { Charge } from '../../domain/charge.ts';
import type { CalendarDate } from '../../domain/dates.ts';
import { productKeyOf } from '../../domain/mapping.ts';
import { paidPeriods } from '../../domain/missing.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { Subscription } from '../../domain/subscription.ts';

/** Charges of the marketplace's own orders, by subscription; of those that came to nothing none. */
export function chargesBySubscription(reader: Reader): Map<string, Charge[]> {
  const bySubscription = new Map<string, Charge[]>();
  for (const { type, status, subscriptionId, charges } of reader.list('order')) {
    if (type === 'own' || type === 'missing' || type === 'part' || type === 'blend') continue;
    if (status !== 'completed' && status !== 'open') continue;
    for (const key of charges) {
      const charge = reader.get('charge', key);
      const of =
        charge?.subscriptionId ?? (charge?.candidates.length === 0 ? subscriptionId : null);
      if (charge === null || of === null) continue;
      const own = bySubscription.get(of);
      if (own === undefined) bySubscription.set(of, [charge]);
      else own.push(charge);
    }
  }
  return bySubscription;
}

/** The first days of the periods that each of a subscription's charges pays for, by charge key. */
export function paidBy(
  subscription: Subscription,
  charges: readonly Charge[],
): Map<string, CalendarDate[]> {
  const byProduct = new Map<string | null, Charge[]>();
  for (const charge of charges) {
    const key = productKeyOf(charge);
    byProduct.set(key, [...(byProduct.get(key) ?? []), charge]);
  }
  return new Map([...byProduct.values()].flatMap((own) => [...paidPeriods(subscription, own)]));
}

/** What orders pay for, as planning asks for it. */
export interface PaidPeriods {
  /** Whether an order of the marketplace pays for the period of a missing charge. */
  isPaid(missing: Charge): boolean;
  /** The first days of the periods that a charge of an order pays for. */
  by(charge: Charge, subscriptionId: string): readonly CalendarDate[];
}

/** Indexed on the first question only: most worlds never ask it. */
export function paidPeriodsOf(reader: Reader): PaidPeriods {
  let all: Map<string, Charge[]> | null = null;
  const known = new Map<string, Map<string, CalendarDate[]>>();
  const chargesOf = (subscriptionId: string): Charge[] => {
    all ??= chargesBySubscription(reader);
    return all.get(subscriptionId) ?? [];
  };
  const paid = (subscriptionId: string): Map<string, CalendarDate[]> => {
    const subscription = reader.get('subscription', subscriptionId);
    const found =
      known.get(subscriptionId) ??
      (subscription === null ? new Map() : paidBy(subscription, chargesOf(subscriptionId)));
    known.set(subscriptionId, found);
    return found;
  };
  return {
    isPaid: (missing) => {
      const { subscriptionId, period } = missing;
      if (subscriptionId === null || period === null) return false;
      const starts = paid(subscriptionId);
      return chargesOf(subscriptionId).some(
        (charge) =>
          productKeyOf(charge) === productKeyOf(missing) &&
          (starts.get(charge.key) ?? []).includes(period.start),
      );
    },
    by: (charge, subscriptionId) => paid(subscriptionId).get(charge.key) ?? [],
  };
}
