import type { BookPrice, Books, Fee } from './books.ts';
import { type Charge, fits } from './charge.ts';
import { isSystemPriced } from './currency.ts';
import {
  type Exact,
  equals,
  exact,
  isBelowZero,
  isZero,
  minus,
  negated,
  plus,
  quotient,
  rounded,
  size,
  times,
  toCoins,
  written,
} from './exact.ts';
import type { Detail, Order } from './marketplace-journal.ts';
import { shareOf } from './service.ts';

/** Decimals that a quantity or a price may have on a line. */
const finePlaces = 4;
const oneOffs = new Set(['setup', 'transfer', 'nonProvisioningItem', 'handlingFee', 'billPenalty']);

function feeOf(order: Order, detail: Detail, charge: Charge): Fee {
  const isCharged = !isBelowZero(charge.amount) && !isZero(charge.amount);
  const isFee = detail.type === 'handlingFee' || detail.type === 'billPenalty';
  if (order.type === 'cancellation' && (isFee || (detail.type === 'cancellation' && isCharged)))
    return 'cancellation';
  if (oneOffs.has(detail.type)) return 'setup';
  return detail.type === 'overuse' ? 'overuse' : 'recurring';
}

/** How the books map what a charge is for: the fee by itself, else the whole product. */
export function productFor({ products }: Books, order: Order, detail: Detail, charge: Charge) {
  const fee = feeOf(order, detail, charge);
  const own = products.filter(({ product }) => product === charge.product);
  return own.find((one) => one.fee === fee) ?? own.find((one) => one.fee === undefined) ?? null;
}

interface Figures {
  quantity: string;
  price: string;
}

/** To the coin, or null where there is none: what a person typed, else the system's price times share, else the marketplace's amount. */
export function amountOf(order: Order, detail: Detail, charge: Charge, books: Books): Exact | null {
  const typed: BookPrice = Object.assign(
    {},
    ...(books.prices ?? []).filter((where) => fits(where, charge)),
  );
  const { quantity, unitPrice, discountPercent, discountAmount } = typed;
  const isTyped = [quantity, unitPrice, discountPercent, discountAmount].some(
    (field) => field !== undefined,
  );
  const isSystem =
    isSystemPriced(books, charge) || (typed.from ?? books.settings.priceFrom) === 'system';
  const sourced = isSystem
    ? systemAmount(order, detail, charge, books)
    : marketplaceAmount(detail, charge, books);
  if (!isTyped) return sourced;
  if (sourced === null && unitPrice === undefined) return null;
  const whole = sourced ?? marketplaceAmount(detail, charge, books);
  const price = isSystem
    ? productFor(books, order, detail, charge)?.price
    : detail.unitPrice?.amount;
  return typedAmount(typed, lineFigures(detail, { ...charge, amount: whole }, price), charge);
}

function marketplaceAmount(detail: Detail, charge: Charge, { settings }: Books): Exact {
  const tax = detail.exclusiveTaxAmount ?? detail.taxAmount;
  return settings.lineAmounts === 'inclusive' && tax !== undefined
    ? toCoins(plus(charge.amount, exact(tax.amount)), charge.currency)
    : charge.amount;
}

function systemAmount(order: Order, detail: Detail, charge: Charge, books: Books): Exact | null {
  const price = productFor(books, order, detail, charge)?.price;
  const isForeign = charge.currency !== books.baseCurrency && !isSystemPriced(books, charge);
  if (price === undefined || isForeign) return null;
  const isPeriodic = feeOf(order, detail, charge) === 'recurring';
  const share = isPeriodic ? shareOf(order, detail) : exact('1');
  if (share === null) return null;
  const gross = times(times(exact(price), size(exact(detail.quantity))), share);
  const amount = toCoins(gross, charge.currency);
  return isBelowZero(charge.amount) ? negated(amount) : amount;
}

/** A person's figures; what they left is what the line would have said without them. */
function typedAmount(typed: BookPrice, own: Figures, charge: Charge): Exact {
  const gross = times(exact(typed.quantity ?? own.quantity), exact(typed.unitPrice ?? own.price));
  const { discountPercent, discountAmount } = typed;
  const net =
    discountAmount !== undefined
      ? minus(gross, exact(discountAmount))
      : discountPercent !== undefined
        ? times(gross, quotient(minus(exact('100'), exact(discountPercent)), exact('100'), 18))
        : gross;
  return toCoins(net, charge.currency);
}

const lineFigures = (detail: Detail, charge: Charge, price: string | undefined): Figures =>
  figuresFor({ count: detail.quantity, whole: charge.amount, price, currency: charge.currency });

/** Quantity and price as a line states them: the told ones where they give the amount, else divided, else once. */
export function figuresFor(of: {
  count: string;
  whole: Exact;
  price: string | undefined;
  currency: string;
}): Figures {
  const { whole, price, currency } = of;
  const count = size(exact(of.count));
  const gives = (unit: Exact): boolean => equals(toCoins(times(count, unit), currency), whole);
  const told = size(exact(price ?? '0'));
  const signed = isBelowZero(whole) ? negated(told) : told;
  const isFine = (value: Exact): boolean => equals(rounded(value, finePlaces), value);
  if (!isZero(count) && isFine(count)) {
    if (price !== undefined && isFine(signed) && gives(signed))
      return { quantity: written(count), price: written(signed) };
    const derived = quotient(whole, count, finePlaces);
    if (gives(derived)) return { quantity: written(count), price: written(derived) };
  }
  return { quantity: '1', price: written(whole) };
}
