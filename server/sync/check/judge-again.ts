import type { Connection } from '../../domain/connection.ts';
import type { Task } from '../../domain/task.ts';
import type { Check } from './context.ts';

/**
 * Judges a connection's tasks again after its system changed what they hang on: a currency that was
 * switched on, a company or item that was archived or brought back. Nobody has to touch the order.
 */
export const judgeAgain = (check: Check, connection: Connection): Promise<void> =>
  judge(check, connection, () => true);

/** Those of which a document refused a change: it may have been closed, so that they go elsewhere. */
export async function judgeRefused(check: Check, connection: Connection): Promise<void> {
  const isRefused = ({ connectionId, refusedOn }: Task): boolean =>
    connectionId === connection.id && refusedOn !== null;
  const reader = await check.store.read(check.tenantId);
  if (reader.list('task').some(isRefused)) await judge(check, connection, isRefused);
}

async function judge(
  check: Check,
  connection: Connection,
  isMeant: (task: Task) => boolean,
): Promise<void> {
  await check.store.transact(check.tenantId, (tx) => {
    for (const task of tx.list('task')) {
      if (task.connectionId !== connection.id || !isMeant(task)) continue;
      const judged = check.assess(tx, check.tenantId, task);
      if (judged === task) continue;
      if (judged.state === 'synced') tx.remove('task', task.id);
      else tx.put('task', judged);
    }
  });
}
