import { signal } from '@preact/signals';
import { now } from './clock.ts';

/** The person's locale, from the host; texts are English, numbers and dates follow the locale. */
export const locale = signal('en');

export function applyLocale(wanted: string): void {
  try {
    locale.value = Intl.getCanonicalLocales(wanted)[0] ?? 'en';
  } catch {
    locale.value = 'en';
  }
}

type Names<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never;
type Facts<T extends string> = [Names<T>] extends [never] ? [] : [Record<Names<T>, string>];

/** A catalogue text with its placeholders filled; a missing or misspelt one does not compile. */
export const say = <T extends string>(text: T, ...[facts]: Facts<T>): string =>
  fill(text, facts ?? {});

/** The same for texts chosen at run time; an unknown placeholder becomes an ellipsis. */
export const fill = (text: string, facts: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (_all, name: string) => facts[name] ?? '…');

export interface Plural {
  one: string;
  other: string;
}
/** `{count}` is the number in the person's locale. */
export function plural(text: Plural, count: number, facts: Record<string, string> = {}): string {
  const chosen = pluralRules.select(count) === 'one' ? text.one : text.other;
  return fill(chosen, { ...facts, count: number(count) });
}

export const number = (value: number | string): string => {
  if (typeof value === 'number' || isDecimal(value)) return numbers().format(value);
  return value;
};

/** What one unit costs, with all its places, and no fraction of a single one: 10.50. */
export const price = (value: string): string =>
  isDecimal(value) ? (value.includes('.') ? prices() : numbers()).format(value) : value;

/** Money from decimal text, digit for digit: it never becomes a float. */
export function money({ amount, currency }: { amount: string; currency: string }): string {
  return isDecimal(amount) ? moneys()(currency).format(amount) : `${amount} ${currency}`;
}

/** A calendar date stays that date, whatever the person's time zone. */
export const day = (date: string): string =>
  days().format(Date.parse(`${date.slice(0, 10)}T00:00:00Z`));
/** `2026-11` as the person names the month. */
export const monthName = (month: string): string =>
  months().format(Date.parse(`${month}-01T00:00:00Z`));
export const instant = (at: string): string => instants().format(Date.parse(at));
export const clockTime = (at: string): string => times().format(Date.parse(at));

const relativeUnits = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** "3 minutes ago", "in 2 hours". */
export function relative(at: string): string {
  const distanceMs = Date.parse(at) - now();
  for (const [unit, ms] of relativeUnits)
    if (Math.abs(distanceMs) >= ms) return relatives.format(Math.round(distanceMs / ms), unit);
  return relatives.format(0, 'minute');
}

/** One made formatter a locale. */
function perLocale<Format>(make: (at: string) => Format): () => Format {
  const held = new Map<string, Format>();
  return () => {
    const at = locale.value;
    const format = held.get(at) ?? make(at);
    held.set(at, format);
    return format;
  };
}

const pluralRules = new Intl.PluralRules('en');
const relatives = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const numbers = perLocale((at) => new Intl.NumberFormat(at, { maximumFractionDigits: 20 }));
const prices = perLocale(
  (at) => new Intl.NumberFormat(at, { minimumFractionDigits: 2, maximumFractionDigits: 20 }),
);
const days = perLocale(
  (at) => new Intl.DateTimeFormat(at, { dateStyle: 'medium', timeZone: 'UTC' }),
);
const months = perLocale(
  (at) => new Intl.DateTimeFormat(at, { month: 'long', year: 'numeric', timeZone: 'UTC' }),
);
const instants = perLocale(
  (at) => new Intl.DateTimeFormat(at, { dateStyle: 'medium', timeStyle: 'short' }),
);
const times = perLocale((at) => new Intl.DateTimeFormat(at, { timeStyle: 'short' }));
const moneys = perLocale((at) => {
  const held = new Map<string, Intl.NumberFormat>();
  return (currency: string) => {
    const format = held.get(currency) ?? currencyFormat(at, currency);
    held.set(currency, format);
    return format;
  };
});

const isDecimal = (text: string): text is `${number}` => /^-?\d+(\.\d+)?$/.test(text);

function currencyFormat(at: string, currency: string): Intl.NumberFormat {
  try {
    return new Intl.NumberFormat(at, { style: 'currency', currency });
  } catch {
    return new Intl.NumberFormat(at, { minimumFractionDigits: 2, maximumFractionDigits: 4 });
  }
}
