/**
 * Exact decimal numbers of the bookkeeper's own make: whole units of 10^-places. It shares no code
 * with the app, so that a fault in one does not hide in the other.
 */
export interface Exact {
  units: bigint;
  places: number;
}

const pattern = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/** The number that a text states. Throws on anything else, exponents included. */
export function exact(text: string): Exact {
  const match = pattern.exec(text.trim());
  if (match === null) throw new RangeError(`the bookkeeper cannot read this number: ${text}`);
  const [, sign = '', whole = '0', fraction = ''] = match;
  const size = BigInt(whole + fraction);
  return { units: sign === '-' ? -size : size, places: fraction.length };
}

export const zero: Exact = { units: 0n, places: 0 };
export const one: Exact = { units: 1n, places: 0 };

export function plus(left: Exact, right: Exact): Exact {
  const places = Math.max(left.places, right.places);
  return { units: at(left, places) + at(right, places), places };
}
export const negated = ({ units, places }: Exact): Exact => ({ units: -units, places });
export const minus = (left: Exact, right: Exact): Exact => plus(left, negated(right));
export const times = (left: Exact, right: Exact): Exact => ({
  units: left.units * right.units,
  places: left.places + right.places,
});
export const size = (value: Exact): Exact => (value.units < 0n ? negated(value) : value);
export const isZero = ({ units }: Exact): boolean => units === 0n;
export const isBelowZero = ({ units }: Exact): boolean => units < 0n;
export const equals = (left: Exact, right: Exact): boolean => isZero(minus(left, right));
export const total = (values: readonly Exact[]): Exact => values.reduce(plus, zero);

/** Half away from zero: 0.125 becomes 0.13 and -0.125 becomes -0.13. */
export function rounded(value: Exact, places: number): Exact {
  if (value.places <= places) return { units: at(value, places), places };
  return { units: halfAway(value.units, 10n ** BigInt(value.places - places)), places };
}

export function quotient(left: Exact, right: Exact, places: number): Exact {
  if (isZero(right)) throw new RangeError('division by zero');
  const shared = Math.max(left.places, right.places);
  return { units: halfAway(at(left, shared) * 10n ** BigInt(places), at(right, shared)), places };
}

/** The shortest text: no zeros at the end, no minus on nothing. */
export function written({ units, places }: Exact): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Currencies of the sandbox whose smallest coin is not a hundredth (ISO 4217). */
const coinPlaces: Readonly<Record<string, number>> = { JPY: 0, KRW: 0, VND: 0, BHD: 3, KWD: 3 };
export const placesOf = (currency: string): number => coinPlaces[currency] ?? 2;
export const toCoins = (value: Exact, currency: string): Exact =>
  rounded(value, placesOf(currency));

const at = ({ units, places }: Exact, wanted: number): bigint =>
  units * 10n ** BigInt(wanted - places);

function halfAway(above: bigint, below: bigint): bigint {
  const isNegative = above < 0n !== below < 0n;
  const numerator = above < 0n ? -above : above;
  const denominator = below < 0n ? -below : below;
  const nearest = (numerator * 2n + denominator) / (denominator * 2n);
  return isNegative ? -nearest : nearest;
}
