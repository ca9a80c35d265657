import { wholePortion } from '../../domain/link.ts';
import type { Order } from '../../domain/order.ts';
import type { Reader } from '../../domain/ports/store.ts';
import { lineMarker } from '../markers.ts';
import type { Check } from './context.ts';

type Marking = Pick<Check, 'crypto' | 'tenantId'>;

/**
 * Whether a line that carries the mark of an order made here stands on one of our documents already: it
 * was billed before the app was installed anew.
 */
export const isBilledBefore = (reader: Reader, check: Marking, orders: readonly Order[]): boolean =>
  orders.some(billedBeforeFinder(reader, check));

/** The same for one order after the other; what stands is looked up on the first question only. */
export function billedBeforeFinder(
  reader: Reader,
  { crypto, tenantId }: Marking,
): (order: Order) => boolean {
  let standing: ReadonlySet<string> | null = null;
  const accounts = reader.list('connection').map(({ account }) => account.id);
  return ({ id, charges }) => {
    if (reader.get('order', id) !== null) return false;
    standing ??= standingMarks(reader);
    const marks = standing;
    return accounts.some((accountId) =>
      charges.some(({ key }) =>
        marks.has(lineMarker(crypto, { tenantId, accountId }, key, wholePortion)),
      ),
    );
  };
}

const standingMarks = (reader: Reader): ReadonlySet<string> =>
  new Set(
    reader
      .list('snapshot')
      .flatMap(({ document }) => document.lines.flatMap(({ marker }) => marker ?? [])),
  );
