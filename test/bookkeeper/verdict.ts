import { productFor } from './amount.ts';
import type { Books } from './books.ts';
import { type Charge, fits } from './charge.ts';
import { type Exact, exact, isBelowZero, isZero, minus, plus, size, total } from './exact.ts';
import type { Detail, Order, Sold } from './marketplace-journal.ts';
import { dayOf, isBillingRun } from './service.ts';

export type Verdict = { bill: true } | { bill: false; reason: string; waits: boolean };
const yes: Verdict = { bill: true };
export const never = (reason: string): Verdict => ({ bill: false, reason, waits: false });
export const waits = (reason: string): Verdict => ({ bill: false, reason, waits: true });

const movements = new Set(['payment', 'refund', 'deposit', 'resellerPayment']);
const known = new Set([
  ...movements,
  'recurring',
  'renew',
  'billRecord',
  'setup',
  'transfer',
  'nonProvisioningItem',
  'overuse',
  'handlingFee',
  'billPenalty',
  'switch',
  'downgrade',
  'recurringRefund',
  'setupRefund',
  'renewRefund',
  'transferRefund',
  'cancellation',
  'adjustment',
  'refundAdjustment',
  'discount',
]);

/** Whether a charge is to be billed, and if not, whether it waits for a person or never is. */
export function judge(about: {
  order: Sold['orders'][number];
  detail: Detail;
  charge: Charge;
  start: string;
  sold: Sold;
  books: Books;
}): Verdict {
  const { order, detail, charge, books } = about;
  const customer = books.customers[order.customerId];
  const isAccepted = books.accepted?.includes(order.orderNumber) === true;
  if (movements.has(detail.type)) return never('money that moves');
  if (order.type === 'migration' && isZero(charge.amount)) return never('moved in for nothing');
  if (
    order.type === 'change' &&
    books.settings.seatsDown === 'quantity-only' &&
    isBelowZero(charge.amount)
  )
    return never('the reseller keeps the refund');
  if (order.isBilling && books.listsBillingOrders === false) return never('a hidden billing order');
  if (customer?.bills === false) return never('another connection bills this customer');
  if (books.confirmed?.includes(order.orderNumber) === false) return waits('not confirmed');
  if (books.undone?.some((where) => fits(where, charge)) === true) return never('undone');
  if (excludedOn(books, charge, dayOf(order.creationDate))) return never('do not bill');
  const dated = byDate(about);
  if (!dated.bill) return dated;
  if (customer === undefined) return waits('the customer is not mapped');
  if (charge.product !== '' && productFor(books, order, detail, charge) === null)
    return waits('the product is not mapped');
  if (books.waiting?.includes(order.orderNumber) === true) return waits('as the books say');
  if (isAccepted) return yes;
  if (order.type === 'unknown' && !isBillingRun(order)) return waits('an order of unknown type');
  if (!known.has(detail.type)) return waits('a charge of unknown kind');
  return addsUp(order) ? yes : waits('the charges are not the total');
}

/** Order and service both from the date on: ours; both before: not; one of each: as answered. */
function byDate({
  order,
  charge,
  start,
  sold,
  books,
}: {
  order: Order;
  charge: Charge;
  start: string;
  sold: Sold;
  books: Books;
}): Verdict {
  const from = books.customers[order.customerId]?.billFrom ?? books.billFrom;
  if (from === null) return waits('no bill from');
  const straddles = books.straddles?.filter((where) => fits(where, charge)) ?? [];
  // What was said of this very order holds, whatever was said of its customer later.
  const straddle = straddles.findLast((where) => where.order !== undefined) ?? straddles.at(-1);
  const answer = straddle?.answer;
  const began = charge.subscription === null ? undefined : sold.startedOn.get(charge.subscription);
  const wasRunning = began !== undefined && began < from;
  const opening = charge.subscription === null ? undefined : books.openings?.[charge.subscription];
  // A person billed it by hand and pointed at the line; only an answer about this very order is stronger.
  if (
    wasRunning &&
    opening === 'link' &&
    straddle?.order === undefined &&
    isLastBefore(from, order, charge, sold)
  )
    return never('billed by hand');
  // About one order it overrules the date; about a customer it is about what lies on both sides alone.
  if (answer === 'bill' && straddle?.order !== undefined) return yes;
  if (wasRunning && opening === 'newest-order' && isNewest(order, charge, sold, books)) return yes;
  const placed = dayOf(order.creationDate);
  if (placed < from && start < from) return never('before bill from');
  if (placed < from || start < from) {
    if (answer === 'bill') return yes;
    return answer === 'already-billed'
      ? never('already billed')
      : waits('on both sides of bill from');
  }
  return wasRunning && opening === undefined ? waits('the opening question') : yes;
}

function isNewest(order: Order, { subscription }: Charge, sold: Sold, { today }: Books): boolean {
  const placed = dayOf(order.creationDate);
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month - 1, 0)).getUTCDate();
  const monthAgo = new Date(Date.UTC(year, month - 2, Math.min(day, lastDay)));
  if (placed < monthAgo.toISOString().slice(0, 10)) return false;
  return !sold.orders.some(
    (other) => other.subscriptionId === subscription && dayOf(other.creationDate) > placed,
  );
}

function isLastBefore(
  from: string,
  order: Order,
  { subscription }: Charge,
  { orders }: Sold,
): boolean {
  const before = orders.filter(
    (one) =>
      dayOf(one.creationDate) < from &&
      (one.subscriptionId === subscription ||
        one.products.some((product) => product.subscriptionId === subscription)),
  );
  const last = before
    .map(({ creationDate }) => dayOf(creationDate))
    .sort()
    .at(-1);
  const ofThatDay = before.filter(({ creationDate }) => dayOf(creationDate) === last);
  return (
    ofThatDay
      .map(({ id }) => id)
      .sort()
      .at(-1) === order.id
  );
}

function addsUp({ details, total: stated }: Order): boolean {
  const billed = details.filter(({ type }) => !movements.has(type));
  if (billed.length === 0) return true;
  const net = total(billed.map(({ extendedPrice }) => exact(extendedPrice.amount)));
  const tax = total(
    billed.map(({ exclusiveTaxAmount, taxAmount }) =>
      exact((exclusiveTaxAmount ?? taxAmount)?.amount ?? '0'),
    ),
  );
  const cent = exact('0.01');
  const isNear = (sum: Exact): boolean =>
    !isBelowZero(minus(cent, size(minus(sum, exact(stated.amount)))));
  return isNear(net) || isNear(plus(net, tax));
}

const excludedOn = ({ exclusions = [] }: Books, charge: Charge, day: string): boolean =>
  exclusions.some(
    (where) => fits(where, charge) && (where.until === undefined || day < where.until),
  );
