import type { Connection } from '../../domain/connection.ts';
import type { Check } from './context.ts';

/**
 * Judges a connection's tasks again after its system changed what they hang on: a currency that was
 * switched on, a company or item that was archived or brought back. Nobody has to touch the order.
 */
export async function judgeAgain(check: Check, connection: Connection): Promise<void> {
  await check.store.transact(check.tenantId, (tx) => {
    for (const task of tx.list('task')) {
      if (task.connectionId !== connection.id) continue;
      const judged = check.assess(tx, check.tenantId, task);
      if (judged === task) continue;
      if (judged.state === 'synced') tx.remove('task', task.id);
      else tx.put('task', judged);
    }
  });
}
