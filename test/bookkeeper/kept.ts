import type { Charge } from './charge.ts';
import { type Exact, equals, exact, one, quotient, size, times, toCoins } from './exact.ts';
import type { Detail, Order, Sold } from './marketplace-journal.ts';
import { dayOf, shareOf } from './service.ts';

/** A price that changed and was kept: charges from one day until another at the price of before. */
export interface BookKept {
  product: string;
  since: string;
  until: string;
}

const whole = new Set(['recurring', 'renew', 'billRecord']);
const finePlaces = 18;

/** What a charge comes to at the price its subscription paid last before `since`; null where nothing is kept. */
export function keptAmount(
  { order, detail, charge }: { order: Order; detail: Detail; charge: Charge },
  { orders }: Sold,
  kept: readonly BookKept[] = [],
): Exact | null {
  const day = dayOf(order.creationDate);
  const rule = kept.find(
    ({ product, since, until }) => product === charge.product && day >= since && day < until,
  );
  const share = shareOf(order, detail);
  if (rule === undefined || share === null || !whole.has(detail.type)) return null;
  const last = orders
    .filter(
      (earlier) =>
        dayOf(earlier.creationDate) < rule.since && subscriptionOf(earlier) === charge.subscription,
    )
    .flatMap((earlier) => earlier.details.map((of) => ({ earlier, of })))
    .findLast(({ earlier, of }) => {
      const part = shareOf(earlier, of);
      const isProduct = of.productId === detail.productId;
      return isProduct && whole.has(of.type) && part !== null && equals(part, one);
    });
  if (last === undefined) return null;
  const paid = exact(last.of.extendedPrice.amount);
  const unit = quotient(paid, size(exact(last.of.quantity)), finePlaces);
  return toCoins(times(times(unit, size(exact(detail.quantity))), share), charge.currency);
}

const subscriptionOf = ({ subscriptionId, products }: Order): string | null =>
  subscriptionId ??
  products.find((one) => one.subscriptionId !== undefined)?.subscriptionId ??
  null;
