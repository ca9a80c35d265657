import { canonical } from '../../domain/json.ts';
import { money } from '../../domain/money.ts';
import type { Order, OrderType } from '../../domain/order.ts';
import type { Crypto } from '../../domain/ports/machine.ts';
import { chargesOf } from './charges.ts';
import { isBillingRun } from './detail-classes.ts';
import type { VendorOrder } from './schemas.ts';

const revisionLength = 16;

/** An order of either form. The list form carries the charges, but neither products nor subscription. */
export function orderOf(
  order: VendorOrder,
  { detailed, crypto }: { detailed: boolean; crypto: Crypto },
): Order {
  const type = typeOf(order);
  const charges = chargesOf(order, type, crypto);
  const fields = {
    id: order.id,
    number: order.orderNumber ?? order.id,
    type,
    customerId: order.customerId,
    purchaseOrder: order.poNumber,
    placedAt: order.creationDate.at,
    placedOn: order.creationDate.on,
    status: statusOf(order.status),
    total: money(order.total.amount, order.total.currency),
  };
  return {
    ...fields,
    subscriptionId: order.subscriptionId ?? order.targetSubscriptionId,
    products: order.products.map((line) => ({
      productId: line.id,
      partNumber: line.mpn,
      name: line.name,
      quantity: line.quantity,
      subscriptionId: line.subscriptionId ?? line.targetSubscriptionId,
    })),
    charges,
    detailed,
    revision: revisionOf({ fields, charges, crypto }),
  };
}

/**
 * A hash of what both forms tell and billing can depend on, whatever the order of the details, so
 * that a list page alone shows whether an order must be read again.
 */
function revisionOf(options: {
  fields: object;
  charges: Order['charges'];
  crypto: Crypto;
}): string {
  const charges = options.charges.map(({ key, revision }) => `${key} ${revision}`).sort();
  const content = canonical({ ...options.fields, charges });
  return options.crypto.hash(content).slice(0, revisionLength);
}

/** SimpleAPI has no word for orders of a billing run; they are known by what they are made of. */
function typeOf({ type, details }: VendorOrder): OrderType {
  switch (type) {
    case 'sales':
    case 'change':
    case 'renewal':
    case 'cancellation':
    case 'migration':
      return type;
    default:
      return isBillingRun(details.map((detail) => detail.type)) ? 'billing' : 'unknown';
  }
}

/** A status that the description does not list waits like an open order. */
function statusOf(status: string): Order['status'] {
  switch (status) {
    case 'completed':
    case 'cancelled':
      return status;
    case 'error':
      return 'failed';
    default:
      return 'open';
  }
}
