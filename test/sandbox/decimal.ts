/** A decimal number as whole units of 10^-scale. Money never passes a float here. */
export interface Decimal {
  units: bigint;
  scale: number;
}

export const DECIMAL_TEXT = /^-?\d{1,15}(\.\d{1,9})?$/;

export function decimal(text: string): Decimal {
  if (!DECIMAL_TEXT.test(text)) throw new RangeError(`not a decimal: ${text.slice(0, 30)}`);
  const [whole = '0', fraction = ''] = text.split('.');
  return { units: BigInt(whole + fraction), scale: fraction.length };
}

export function decimalText({ units, scale }: Decimal): string {
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  if (scale === 0) return sign + digits;
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

export function plus(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: widen(a, scale) + widen(b, scale), scale };
}

export function times(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, scale: a.scale + b.scale };
}

export function negated({ units, scale }: Decimal): Decimal {
  return { units: -units, scale };
}

export function isLess(a: Decimal, b: Decimal): boolean {
  return plus(a, negated(b)).units < 0n;
}

/** Half away from zero, the rounding that invoices use. */
export function rounded(value: Decimal, scale: number): Decimal {
  if (value.scale <= scale) return { units: widen(value, scale), scale };
  return { units: divided(value.units, 10n ** BigInt(value.scale - scale)), scale };
}

/** numerator / denominator to `scale` places, half away from zero. */
export function ratio(numerator: number, denominator: number, scale: number): Decimal {
  return { units: divided(BigInt(numerator) * 10n ** BigInt(scale), BigInt(denominator)), scale };
}

/** value x numerator / denominator to `scale` places, half away from zero, rounded once. */
export function portion(
  value: Decimal,
  { numerator, denominator, scale }: { numerator: number; denominator: number; scale: number },
): Decimal {
  const above = value.units * BigInt(numerator) * 10n ** BigInt(scale);
  return { units: divided(above, BigInt(denominator) * 10n ** BigInt(value.scale)), scale };
}

export function sum(values: readonly Decimal[]): Decimal {
  return values.reduce(plus, { units: 0n, scale: 0 });
}

function widen({ units, scale }: Decimal, wanted: number): bigint {
  return units * 10n ** BigInt(wanted - scale);
}

function divided(numerator: bigint, denominator: bigint): bigint {
  const sign = numerator < 0n ? -1n : 1n;
  return sign * ((numerator * sign * 2n + denominator) / (denominator * 2n));
}
