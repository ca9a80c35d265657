import { portionId } from '../../domain/link.ts';
import type { Transaction } from '../../domain/ports/store.ts';
import type { Check } from '../check/context.ts';
import { taskIdOf } from '../check/tasks.ts';
import { linkStateOf } from '../plan/links.ts';
import { type Came, otherAmount } from './came-later.ts';

/**
 * Gives a line to the order that came for it. Of the same amount the order is billed by that; of
 * another one it asks like every change after billing: leave it, or correct it.
 */
export function adoptBilled(tx: Transaction, check: Check, { billed, charge }: Came): void {
  const { next } = linkStateOf(tx, charge.key);
  const told = tx.get('charge', billed.chargeKey)?.amount;
  const isSame =
    told?.amountMinor === charge.amount.amountMinor && told.currency === charge.amount.currency;
  tx.put('link', { ...billed, state: 'freed' });
  tx.put('link', {
    ...billed,
    ...next,
    id: portionId(charge.key, next),
    chargeKey: charge.key,
    orderId: charge.orderId,
    period: charge.period ?? billed.period,
    revision: isSame ? charge.revision : otherAmount,
  });
  tx.log({
    actor: { kind: 'app' },
    action: 'adopted',
    result: isSame ? 'ok' : 'asks',
    connectionId: billed.connectionId,
    customerId: billed.customerId,
    subject: charge.description,
    taskId: null,
    orderId: charge.orderId,
    documentId: billed.documentId,
    documentUrl: null,
    amount: billed.amount,
    failure: null,
    facts: { linked: '1', unknown: '0', twice: '0' },
    details: { from: billed.orderId, to: charge.orderId },
  });
  const id = taskIdOf(check.crypto, billed.connectionId, charge.orderId);
  const task = tx.get('task', id);
  if (task === null || task.state === 'applying') return;
  const judged = check.assess(tx, check.tenantId, task);
  if (judged.state === 'synced') tx.remove('task', id);
  else tx.put('task', judged);
}
