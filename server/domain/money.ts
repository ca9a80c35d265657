import * as v from 'valibot';
import { type Decimal, fromDigits, parts, round } from './decimal.ts';

/** An ISO 4217 currency code. */
export const currencySchema = v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, 'not a currency code'));

/**
 * An amount in minor units (cents) of its currency. Stored and sent as an integer whose member name
 * ends in `Minor`, which `json.ts` reads back as a bigint.
 */
export const moneySchema = v.object({ amountMinor: v.bigint(), currency: currencySchema });
export type Money = v.InferOutput<typeof moneySchema>;

/** Currencies whose minor unit is not a hundredth (ISO 4217, list one). */
const minorDigits: Readonly<Record<string, number>> = {
  BHD: 3,
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
};

export const minorDigitsOf = (currency: string): number => minorDigits[currency] ?? 2;

/** The amount rounded half away from zero to the currency's minor unit. */
export function money(amount: Decimal, currency: string): Money {
  const places = minorDigitsOf(currency);
  const { digits, scale } = parts(round(amount, places));
  return { amountMinor: digits * 10n ** BigInt(places - scale), currency };
}

/** Whether the text states the amount without a fraction of a minor unit. */
export const isExact = (amount: Decimal, currency: string): boolean =>
  parts(fromDigits(parts(amount))).scale <= minorDigitsOf(currency);

/** `1437` AUD as `14.37`: decimal text for requests and for the screen's Intl formatter. */
export const amountText = ({ amountMinor, currency }: Money): Decimal =>
  fromDigits({ digits: amountMinor, scale: minorDigitsOf(currency) });

export const zero = (currency: string): Money => ({ amountMinor: 0n, currency });

/** The sum of amounts of one currency. Throws RangeError when they differ: never a mixed sum. */
export function sum(currency: string, amounts: readonly Money[]): Money {
  let amountMinor = 0n;
  for (const amount of amounts) {
    if (amount.currency !== currency) throw new RangeError('amounts of different currencies');
    amountMinor += amount.amountMinor;
  }
  return { amountMinor, currency };
}

export const opposite = ({ amountMinor, currency }: Money): Money => ({
  amountMinor: -amountMinor,
  currency,
});

/** Totals of any mix of currencies, one entry a currency, in the order of the codes. */
export function totals(amounts: readonly Money[]): Money[] {
  const byCurrency = new Map<string, bigint>();
  for (const { amountMinor, currency } of amounts)
    byCurrency.set(currency, (byCurrency.get(currency) ?? 0n) + amountMinor);
  return [...byCurrency]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, amountMinor]) => ({ amountMinor, currency }));
}
