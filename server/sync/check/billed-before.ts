import { wholePortion } from '../../domain/link.ts';
import type { Order } from '../../domain/order.ts';
import type { Reader } from '../../domain/ports.ts';
import { lineMarker } from '../markers.ts';
import type { Check } from './context.ts';

/**
 * Whether a line that carries the mark of an order made here stands on one of our documents already: it
 * was billed before the app was installed anew.
 */
export function isBilledBefore(
  reader: Reader,
  { crypto, tenantId }: Pick<Check, 'crypto' | 'tenantId'>,
  orders: readonly Order[],
) {
  const news = orders.filter(({ id }) => reader.get('order', id) === null);
  if (news.length === 0) return false;
  const standing = new Set(
    reader
      .list('snapshot')
      .flatMap(({ document }) => document.lines.flatMap(({ marker }) => marker ?? [])),
  );
  return reader.list('connection').some(({ account }) =>
    news.some(({ charges }) =>
      charges.some(({ key }) => {
        const scope = { tenantId, accountId: account.id };
        return standing.has(lineMarker(crypto, scope, key, wholePortion));
      }),
    ),
  );
}
