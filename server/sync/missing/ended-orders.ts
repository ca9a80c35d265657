import { addDays, instant } from '../../domain/dates.ts';
import { isZero } from '../../domain/decimal.ts';
import { isStanding } from '../../domain/document.ts';
import { endedOrderId } from '../../domain/ended.ts';
import { productKeyOf } from '../../domain/mapping.ts';
import type { Order } from '../../domain/order.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { Subscription } from '../../domain/subscription.ts';
import type { Check } from '../check/context.ts';
import { billingConnection } from '../check/who-bills.ts';
import { openMarker } from '../markers.ts';
import { chargesBySubscription } from '../plan/paid-periods.ts';

/**
 * Subscriptions that ended with their term and whose lines still stand, as cancellations of their last
 * day: the system would go on invoicing what nobody has any more. The same records give the same orders.
 */
export function endedOrders(
  reader: Reader,
  check: Pick<Check, 'crypto' | 'tenantId' | 'isStanding'>,
): Order[] {
  const standing = openMarks(reader);
  if (standing.size === 0) return [];
  const cancelled = new Set(
    reader
      .list('order')
      .filter(({ type, status }) => type === 'cancellation' && status === 'completed')
      .map(({ subscriptionId }) => subscriptionId),
  );
  const charges = chargesBySubscription(reader);
  return reader.list('subscription').flatMap((subscription) => {
    const { id, status, expirationDate, customerId } = subscription;
    if (status !== 'ended' || expirationDate === null || cancelled.has(id)) return [];
    const billing = billingConnection(reader, customerId);
    if (billing === null || !check.isStanding(billing.systemId)) return [];
    const scope = { tenantId: check.tenantId, accountId: billing.account.id };
    const own = charges.get(id) ?? [];
    const products = new Map(
      [...own, ...subscription.products].map((one) => [productKeyOf(one), one]),
    );
    const open = [...products].flatMap(([productKey, { productId, partNumber }]) => {
      const marker = openMarker(check.crypto, scope, {
        subscriptionId: id,
        orderId: '',
        productKey,
        chargeKey: '',
      });
      return standing.has(marker) ? [{ productId, partNumber }] : [];
    });
    const currency = own[0]?.amount.currency ?? billing.account.baseCurrency;
    return open.length === 0 ? [] : [orderOf(subscription, expirationDate, open, currency)];
  });
}

/** Marks of lines that are open and not ended. */
const openMarks = (reader: Reader): ReadonlySet<string> =>
  new Set(
    reader
      .list('snapshot')
      .filter(({ document }) => isStanding(document.kind))
      .flatMap(({ document }) =>
        document.lines.flatMap(({ marker, quantity }) =>
          marker === null || isZero(quantity) ? [] : [marker],
        ),
      ),
  );

function orderOf(
  { id, name, customerId }: Subscription,
  endsOn: NonNullable<Subscription['expirationDate']>,
  products: readonly { productId: string | null; partNumber: string | null }[],
  currency: string,
): Order {
  const lastDay = addDays(endsOn, -1);
  return {
    id: endedOrderId(id, endsOn),
    number: `${id}/${endsOn}`,
    type: 'cancellation',
    customerId,
    purchaseOrder: null,
    placedAt: instant(Date.parse(`${lastDay}T00:00:00Z`)),
    placedOn: lastDay,
    status: 'completed',
    subscriptionId: id,
    total: { amountMinor: 0n, currency },
    products: products.map((product) => ({ ...product, name, quantity: '0', subscriptionId: id })),
    charges: [],
    detailed: true,
    revision: 'ended',
  };
}
