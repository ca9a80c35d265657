import type { CalendarDate, Instant } from '../../domain/dates.ts';
import { AppError } from '../../domain/errors.ts';
import type { Month } from '../../domain/month.ts';
import type { Transaction } from '../../domain/ports/store.ts';
import type { Actor } from '../../domain/tenant.ts';
import { customerMappingOf } from '../mapping/map.ts';
import { billFromHere } from '../mapping/who-bills.ts';
import { openingDecisionId } from '../plan/opening.ts';
import type { PlanWorld } from '../plan/world.ts';
import { shadowOf } from './shadow.ts';

/**
 * Bills a customer from here from a day on, automatically: their own "bill from", the connection that
 * bills them, their switch, and for each running subscription without an answer "start with the next
 * order", as the comparison assumed. What a month showed must be clean and as the person saw it.
 * Throws `request.conflict` where it is not, `request.invalid` for a day inside what was compared.
 */
export function switchOver(
  tx: Transaction,
  world: PlanWorld,
  wish: {
    month: Month;
    customerId: string;
    seen: string;
    from: CalendarDate;
    by: Actor;
    at: Instant;
  },
): void {
  const { month, customerId, seen, from, by, at } = wish;
  const { connection, crypto } = world;
  const customer = shadowOf(tx, world, month).customers.find(
    (one) => one.customerId === customerId && one.seen === seen,
  );
  if (customer?.isClean !== true) throw new AppError('request.conflict');
  // That month was billed by hand: from a day inside it on it would be billed twice.
  if (from.slice(0, 7) <= month)
    throw new AppError('request.invalid', { facts: { field: 'from' } });
  billFromHere(tx, connection.id, customerId);
  tx.put('customerMapping', {
    ...customerMappingOf(tx, connection.id, customerId),
    billFrom: from,
    automatic: true,
    automaticBy: by.kind === 'user' ? by.id : null,
  });
  for (const subscription of tx.list('subscription')) {
    const id = openingDecisionId(crypto, connection.id, subscription.id);
    const isRunning = subscription.startDate !== null && subscription.startDate < from;
    if (subscription.customerId !== customerId || !isRunning || tx.get('decision', id) !== null)
      continue;
    tx.put('decision', {
      id,
      connectionId: connection.id,
      scope: { kind: 'subscription', subscriptionId: subscription.id, productKey: null },
      value: { kind: 'opening', answer: 'next-order' },
      by,
      at,
    });
  }
  tx.log({
    actor: by,
    action: 'automatic-switched',
    result: 'ok',
    connectionId: connection.id,
    customerId,
    subject: world.customer(customerId)?.name ?? customerId,
    taskId: null,
    orderId: null,
    documentId: null,
    documentUrl: null,
    amount: customer.ours[0] ?? null,
    failure: null,
    facts: { state: 'on', count: '1' },
    details: { month, from, seen, compared: customer.counts },
  });
}
