import * as v from 'valibot';

/**
 * An exact decimal number as its text, such as `-12.50`. Prices, quantities and shares stay text so
 * that no figure of a marketplace or a system ever passes through a binary float.
 */
export type Decimal = string;

/** What may come in from outside. Products of such numbers are longer, and stay exact. */
const decimalPattern = /^-?\d{1,18}(\.\d{1,18})?$/;
const computedPattern = /^-?\d{1,200}(\.\d{1,200})?$/;

export const decimalSchema = v.pipe(v.string(), v.regex(decimalPattern, 'not a decimal number'));

/** For a result before its one rounding, which has all the places of its factors. */
export const exactResultSchema = v.pipe(
  v.string(),
  v.regex(computedPattern, 'not a decimal number'),
);

interface Parts {
  digits: bigint;
  scale: number;
}

/** The value as digits and scale: `12.50` is 1250 at scale 2. Throws RangeError on other text. */
export function parts(text: Decimal): Parts {
  if (!computedPattern.test(text)) throw new RangeError('not a decimal number');
  const [whole = '0', fraction = ''] = text.split('.');
  return { digits: BigInt(whole + fraction), scale: fraction.length };
}

/** The shortest text of digits at a scale: no trailing zeros, no negative zero. */
export function fromDigits({ digits, scale }: Parts): Decimal {
  const sign = digits < 0n ? '-' : '';
  const padded = absolute(digits)
    .toString()
    .padStart(scale + 1, '0');
  const whole = padded.slice(0, padded.length - scale);
  const fraction = scale === 0 ? '' : padded.slice(-scale).replace(/0+$/, '');
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The same number in its shortest form: `2.0` becomes `2`. */
export const normalized = (text: Decimal): Decimal => fromDigits(parts(text));

export function add(left: Decimal, right: Decimal): Decimal {
  const [a, b] = aligned(left, right);
  return fromDigits({ digits: a.digits + b.digits, scale: a.scale });
}

export const subtract = (left: Decimal, right: Decimal): Decimal => add(left, negate(right));

export function multiply(left: Decimal, right: Decimal): Decimal {
  const [a, b] = [parts(left), parts(right)];
  return fromDigits({ digits: a.digits * b.digits, scale: a.scale + b.scale });
}

/** left / right, rounded half away from zero to `places`. Throws RangeError on division by zero. */
export function divide(left: Decimal, right: Decimal, places: number): Decimal {
  const [a, b] = aligned(left, right);
  if (b.digits === 0n) throw new RangeError('division by zero');
  return fromDigits({
    digits: divideRounded(a.digits * 10n ** BigInt(places), b.digits),
    scale: places,
  });
}

/** Rounds half away from zero, so that a credit is the exact mirror of its charge. */
export function round(text: Decimal, places: number): Decimal {
  const { digits, scale } = parts(text);
  if (scale <= places) return fromDigits({ digits, scale });
  return fromDigits({
    digits: divideRounded(digits, 10n ** BigInt(scale - places)),
    scale: places,
  });
}

export const negate = (text: Decimal): Decimal => {
  const { digits, scale } = parts(text);
  return fromDigits({ digits: -digits, scale });
};

/** -1, 0 or 1, as the left is smaller, equal or larger. */
export function compare(left: Decimal, right: Decimal): -1 | 0 | 1 {
  const [a, b] = aligned(left, right);
  return a.digits < b.digits ? -1 : a.digits > b.digits ? 1 : 0;
}

export const isZero = (text: Decimal): boolean => parts(text).digits === 0n;
export const isNegative = (text: Decimal): boolean => parts(text).digits < 0n;

/** numerator / denominator, half away from zero, for whole numbers of any sign. */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n;
  const [n, d] = [absolute(numerator), absolute(denominator)];
  const quotient = (2n * n + d) / (2n * d);
  return negative ? -quotient : quotient;
}

function aligned(left: Decimal, right: Decimal): [Parts, Parts] {
  const [a, b] = [parts(left), parts(right)];
  const scale = Math.max(a.scale, b.scale);
  const widen = ({ digits, scale: own }: Parts) => ({
    digits: digits * 10n ** BigInt(scale - own),
    scale,
  });
  return [widen(a), widen(b)];
}

const absolute = (value: bigint): bigint => (value < 0n ? -value : value);
