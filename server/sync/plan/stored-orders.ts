import { comparePlaced, type Order } from '../../domain/order.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { RecordOf } from '../../domain/records.ts';

export type StoredOrder = RecordOf<'order'>;

/** An order with its charges, as the marketplace told it last. */
export function orderOf(reader: Reader, orderId: string): Order | null {
  const record = reader.get('order', orderId);
  if (record === null) return null;
  const charges = record.charges.flatMap((key) => reader.get('charge', key) ?? []);
  return { ...record, charges };
}

/** Indexed on the first question only: a world without a recurring charge never asks it. */
export function ordersByCustomer(reader: Reader): (customerId: string) => readonly StoredOrder[] {
  let byCustomer: Map<string, StoredOrder[]> | null = null;
  return (customerId) => {
    byCustomer ??= Map.groupBy(
      reader
        .list('order')
        .filter(({ status }) => status === 'completed')
        .toSorted((a, b) => comparePlaced(b, a)),
      (order) => order.customerId,
    );
    return byCustomer.get(customerId) ?? [];
  };
}

/** Indexed on the first question only. */
export function blendFinder(reader: Reader): (chargeKey: string) => string | null {
  let byChange: Map<string, string> | null = null;
  return (chargeKey) => {
    byChange ??= new Map(
      reader
        .list('order')
        .filter(({ type, status }) => type === 'blend' && status === 'completed')
        .flatMap(({ id, charges }) =>
          charges.flatMap((key) =>
            (reader.get('charge', key)?.blend ?? []).map(({ of }) => [of, id] as const),
          ),
        ),
    );
    return byChange.get(chargeKey) ?? null;
  };
}

/** Indexed on the first question only: most worlds never ask it. */
export function newestOrderFinder(
  reader: Reader,
): (subscriptionId: string, before: string) => string | null {
  let bySubscription: Map<string, Placement[]> | null = null;
  return (subscriptionId, before) => {
    bySubscription ??= completedBySubscription(reader);
    const earlier = (bySubscription.get(subscriptionId) ?? []).filter(
      ({ placedOn }) => placedOn < before,
    );
    return earlier.toSorted((a, b) => comparePlaced(b, a))[0]?.id ?? null;
  };
}

type Placement = Pick<Order, 'id' | 'placedAt' | 'placedOn'>;

function completedBySubscription(reader: Reader): Map<string, Placement[]> {
  const bySubscription = new Map<string, Placement[]>();
  for (const { id, placedAt, placedOn, status, subscriptionId, products } of reader.list('order')) {
    if (status !== 'completed') continue;
    const ids = new Set([subscriptionId, ...products.map((product) => product.subscriptionId)]);
    for (const own of ids)
      if (own !== null) {
        const orders = bySubscription.get(own) ?? [];
        orders.push({ id, placedAt, placedOn });
        bySubscription.set(own, orders);
      }
  }
  return bySubscription;
}
