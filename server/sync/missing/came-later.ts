import type { Charge } from '../../domain/charge.ts';
import type { Link } from '../../domain/link.ts';
import { productKeyOf } from '../../domain/mapping.ts';
import { isMissingOrder, missingKey } from '../../domain/missing.ts';
import type { Reader } from '../../domain/ports/store.ts';
import { linkStateOf } from '../plan/links.ts';
import { chargesBySubscription, paidBy } from '../plan/paid-periods.ts';

/** The revision of a line that was billed from a subscription for another amount than its order's. */
export const otherAmount = 'billed-from-subscription';

/** A line billed from a subscription, and the charge of the order that came for it. */
export interface Came {
  billed: Link;
  charge: Charge;
}

/** Lines that were billed from subscriptions and whose orders are there by now. */
export function cameLater(reader: Reader): Came[] {
  const billed = reader
    .list('link')
    .filter(
      ({ state, orderId, sign }) => state === 'live' && sign === 1 && isMissingOrder(orderId),
    );
  if (billed.length === 0) return [];
  const byKey = new Map<string, Charge[]>();
  for (const { key, charge } of billedBeforeTheirOrders(reader))
    byKey.set(key, [...(byKey.get(key) ?? []), charge]);
  return billed.flatMap((link) => {
    if (linkStateOf(reader, link.chargeKey).live?.id !== link.id) return [];
    const charge = byKey
      .get(link.chargeKey)
      ?.find(({ key }) => linkStateOf(reader, key).live === null);
    return charge === undefined ? [] : [{ billed: link, charge }];
  });
}

/** Under which key each charge of an order would have been billed from its subscription before. */
export function billedBeforeTheirOrders(
  reader: Reader,
): { key: string; charge: Charge; customerId: string }[] {
  return [...chargesBySubscription(reader)].flatMap(([subscriptionId, charges]) => {
    const subscription = reader.get('subscription', subscriptionId);
    if (subscription === null) return [];
    const paid = paidBy(subscription, charges);
    return charges.flatMap((charge) => {
      const productKey = productKeyOf(charge);
      if (productKey === null) return [];
      return (paid.get(charge.key) ?? []).map((start) => ({
        key: missingKey(subscriptionId, productKey, start),
        charge,
        customerId: subscription.customerId,
      }));
    });
  });
}
