import { addMonths } from '../calendar.ts';
import {
  type Decimal,
  decimal,
  decimalText,
  negated,
  plus,
  portion,
  rounded,
  times,
} from '../decimal.ts';
import type { Customer, ResellerAccount, Subscription } from '../marketplace/model.ts';
import { isUsage, monthsOf } from '../marketplace/orders/parts.ts';
import { wholePrice } from '../marketplace/orders/pricing.ts';
import { productOf } from '../marketplace/scene.ts';
import { must } from '../must.ts';

/** What a person gets wrong who bills by hand. */
export type Slip = 'seats-forgotten' | 'seats-kept' | 'old-price' | 'forgotten' | 'cancelled';
export interface Planted {
  slip: Slip;
  subscriptionId: string;
  /** What the customer should pay more a month, decimal text; negative where it is less. */
  monthly: string;
}
/** A subscription as the person has it on paper. */
export interface PaperLine {
  text: string;
  quantity: string;
  unitPrice: string;
  /** How long it is paid for at a time. */
  months: number;
  isBilledOn(day: string): boolean;
  /** Whether it is there at all, however often it is paid. */
  isOpenOn(day: string): boolean;
  planted: Planted | null;
}

/** What happens to the subscriptions that are paid by the month, one after the other. */
const cycle: readonly (Slip | null)[] = [
  'seats-forgotten',
  null,
  'forgotten',
  'old-price',
  null,
  'seats-kept',
  null,
  null,
];
const seatsWrong = 2;
const oldPriceOff = '0.80';

/**
 * What a person has on paper of each customer they know, from what the marketplace's own page shows, with
 * the slips that such work has: of the subscriptions that were there on the first day, one after the other.
 */
export function onPaper(
  account: ResellerAccount,
  { first, newest }: { first: string; newest: string },
  isKnown: (customer: Customer) => boolean,
): { customer: Customer; lines: PaperLine[] }[] {
  let turn = 0;
  return [...account.customers.values()].filter(isKnown).map((customer) => ({
    customer,
    lines: [...account.subscriptions.values()]
      .filter((each) => each.customerId === customer.id && isSold(account, each))
      .map((subscription) => {
        const takesTurn = isMonthly(account, subscription) && subscription.creationDate < first;
        if (takesTurn) turn += 1;
        const wished = takesTurn ? (cycle[turn % cycle.length] ?? null) : null;
        return lineOf(account, subscription, { wished, newest });
      }),
  }));
}

const firstItem = ({ items }: Subscription) => must(items[0], 'an item');
const productIn = (account: ResellerAccount, subscription: Subscription) =>
  productOf(account, firstItem(subscription).productId);
const isSold = (account: ResellerAccount, subscription: Subscription): boolean =>
  !isUsage(productIn(account, subscription)) && subscription.status !== 'pending';
const isMonthly = (account: ResellerAccount, subscription: Subscription): boolean =>
  monthsOf(productIn(account, subscription).billingPeriod) === 1;

/** The line of a subscription as the person writes it, on which days, and what is wrong with it. */
function lineOf(
  account: ResellerAccount,
  subscription: Subscription,
  { wished, newest }: { wished: Slip | null; newest: string },
): PaperLine {
  const { creationDate, lastModifiedDate, period, status, id: subscriptionId } = subscription;
  const { quantity } = firstItem(subscription);
  const amount = wholeOf(account, subscription);
  const unit = portion(amount, { numerator: 1, denominator: quantity, scale: 4 });
  const isRound = isSame(times(unit, decimal(String(quantity))), amount);
  const isOver = status === 'terminated' || status === 'removed';
  const slip = isOver
    ? isMonthly(account, subscription) && addMonths(lastModifiedDate, 1) <= newest
      ? 'cancelled'
      : null
    : isRound && quantity > seatsWrong
      ? wished
      : null;
  const count =
    quantity + (slip === 'seats-forgotten' ? -seatsWrong : slip === 'seats-kept' ? seatsWrong : 0);
  const price = slip === 'old-price' ? plus(unit, negated(decimal(oldPriceOff))) : unit;
  const onLine =
    slip === 'forgotten' ? decimal('0') : rounded(times(price, decimal(String(count))), 2);
  const due = slip === 'cancelled' ? decimal('0') : amount;
  const isOpenOn = (day: string): boolean =>
    slip !== 'forgotten' &&
    creationDate <= day &&
    !(isOver && slip !== 'cancelled' && lastModifiedDate <= day);
  return {
    text: productIn(account, subscription).name,
    quantity: isRound ? String(count) : '1',
    unitPrice: decimalText(isRound ? price : amount),
    months: monthsOf(productIn(account, subscription).billingPeriod),
    isOpenOn,
    isBilledOn: (day) =>
      isOpenOn(day) &&
      (isMonthly(account, subscription) || day.slice(0, 7) === period.start.slice(0, 7)),
    planted:
      slip === null
        ? null
        : {
            slip,
            subscriptionId,
            monthly: decimalText(plus(due, negated(isRound ? onLine : amount))),
          },
  };
}

const isSame = (a: Decimal, b: Decimal): boolean => plus(a, negated(b)).units === 0n;

/** What a whole period costs: the list price less the discount, which is rounded by itself. */
function wholeOf(account: ResellerAccount, subscription: Subscription): Decimal {
  const { currency, discountPercent } = subscription;
  const product = productIn(account, subscription);
  const list = decimal(wholePrice(product, currency, firstItem(subscription).quantity));
  const off = portion(list, { numerator: discountPercent, denominator: 100, scale: 2 });
  return plus(list, negated(off));
}
