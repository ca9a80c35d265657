import type { Connection } from '../../domain/connection.ts';
import { instant } from '../../domain/dates.ts';
import type { Look } from '../../domain/look.ts';
import { customerMappingId } from '../../domain/mapping.ts';
import type { Marketplace } from '../../domain/ports/marketplace.ts';
import type { Read } from '../../domain/ports/read.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { Subscription } from '../../domain/subscription.ts';
import { keep } from '../check/upserts.ts';
import type { Turn } from './turn.ts';

/** Subscriptions of one turn: some seconds at the pace a marketplace allows, then others have theirs. */
const detailsPerTurn = 10;

/**
 * Reads what some subscriptions hold that are in the list form only, one call each and in the order of
 * their ids, so that a look that was cut off goes on after the last one. Ends the look after the last.
 */
export async function readSubscriptions(
  turn: Turn,
  look: Look,
  connection: Connection,
  marketplace: Pick<Marketplace, 'subscription'>,
): Promise<void> {
  const { check } = turn;
  const reader = await check.store.read(check.tenantId);
  const wanted = subscriptionsToRead(reader, connection, look.position);
  const due = wanted.slice(0, detailsPerTurn);
  const details: Read<Subscription>[] = [];
  try {
    for (const { id } of due) details.push(await marketplace.subscription(id));
  } finally {
    await store(turn, look, { details, due, wanted: wanted.length });
  }
  if (due.length === wanted.length) await end(turn, look);
}

/** Also of a turn that was cut off: what was read is not read again. */
async function store(
  { check, current }: Turn,
  look: Look,
  { details, due, wanted }: { details: Read<Subscription>[]; due: Subscription[]; wanted: number },
): Promise<void> {
  const last = due[details.length - 1];
  if (last === undefined) return;
  const unreadable = details.flatMap((detail) => detail.unreadable);
  await keep({ check, side: 'marketplace', unreadable, whole: [] });
  await check.store.transact(check.tenantId, (tx) => {
    const now = current(tx, look);
    if (now === null) return;
    for (const { records } of details) for (const record of records) tx.put('subscription', record);
    const subscriptionsRead = now.subscriptionsRead + details.length;
    tx.put('look', {
      ...now,
      position: last.id,
      subscriptionsRead,
      subscriptionsTotal: subscriptionsRead + wanted - details.length,
      failure: null,
    });
  });
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
