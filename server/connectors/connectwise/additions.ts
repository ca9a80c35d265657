import type { CalendarDate } from '../../domain/dates.ts';
import { isZero } from '../../domain/decimal.ts';
import type { Marker } from '../../domain/ids.ts';
import { lineMarkIn } from '../kit/marks.ts';
import type { Addition } from './schema.ts';

/**
 * Additions that belong together. An open line is a chain: each change ends one addition and opens the
 * next with the same mark. A one-off one stands alone and its mark says so, since an ended line of one
 * period would look the same.
 */
export interface Chain {
  marker: Marker | null;
  once: boolean;
  /** In the order of their days; never empty. */
  additions: readonly [Addition, ...Addition[]];
}

/** Our mark in a description, which the customer's invoice does not show (`invoiceDescription` is shown). */
export const withMark = (text: string, marker: string, once: boolean): string =>
  `${text} [${marker}${once ? ' once' : ''}]`;
export const markOf = ({ description }: Pick<Addition, 'description'>): Marker | null =>
  lineMarkIn(description ?? '');
const isOnce = ({ description }: Addition): boolean => /\bLP\w{16} once\]/.test(description ?? '');

export function chainsOf(additions: readonly Addition[]): Chain[] {
  const chains = new Map<string, Addition[]>();
  for (const addition of additions) {
    const key = markOf(addition) ?? `addition ${addition.id}`;
    chains.set(key, [...(chains.get(key) ?? []), addition]);
  }
  return [...chains.values()].flatMap((own): Chain[] => {
    const [first, ...more] = own.sort(byDay);
    if (first === undefined) return [];
    return [{ marker: markOf(first), once: own.some(isOnce), additions: [first, ...more] }];
  });
}

const byDay = (a: Addition, b: Addition): number =>
  dayOf(a) === dayOf(b) ? Number(a.id) - Number(b.id) : dayOf(a) < dayOf(b) ? -1 : 1;
export const dayOf = ({ effectiveDate }: Addition): string => effectiveDate ?? '';

export const lastOf = ({ additions }: Chain): Addition => additions.at(-1) ?? additions[0];

/** What a chain comes to after all its changes; an ended line has no units. */
export function standingOf(chain: Chain): { quantity: string; unitPrice: string } {
  const { quantity, unitPrice, cancelledDate } = lastOf(chain);
  const isEnded = cancelledDate !== null && !chain.once;
  return { quantity: isEnded || isZero(quantity) ? '0' : quantity, unitPrice: unitPrice ?? '0' };
}

/** The chain of a mark, or the one that a line's id names (a line of somebody else has no mark yet). */
export function chainFor(
  additions: readonly Addition[],
  { marker, lineId }: { marker: string; lineId: string | null },
): Chain | null {
  const own = additions.filter((addition) => markOf(addition) === marker || addition.id === lineId);
  const [first, ...more] = own.sort(byDay);
  return first === undefined
    ? null
    : { marker: null, once: own.some(isOnce), additions: [first, ...more] };
}

export const hasEnded = ({ cancelledDate }: Addition, today: CalendarDate): boolean =>
  cancelledDate !== null && cancelledDate < today;
