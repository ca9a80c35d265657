import {
  type Decimal,
  divide,
  isNegative,
  isZero,
  multiply,
  negate,
  normalized,
  parts,
  round,
} from './decimal.ts';
import { amountText, type Money, minorDigitsOf, money } from './money.ts';

/** Places that a unit price or quantity may have on a line of a document. */
export const pricePlacesMax = 4;

export interface Shape {
  shape: 'quantity-price' | 'quantity-derived' | 'single';
  quantity: Decimal;
  unitPrice: Decimal;
}

/**
 * The first form of a line whose quantity times price, rounded once, is exactly the amount: the
 * given price; the amount divided by the quantity; once the whole amount. A quantity is never
 * negative, since systems refuse that: a credit has a negative price.
 */
export function shapeOf({
  amount,
  quantity,
  unitPrice,
}: {
  amount: Money;
  quantity: Decimal;
  unitPrice: Decimal | null;
}): Shape {
  const whole = amountText(amount);
  const count = isNegative(quantity) ? negate(quantity) : normalized(quantity);
  const single: Shape = { shape: 'single', quantity: '1', unitPrice: whole };
  if (isZero(count) || placesOf(count) > pricePlacesMax) return single;
  const fits = (price: Decimal): boolean =>
    placesOf(price) <= pricePlacesMax &&
    money(multiply(count, price), amount.currency).amountMinor === amount.amountMinor;
  if (unitPrice !== null) {
    const given =
      isNegative(whole) === isNegative(unitPrice) ? normalized(unitPrice) : negate(unitPrice);
    if (fits(given)) return { shape: 'quantity-price', quantity: count, unitPrice: given };
  }
  const derived = divide(whole, count, pricePlacesMax);
  return fits(derived)
    ? { shape: 'quantity-derived', quantity: count, unitPrice: derived }
    : single;
}

/** The exact product before the one rounding, and after it. */
export function roundedOnce(exact: Decimal, currency: string): { exact: Decimal; amount: Decimal } {
  return { exact, amount: round(exact, minorDigitsOf(currency)) };
}

const placesOf = (text: Decimal): number => parts(normalized(text)).scale;
