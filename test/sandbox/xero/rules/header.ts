import { type JsonObject, numberOf, textOf } from '../../json.ts';
import { amountText, scaled } from '../amounts.ts';
import { readDate } from '../dates.ts';
import type { LineAmountTypes, SalesDocument } from '../state.ts';
import { currenciesOf, type Work } from './work.ts';

type Header = Pick<
  SalesDocument,
  | 'date'
  | 'dueDate'
  | 'lineAmountTypes'
  | 'currencyCode'
  | 'currencyRate'
  | 'reference'
  | 'brandingThemeId'
  | 'url'
>;

/** A day's rate from the base currency, ten decimals; the sandbox's stand-in for XE's. */
const DAY_RATE: Record<string, string> = { 'AUD USD': '0.6500000000', 'USD AUD': '1.5384615385' };
const RATE_PLACES = 10;

/** The members of a document beside contact, lines and status; what is not sent stays. */
export function readHeader(
  work: Work,
  element: JsonObject,
  kept: SalesDocument,
): { fields: Header; errors: string[]; warnings: string[] } {
  const { organisation, faults } = work;
  const errors: string[] = [];
  const date = dateOf(element, 'Date', errors);
  const dueDate = dateOf(element, 'DueDate', errors);
  const currencyCode = textOf(element, 'CurrencyCode') ?? kept.currencyCode;
  if (!currenciesOf(faults, organisation).some(({ code }) => code === currencyCode))
    errors.push(`Organisation is not subscribed to currency ${currencyCode}`);
  const brandingThemeId = textOf(element, 'BrandingThemeID') ?? kept.brandingThemeId;
  if (
    brandingThemeId !== undefined &&
    !organisation.brandingThemes.some(({ id }) => id === brandingThemeId)
  )
    errors.push('The branding theme does not exist');
  const url = textOf(element, 'Url') ?? kept.url;
  // "Go to [app name]" links may not contain "xero".
  if (url !== undefined && (!URL.canParse(url) || /xero/i.test(url)))
    errors.push('Url is not a valid absolute URL');
  const reference = textOf(element, 'Reference') ?? kept.reference;
  if (reference.length > 255) errors.push('Reference exceeds 255 characters');
  const rate = rateOf(work, element, currencyCode, kept);
  return {
    fields: {
      date: date ?? kept.date,
      dueDate: dueDate ?? kept.dueDate,
      lineAmountTypes: typesOf(textOf(element, 'LineAmountTypes')) ?? kept.lineAmountTypes,
      currencyCode,
      currencyRate: rate.rate,
      reference,
      brandingThemeId,
      url,
    },
    errors,
    warnings: rate.warnings,
  };
}

function dateOf(element: JsonObject, name: string, errors: string[]): string | undefined {
  const text = textOf(element, name);
  if (text === undefined) return undefined;
  const date = readDate(text);
  if (date === undefined) errors.push(`${name} is not a valid date`);
  return date;
}

function typesOf(text: string | undefined): LineAmountTypes | undefined {
  return text === 'Exclusive' || text === 'Inclusive' || text === 'NoTax' ? text : undefined;
}

/** A rate more than a fifth off the day's gives a warning since 7 April 2026. */
function rateOf(
  work: Work,
  element: JsonObject,
  currency: string,
  kept: SalesDocument,
): { rate: string; warnings: string[] } {
  const base = work.organisation.baseCurrency;
  const usual =
    currency === base ? '1.0000000000' : (DAY_RATE[`${base} ${currency}`] ?? '1.0000000000');
  const sent = numberOf(element, 'CurrencyRate');
  const value = sent === undefined ? undefined : scaled(sent, RATE_PLACES);
  if (value === undefined)
    return {
      rate: currency === kept.currencyCode && kept.number !== '' ? kept.currencyRate : usual,
      warnings: [],
    };
  const day = scaled(usual, RATE_PLACES) ?? 0n;
  const off = value > day ? value - day : day - value;
  const warnings =
    off * 5n > day ? ['The currency rate is very different from the rate of the day'] : [];
  return { rate: amountText(value, RATE_PLACES), warnings };
}
