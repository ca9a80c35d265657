import type { Connection } from '../../domain/connection.ts';
import { instant } from '../../domain/dates.ts';
import type { Look } from '../../domain/look.ts';
import { customerMappingId } from '../../domain/mapping.ts';
import type { Marketplace, Reader } from '../../domain/ports.ts';
import type { Subscription } from '../../domain/subscription.ts';
import { keep } from '../check/upserts.ts';
import type { Turn } from './turn.ts';

/** Subscriptions of one turn: about a minute at the pace a marketplace allows, then others have theirs. */
const detailsPerTurn = 50;

/**
 * Reads what subscriptions hold that are in the list form only, one call each and in the order of
 * their ids, so that a look that was cut off goes on after the last one. A turn
 * ends after some, the look after the last.
 */
export async function readSubscriptions(
  turn: Turn,
  connection: Connection,
  marketplace: Pick<Marketplace, 'subscription'>,
): Promise<void> {
  const { check } = turn;
  for (let count = 0; count < detailsPerTurn; count += 1) {
    const reader = await check.store.read(check.tenantId);
    const look = reader.get('look', connection.id);
    if (look === null || look.endedAt !== null) return;
    const wanted = subscriptionsToRead(reader, connection, look.position);
    const [next] = wanted;
    if (next === undefined) return end(turn, look);
    const detail = await marketplace.subscription(next.id);
    await keep({ check, side: 'marketplace', unreadable: detail.unreadable, whole: [] });
    await check.store.transact(check.tenantId, (tx) => {
      const current = turn.current(tx, look);
      if (current === null) return;
      for (const record of detail.records) tx.put('subscription', record);
      const subscriptionsRead = current.subscriptionsRead + 1;
      tx.put('look', {
        ...current,
        position: next.id,
        subscriptionsRead,
        subscriptionsTotal: subscriptionsRead + wanted.length - 1,
        failure: null,
      });
    });
  }
}

/** Those alive, of customers who are matched and billed by the connection, whose products nobody knows yet. */
function subscriptionsToRead(
  reader: Reader,
  { id, billsNewCustomers }: Connection,
  after: string | null,
): Subscription[] {
  return reader
    .list('subscription')
    .filter(({ customerId, detailed, status, ...subscription }) => {
      const isLive = status === 'active' || status === 'unknown';
      if (detailed || !isLive || (after !== null && subscription.id <= after)) return false;
      const mapping = reader.get('customerMapping', customerMappingId(id, customerId));
      return mapping?.targetId != null && (mapping.bills ?? billsNewCustomers);
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function end({ check, current }: Turn, look: Look): Promise<void> {
  await check.store.transact(check.tenantId, (tx) => {
    const now = current(tx, look);
    if (now === null) return;
    tx.put('look', { ...now, endedAt: instant(check.clock.nowMs()), failure: null });
    tx.log({
      actor: now.startedBy,
      action: 'looked',
      result: 'ok',
      connectionId: now.id,
      customerId: null,
      subject: now.from,
      taskId: null,
      orderId: null,
      documentId: null,
      documentUrl: null,
      amount: null,
      failure: null,
      facts: {
        from: now.from,
        documents: String(now.documentsRead),
        subscriptions: String(now.subscriptionsRead),
      },
      details: null,
    });
  });
}
