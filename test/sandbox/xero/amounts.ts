/**
 * Amounts are whole numbers of a fixed unit: money in hundredths, quantities, prices and rates in
 * ten-thousandths. They come from the source text of a number and are written back digit for digit.
 */
export const MONEY_PLACES = 2;
export const FINE_PLACES = 4;

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,2}))?$/;

/** The amount in units of 10^-places, half away from zero (`undefined` when the text is no number). */
export function scaled(text: string, places: number): bigint | undefined {
  const match = NUMBER.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '0', fraction = '', exponent = '0'] = match;
  const digits = BigInt(whole + fraction);
  const shift = places - fraction.length + Number(exponent);
  const size = shift >= 0 ? digits * 10n ** BigInt(shift) : divided(digits, 10n ** BigInt(-shift));
  return sign === '-' ? -size : size;
}

/**
 * Half away from zero: 2.165 becomes 2.17 (Xero community manager, community.xero.com discussion 66891).
 */
export function divided(numerator: bigint, denominator: bigint): bigint {
  const sign = numerator < 0n !== denominator < 0n ? -1n : 1n;
  const above = numerator < 0n ? -numerator : numerator;
  const below = denominator < 0n ? -denominator : denominator;
  return sign * ((above * 2n + below) / (below * 2n));
}

/** From one unit to a coarser one. */
export function coarser(value: bigint, from: number, to: number): bigint {
  return divided(value, 10n ** BigInt(from - to));
}

/** `-12.3400` */
export function amountText(value: bigint, places: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(places + 1, '0');
  const sign = value < 0n ? '-' : '';
  return places === 0
    ? sign + digits
    : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

export const moneyText = (value: bigint): string => amountText(value, MONEY_PLACES);
export const fineText = (value: bigint): string => amountText(value, FINE_PLACES);
