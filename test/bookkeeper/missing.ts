import type { Books } from './books.ts';
import type { Charge } from './charge.ts';
import { equals, exact } from './exact.ts';
import type { Order } from './marketplace-journal.ts';

/** A period without an order that a person billed from its subscription. */
export interface BookMissing {
  /** The number it is billed under. */
  order: string;
  customer: string;
  subscription: string;
  product: string;
  /** A name by which its line may call it. */
  word: string;
  /** Half-open. */
  start: string;
  end: string;
  currency: string;
  amount: string;
}

const dayMs = 86_400_000;
/** An order may be placed so many days before the period that it pays for. */
const daysAhead = 7;

/** Each period that was billed from a subscription, as one charge. */
export const missingCharges = (books: Books): Charge[] =>
  (books.missing ?? []).map((missing) => ({
    order: missing.order,
    name: `missing: ${missing.word}`,
    detail: 'missing',
    customer: missing.customer,
    contact: books.customers[missing.customer]?.contact ?? null,
    subscription: missing.subscription,
    product: missing.product,
    words: [missing.word],
    start: missing.start,
    purchaseOrder: null,
    currency: missing.currency,
    amount: exact(missing.amount),
  }));

/**
 * Takes a charge of an order together with the period it came for. Of the same amount the line stays
 * as it was billed and nothing is billed again; of another one the order alone counts.
 */
export function withMissing(
  orders: readonly Order[],
  bill: readonly Charge[],
  books: Books,
): { bill: Charge[]; none: { charge: Charge; reason: string }[] } {
  const none: { charge: Charge; reason: string }[] = [];
  const result = { bill: [...bill], none };
  const missing = missingCharges(books);
  for (const [index, period] of (books.missing ?? []).entries()) {
    const own = missing[index];
    if (own === undefined) continue;
    const numbers = new Set(
      orders.filter((order) => paysFor(order, period)).map(({ orderNumber }) => orderNumber),
    );
    const came = result.bill.find(
      (charge) => numbers.has(charge.order) && charge.product === own.product,
    );
    if (came !== undefined && !equals(came.amount, own.amount)) {
      result.none.push({ charge: own, reason: 'its order came with another amount' });
      continue;
    }
    result.bill = [...result.bill.filter((charge) => charge !== came), own];
    if (came !== undefined)
      result.none.push({ charge: came, reason: 'billed from its subscription before it came' });
  }
  return result;
}

function paysFor(order: Order, { subscription, product, start, end }: BookMissing): boolean {
  const placedMs = Date.parse(`${order.creationDate}`.slice(0, 10));
  return (
    (order.subscriptionId ?? order.targetSubscriptionId) === subscription &&
    placedMs >= Date.parse(start) - daysAhead * dayMs &&
    placedMs < Date.parse(end) - daysAhead * dayMs &&
    order.details.some(
      ({ type, productId }) =>
        productId === product && ['recurring', 'billRecord', 'renew'].includes(type),
    )
  );
}
