import type { Books } from './books.ts';
import type { Charge } from './charge.ts';
import { type Exact, exact, times, toCoins } from './exact.ts';
import type { Detail, Order } from './marketplace-journal.ts';
import { dayOf } from './service.ts';

/** The currency of the customer's documents. */
const home = ({ customers, baseCurrency }: Books, { customer }: Charge): string =>
  customers[customer]?.currency ?? baseCurrency;

/** Whether a charge is priced by the system because its currency is not the customer's. */
export const isSystemPriced = (books: Books, charge: Charge): boolean =>
  books.settings.otherCurrency === 'system-price' && charge.currency !== home(books, charge);

/**
 * What a charge comes to on the customer's documents; null where a rate is wanted and there is none.
 * A rate of the other direction, or of a later day, is no rate.
 */
export function inHomeCurrency(
  { order, detail, charge }: { order: Order; detail: Detail; charge: Charge },
  books: Books,
): { currency: string; amount: Exact } | null {
  const { currency: from, amount } = charge;
  const to = home(books, charge);
  const { otherCurrency = 'separate' } = books.settings;
  if (from === to || otherCurrency === 'separate') return { currency: from, amount };
  if (otherCurrency === 'system-price') return { currency: books.baseCurrency, amount };
  const day = dayOf(order.creationDate);
  const rate =
    otherCurrency === 'order-rate'
      ? detail.salesExtendedPrice?.currency === to
        ? detail.exchangeRate
        : undefined
      : books.rates
          ?.filter((one) => one.from === from && one.to === to && one.since <= day)
          .sort((a, b) => (a.since < b.since ? -1 : 1))
          .at(-1)?.rate;
  return rate === undefined
    ? null
    : { currency: to, amount: toCoins(times(amount, exact(rate)), to) };
}
