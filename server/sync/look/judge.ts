import { addMonths, type CalendarDate } from '../../domain/dates.ts';
import { opposite, zero } from '../../domain/money.ts';
import { about } from './figures.ts';
import { judgeLive } from './judge-live.ts';
import type { Finding, HeldProduct, Series } from './looked.ts';
import type { LookedAt } from './looked-at.ts';
import { monthlyOf, type Pair } from './pair.ts';
import { monthsIn, spread } from './series.ts';

/**
 * What a pair says. Null where nothing is to be said, as of a line for a subscription on trial, or
 * of an old line of one that has ended.
 */
export function judgePair(pair: Pair, at: LookedAt): Finding | null {
  const [first] = pair.held;
  const series = pair.series.map((one) => spread(one, first?.period ?? null));
  const [line] = series;
  if (first === undefined || line === undefined) return null;
  switch (first.state.is) {
    case 'idle':
      return null;
    case 'ended':
      return judgeEnded(first, first.state.on, line);
    case 'live':
      return line.current
        ? judgeLive({ ...pair, series })
        : judgeUnpaid(first, at, line.newest.date);
    default:
      return first.state satisfies never;
  }
}

/**
 * A living subscription without a line. Null while one may still come: of a subscription too young for
 * an invoice, or of a longer period that was not due in the days that were read. Without a price it is
 * named all the same, with nothing to rank it by.
 */
export function judgeUnpaid(
  held: HeldProduct,
  at: LookedAt,
  billedLast: CalendarDate | null,
): Finding | null {
  const monthly = monthlyOf(held) ?? zero(held.currency);
  const isFree = held.unitPrice !== null && monthly.amountMinor <= 0n;
  if (held.state.is !== 'live' || isFree || !wasDue(held, at)) return null;
  return {
    ...about([held], []),
    kind: 'unpaid',
    reason: billedLast === null ? 'never-billed' : 'stopped',
    monthly,
    since: billedLast,
  };
}

/** Whether an invoice for it should be among those that were read. */
export function wasDue(
  { period, startDate, lastDue }: HeldProduct,
  { from, writtenUpTo, begunUpTo }: LookedAt,
): boolean {
  if (monthsIn(period) > 1) return lastDue !== null && lastDue >= from && lastDue <= writtenUpTo;
  return startDate === null || startDate <= begunUpTo;
}

const judgeEnded = (held: HeldProduct, on: CalendarDate | null, line: Series): Finding | null =>
  on !== null && goesOn(line, on)
    ? paidForNothing([held], line, { reason: 'ended', since: on })
    : null;

/**
 * Sooner than a month after the end an invoice may still pay for the time before it. An open line is
 * billed on until somebody ends it.
 */
const goesOn = ({ newest, current, comesBack }: Series, endedOn: CalendarDate): boolean =>
  newest.open === undefined ? current && newest.date >= addMonths(endedOn, 1) : comesBack;

/** A line about a product that the marketplace sells, month after month, without a subscription. */
export const judgeLineAlone = (line: Series): Finding | null =>
  line.current && line.comesBack
    ? paidForNothing([], line, { reason: 'no-subscription', since: null })
    : null;

const paidForNothing = (
  held: readonly HeldProduct[],
  line: Series,
  why: Pick<Finding, 'reason' | 'since'>,
): Finding | null =>
  line.monthly.amountMinor <= 0n
    ? null
    : { ...about(held, [line]), kind: 'cancelled', monthly: opposite(line.monthly), ...why };
