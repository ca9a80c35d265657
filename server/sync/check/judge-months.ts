import type { Check } from './context.ts';

/**
 * Judges again what the orders of this check may have changed beyond themselves: one more order makes
 * a month out of the others of its customer, which asks for all of them, or takes a change of seats back
 * that was ready.
 */
export async function judgeMonths(check: Check): Promise<void> {
  const reader = await check.store.read(check.tenantId);
  const watching = new Set(
    reader
      .list('connection')
      .filter(
        ({ settings }) => settings.monthOffPercent !== null || settings.seatChanges !== 'lines',
      )
      .map(({ id }) => id),
  );
  const news = reader
    .list('task')
    .filter(({ connectionId, updatedAt }) => watching.has(connectionId) && updatedAt >= check.at);
  if (news.length === 0) return;
  const customers = new Set(
    news.map(({ connectionId, customerId }) => `${connectionId} ${customerId}`),
  );
  await check.store.transact(check.tenantId, (tx) => {
    for (const task of tx.list('task')) {
      const isTheirs = customers.has(`${task.connectionId} ${task.customerId}`);
      if (!isTheirs || task.state === 'applying') continue;
      const judged = check.assess(tx, check.tenantId, task);
      if (judged === task) continue;
      if (judged.state === 'synced') tx.remove('task', task.id);
      else tx.put('task', judged);
    }
  });
}
