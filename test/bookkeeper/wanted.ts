import { amountOf } from './amount.ts';
import { withBlended } from './blended.ts';
import type { Books } from './books.ts';
import type { Charge } from './charge.ts';
import { inHomeCurrency } from './currency.ts';
import { exact, isZero, toCoins, total } from './exact.ts';
import type { JournalEntry } from './journal-entry.ts';
import { keptAmount } from './kept.ts';
import { type Detail, type Order, readSold, type Sold } from './marketplace-journal.ts';
import { withMissing } from './missing.ts';
import { ownCharges } from './own.ts';
import { inParts } from './parts.ts';
import { productLines, serviceStart } from './service.ts';
import { judge, never, type Verdict, waits } from './verdict.ts';

export interface Wanted {
  bill: Charge[];
  /** Nothing may be there for these; with the reason. */
  none: { charge: Charge; reason: string }[];
  /** Every product name of the marketplace, to tell a line of another product. */
  names: string[];
}

/** Every charge of every completed order: to be billed once, or not at all and why. */
export function wantedOf(journal: readonly JournalEntry[], books: Books): Wanted {
  const sold = readSold(journal, books.reseller);
  const wanted: Wanted = { bill: [], none: [], names: namesIn(sold) };
  const isInParts = books.settings.yearly === 'parts';
  for (const { order, detail, charge, verdict } of judgedIn(sold, books))
    if (verdict.bill) {
      const parts = isInParts ? inParts({ order, detail, charge }, sold, books.today) : null;
      wanted.bill.push(...(parts ?? [charge]));
    } else wanted.none.push({ charge, reason: verdict.reason });
  for (const { charge, verdict } of ownCharges(books))
    if (verdict.bill) wanted.bill.push(charge);
    else wanted.none.push({ charge, reason: verdict.reason });
  const netted = wanted.bill.filter(({ order }) => books.netted?.includes(order) === true);
  if (!isZero(total(netted.map(({ amount }) => amount))))
    throw new Error('what is said to come to nothing does not');
  wanted.bill = wanted.bill.filter((charge) => !netted.includes(charge));
  wanted.none.push(...netted.map((charge) => ({ charge, reason: 'comes to nothing' })));
  wanted.bill = withBlended(wanted.bill, books.blended ?? []);
  const { bill, none } = withMissing(sold.orders, wanted.bill, books);
  return { ...wanted, bill, none: [...wanted.none, ...none] };
}

export const namesIn = ({ orders }: Pick<Sold, 'orders'>): string[] => [
  ...new Set(orders.flatMap(({ products }) => products.map(({ name }) => name))),
];

/** Every charge of every completed order with its verdict, held ones among them. */
export function judgedIn(sold: Sold, books: Books): Judged[] {
  return sold.orders.flatMap((order) => {
    const judged = order.details.map((detail) => judgedOf(order, detail, sold, books));
    return judged.map((one): Judged => {
      const held = one.verdict.bill ? heldWith(one.charge, judged) : null;
      return held === null ? one : { ...one, verdict: waits(`held with its group: ${held}`) };
    });
  });
}

export interface Judged {
  order: Sold['orders'][number];
  detail: Detail;
  charge: Charge;
  verdict: Verdict;
}

/** A charge that needs a person holds the charges of its order and subscription. */
function heldWith({ subscription }: Charge, judged: readonly Judged[]): string | null {
  for (const { charge, verdict } of judged)
    if (charge.subscription === subscription && !verdict.bill && verdict.waits)
      return verdict.reason;
  return null;
}

function judgedOf(order: Sold['orders'][number], detail: Detail, sold: Sold, books: Books): Judged {
  const charge = chargeOf(order, detail, sold, books);
  const start = serviceStart(order, detail, sold).day;
  const verdict = judge({ order, detail, charge, start, sold, books });
  if (!verdict.bill) return { order, detail, charge, verdict };
  const amount =
    keptAmount({ order, detail, charge }, sold, books.kept) ??
    amountOf(order, detail, charge, books);
  if (amount === null)
    return { order, detail, charge, verdict: waits('no price or share in the system') };
  const home = inHomeCurrency({ order, detail, charge: { ...charge, amount } }, books);
  if (home === null) return { order, detail, charge, verdict: waits('no rate') };
  const priced = { ...charge, ...home };
  return isZero(amount) && books.settings.zeroLines === 'leave-out'
    ? { order, detail, charge: priced, verdict: never('nothing to pay') }
    : { order, detail, charge: priced, verdict };
}

function chargeOf(order: Order, detail: Detail, sold: Sold, books: Books): Charge {
  const lines = productLines(order, detail);
  const ofOrder = order.subscriptionId ?? order.targetSubscriptionId ?? null;
  const subscriptions = new Set(lines.map(({ subscriptionId }) => subscriptionId ?? ofOrder));
  const [only = ofOrder] = subscriptions;
  const start = serviceStart(order, detail, sold);
  const { currency } = detail.extendedPrice;
  return {
    order: order.orderNumber,
    name: `${detail.type}: ${detail.description}`,
    detail: detail.type,
    customer: order.customerId,
    contact: books.customers[order.customerId]?.contact ?? null,
    subscription: subscriptions.size > 1 ? null : only,
    product: detail.productId ?? (detail.mpn === undefined ? '' : `part:${detail.mpn}`),
    words: [detail.description, ...lines.map(({ name }) => name)].filter((word) => word !== ''),
    start: start.isTold ? start.day : null,
    purchaseOrder: order.poNumber ?? null,
    currency,
    amount: toCoins(exact(detail.extendedPrice.amount), currency),
  };
}
