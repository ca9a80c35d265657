import type { TenantId } from '../../domain/ids.ts';
import type { Store, Transaction } from '../../domain/ports/store.ts';
import { intakeId } from './names.ts';

/**
 * What stands in the systems is no longer known: their marks are looked for again before anything is
 * written or a new task is made. After older orders were read, since they may own marks that nobody
 * could name before, and after a start on older data, which lacks links of what was written since.
 */
export const forgetMarks = (store: Store, tenantId: TenantId): Promise<void> =>
  store.transact(tenantId, forgetMarksIn);

/** The same beside what else one transaction stores. */
export function forgetMarksIn(tx: Transaction): void {
  for (const connection of tx.list('connection')) {
    if (connection.state === 'disconnected') continue;
    tx.put('connection', { ...connection, marksAdopted: false });
    if (tx.get('cursor', intakeId(connection.id)) !== null)
      tx.remove('cursor', intakeId(connection.id));
  }
}
