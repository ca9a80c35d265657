import { amountText, type Money, money } from '../../domain/money.ts';
import { perMonth } from '../../domain/monthly.ts';
import type { BillingPeriod } from '../../domain/product.ts';
import { normalizedName } from '../mapping/suggest.ts';
import type { BilledLine, Series } from './looked.ts';
import type { LookedAt } from './looked-at.ts';

const month =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
/** What changes from one invoice to the next though the line is the same: dates, months, years. */
const dates = [
  /\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b/g,
  new RegExp(
    `\\b\\d{1,2}(?:st|nd|rd|th)? ${month}\\b|\\b${month} \\d{1,2}(?:st|nd|rd|th)?\\b`,
    'gi',
  ),
  new RegExp(`\\b${month}\\b`, 'gi'),
  /\b20\d\d\b/g,
];

/**
 * Lines that come back: the same item and the same words, but for the quantity and dates. Two
 * equal lines of one invoice are two series. A line of one month only may be billed once a year. A line
 * that stays open is a series by itself.
 */
export function seriesOf(lines: readonly BilledLine[], at: LookedAt): Series[] {
  const byKey = new Map<string, BilledLine[]>();
  const seen = new Map<string, number>();
  for (const line of lines) {
    if (line.open !== undefined) {
      byKey.set(`open\n${line.documentId}\n${line.lineId}`, [line]);
      continue;
    }
    const words = wordsOf(line);
    const place = `${line.documentId}\n${words}`;
    const nth = (seen.get(place) ?? 0) + 1;
    seen.set(place, nth);
    const key = `${nth}\n${words}`;
    byKey.set(key, [...(byKey.get(key) ?? []), line]);
  }
  return [...byKey.values()].map((own) => oneSeries(own, at));
}

function oneSeries(lines: readonly BilledLine[], { currentFrom }: LookedAt): Series {
  const newest = lines.reduce((last, line) => (line.date >= last.date ? line : last));
  const count = new Set(lines.map(({ date }) => date.slice(0, 7))).size;
  const { open, amount } = newest;
  return {
    newest,
    comesBack: open === undefined ? count > 1 : !open.ends,
    current: newest.date >= currentFrom,
    monthly: open === undefined ? amount : aMonth(amount, open.every),
  };
}

/**
 * A line that stands in one month alone is what it is a month when it pays for a longer period. So is an
 * open one whose system does not tell how often it is billed: as often as its subscription.
 */
export function spread(series: Series, period: BillingPeriod | null): Series {
  const { open, amount } = series.newest;
  const isTold = open === undefined ? series.comesBack : open.every !== null;
  if (isTold || monthsIn(period) <= 1) return series;
  return { ...series, current: true, monthly: aMonth(amount, period) };
}

const aMonth = (amount: Money, period: BillingPeriod | null): Money =>
  money(perMonth(amountText(amount), period), amount.currency);

/** How many months a period has, whole ones only; days and what nobody told count as one. */
export const monthsIn = (period: BillingPeriod | null): number =>
  period === null || period.count < 1
    ? 1
    : period.unit === 'year'
      ? period.count * 12
      : period.unit === 'month'
        ? period.count
        : 1;

/** The line's own words; its quantity may be repeated in them, as in `38 seats`. */
function wordsOf({ companyId, currency, itemCode, description, quantity }: BilledLine): string {
  const undated = dates.reduce((text, pattern) => text.replace(pattern, ' '), description);
  const words = normalizedName(undated)
    .split(' ')
    .filter((word) => word !== quantity);
  return [companyId, currency, itemCode ?? '', words.join(' ')].join('\n');
}
