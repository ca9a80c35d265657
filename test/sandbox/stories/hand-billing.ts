import { addMonths, dateOf } from '../calendar.ts';
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
import { FIRST_TENANT_ID } from '../marketplace/config.ts';
import type { ResellerAccount, Subscription } from '../marketplace/model.ts';
import { isUsage, monthsOf } from '../marketplace/orders/parts.ts';
import { wholePrice } from '../marketplace/orders/pricing.ts';
import { productOf } from '../marketplace/scene.ts';
import { must } from '../must.ts';
import type { World } from '../world.ts';
import type { LineChange } from '../xero/index.ts';

/** What a person gets wrong who bills by hand. */
export type Slip = 'seats-forgotten' | 'seats-kept' | 'old-price' | 'forgotten' | 'cancelled';
export interface Planted {
  slip: Slip;
  subscriptionId: string;
  /** What the customer should pay more a month, decimal text; negative where it is less. */
  monthly: string;
}
export interface HandBilling {
  invoices: number;
  planted: Planted[];
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
const monthsBack = 2;
const seatsWrong = 2;
const oldPriceOff = '0.80';

/**
 * A reseller in the middle of billing by hand: on the first of this month and the two before, one
 * approved invoice a customer whose contact is in Xero, from what the marketplace's own page shows,
 * with the slips that such work has. Nothing else changes.
 */
export function billByHand(world: World, organisation: string): HandBilling {
  const { person } = world.systems.xero;
  const account = world.marketplace.market.account(FIRST_TENANT_ID);
  const today = dateOf(world.clock.nowMs());
  const days = Array.from({ length: monthsBack + 1 }, (_, back) =>
    addMonths(`${today.slice(0, 7)}-01`, back - monthsBack, 1),
  );
  const [first = today] = days;
  const planted: Planted[] = [];
  let invoices = 0;
  let turn = 0;
  for (const customer of account.customers.values()) {
    const contactId = person.findContact(organisation, customer.name);
    if (contactId === null) continue;
    const held = [...account.subscriptions.values()]
      .filter((each) => each.customerId === customer.id && isSold(account, each))
      .map((subscription) => {
        const takesTurn = isMonthly(account, subscription) && subscription.creationDate < first;
        if (takesTurn) turn += 1;
        const wished = takesTurn ? (cycle[turn % cycle.length] ?? null) : null;
        return onPaper(account, subscription, { wished, newest: days.at(-1) ?? today });
      });
    planted.push(...held.flatMap(({ planted: one }) => one ?? []));
    for (const day of days) {
      const lines = held.flatMap(({ line, isBilledOn }) => (isBilledOn(day) ? [line] : []));
      if (lines.length === 0) continue;
      const { currency } = customer;
      person.approve(person.createInvoice(organisation, { contactId, currency, date: day, lines }));
      invoices += 1;
    }
  }
  return { invoices, planted };
}

const firstItem = ({ items }: Subscription) => must(items[0], 'an item');
const productIn = (account: ResellerAccount, subscription: Subscription) =>
  productOf(account, firstItem(subscription).productId);
const isSold = (account: ResellerAccount, subscription: Subscription): boolean =>
  !isUsage(productIn(account, subscription)) && subscription.status !== 'pending';
const isMonthly = (account: ResellerAccount, subscription: Subscription): boolean =>
  monthsOf(productIn(account, subscription).billingPeriod) === 1;

/** The line of a subscription as the person writes it, on which days, and what is wrong with it. */
function onPaper(
  account: ResellerAccount,
  subscription: Subscription,
  { wished, newest }: { wished: Slip | null; newest: string },
): { line: LineChange; isBilledOn(day: string): boolean; planted: Planted | null } {
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
  return {
    line: {
      description: productIn(account, subscription).name,
      quantity: isRound ? String(count) : '1',
      unitAmount: decimalText(isRound ? price : amount),
      accountCode: '200',
    },
    isBilledOn: (day) => {
      if (slip === 'forgotten' || creationDate > day) return false;
      if (isOver && slip !== 'cancelled' && lastModifiedDate <= day) return false;
      return isMonthly(account, subscription) || day.slice(0, 7) === period.start.slice(0, 7);
    },
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
