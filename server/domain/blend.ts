import type { BlendedChange, Charge } from './charge.ts';
import { add, type Decimal, isNegative, isZero, multiply, negate } from './decimal.ts';
import { sum } from './money.ts';
import type { Crypto } from './ports/machine.ts';
import { type Shape, shapeOf } from './shape.ts';

// Changes of seats of one subscription, product and billing period that are billed as one line: the seats
// they come to, at the one price that gives their sum. Systems call it a blended price.

const idLength = 32;

/** The order of one blended line; other changes make another one. */
export const blendOrderId = (crypto: Pick<Crypto, 'hash'>, keys: readonly string[]): string =>
  `blend:${crypto.hash(keys.join('\n')).slice(0, idLength)}`;

/** What a change comes to in seats: those taken off count against those added. */
export const seatsOf = ({ amount, quantity }: Pick<Charge, 'amount' | 'quantity'>): Decimal => {
  const size = isNegative(quantity) ? negate(quantity) : quantity;
  return amount.amountMinor < 0n ? negate(size) : size;
};

/**
 * The one line of several changes: seats times a price of at most four places that is their sum to the
 * cent. Null where there is none: no seats are left of them, seats and money go opposite ways, or no
 * such price gives the sum.
 */
export function blendedShape(
  changes: readonly Pick<BlendedChange, 'seats' | 'amount'>[],
): Shape | null {
  const [first] = changes;
  if (first === undefined) return null;
  const seats = changes.reduce((total, one) => add(total, one.seats), '0');
  const amount = sum(
    first.amount.currency,
    changes.map((one) => one.amount),
  );
  if (isZero(seats) || amount.amountMinor === 0n) return null;
  if (isNegative(seats) !== amount.amountMinor < 0n) return null;
  const shape = shapeOf({ amount, quantity: seats, unitPrice: null });
  // A single one of the whole amount is no price of a seat, unless there is one seat.
  return shape.shape === 'single' ? null : shape;
}

/** Seats times their share of the period, of all changes together; null where one is not told. */
export const seatPeriodsOf = (changes: readonly BlendedChange[]): Decimal | null =>
  changes.reduce<Decimal | null>(
    (total, { seats, share }) =>
      total === null || share === null
        ? null
        : add(total, multiply(seats, isNegative(share) ? negate(share) : share)),
    '0',
  );
