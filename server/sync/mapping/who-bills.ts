import type { ConnectionId } from '../../domain/ids.ts';
import type { Transaction } from '../../domain/ports/store.ts';
import { customerMappingOf } from './map.ts';

/** A customer is billed by this connection from now on, and by no other: at most one bills it. */
export function billFromHere(
  tx: Transaction,
  connectionId: ConnectionId,
  customerId: string,
): void {
  for (const { id } of tx.list('connection')) {
    const mapping = customerMappingOf(tx, id, customerId);
    const bills = id === connectionId;
    if (bills || mapping.bills) tx.put('customerMapping', { ...mapping, bills });
  }
}
