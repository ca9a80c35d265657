import { judgeLineAlone, judgePair, judgeUnpaid, wasDue } from './judge.ts';
import type { BilledLine, Finding, HeldProduct } from './looked.ts';
import type { LookedAt } from './looked-at.ts';
import { pairUp } from './pair.ts';
import { seriesOf } from './series.ts';
import { type SoldProduct, soldFinder } from './sold.ts';

/**
 * Compares what customers hold with what is on their invoices: every finding with what it is a month,
 * the heaviest first within each currency. Pure: the same input gives the same findings.
 */
export function findingsOf(options: {
  held: readonly HeldProduct[];
  lines: readonly BilledLine[];
  sold: readonly SoldProduct[];
  at: LookedAt;
}): Finding[] {
  const { held, lines, sold, at } = options;
  const isSold = soldFinder(sold);
  const heldAt = groupedBy(held, placeOf);
  const linesAt = groupedBy(lines, placeOf);
  const places = new Set([...heldAt.keys(), ...linesAt.keys()]);
  const findings = [...places].flatMap((place) => {
    const series = seriesOf(linesAt.get(place) ?? [], at);
    const { pairs, heldAlone, seriesAlone } = pairUp(heldAt.get(place) ?? [], series, (one) =>
      wasDue(one, at),
    );
    return [
      ...pairs.map((pair) => judgePair(pair, at)),
      ...heldAlone.map((one) => judgeUnpaid(one, at, null)),
      ...seriesAlone.filter(({ newest }) => isSold(newest)).map(judgeLineAlone),
    ];
  });
  return findings.filter((finding) => finding !== null).sort(heaviestFirst);
}

const placeOf = ({ companyId, currency }: { companyId: string; currency: string }): string =>
  `${companyId}\n${currency}`;

function heaviestFirst(a: Finding, b: Finding): number {
  if (a.currency !== b.currency) return a.currency < b.currency ? -1 : 1;
  const [left, right] = [weight(a), weight(b)];
  if (left !== right) return left > right ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
const weight = ({ monthly: { amountMinor } }: Finding): bigint =>
  amountMinor < 0n ? -amountMinor : amountMinor;

function groupedBy<T>(list: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const own = groups.get(keyOf(one));
    if (own === undefined) groups.set(keyOf(one), [one]);
    else own.push(one);
  }
  return groups;
}
