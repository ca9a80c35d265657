import { addMonths, type CalendarDate, dateAt, type Instant, instant } from '../../domain/dates.ts';
import { AppError, failureOf } from '../../domain/errors.ts';
import type { ConnectionId, TenantId } from '../../domain/ids.ts';
import { type Look, lookMonths } from '../../domain/look.ts';
import type { Transaction } from '../../domain/ports/store.ts';
import type { Actor } from '../../domain/tenant.ts';
import type { Check, CheckContext } from '../check/context.ts';
import { readDocuments } from './read-documents.ts';
import { readSubscriptions } from './read-subscriptions.ts';
import type { Turn } from './turn.ts';

/** A failure that names no time is tried again after this long. */
const restMs = 60_000;

/** Begins a look anew: what an earlier one read stays until this one has read the same. */
export function startLook(options: {
  tx: Transaction;
  connectionId: ConnectionId;
  timeZone: string;
  by: Actor;
  at: Instant;
}): void {
  const { tx, connectionId, timeZone, by, at } = options;
  tx.put('look', {
    id: connectionId,
    from: lookFrom(dateAt(Date.parse(at), timeZone)),
    startedAt: at,
    startedBy: by,
    endedAt: null,
    reading: 'documents',
    position: null,
    documentsRead: 0,
    subscriptionsRead: 0,
    subscriptionsTotal: 0,
    failure: null,
  });
}
export const lookFrom = (today: CalendarDate): CalendarDate => addMonths(today, -lookMonths);

/**
 * One turn of the look of a connection; gives when the next one is due, or null when it has ended. It
 * only reads. What it read is stored with how far it came, so that any process can go on with it.
 */
export async function lookOnce(
  context: CheckContext,
  tenantId: TenantId,
  connectionId: ConnectionId,
): Promise<Instant | null> {
  const check: Check = {
    ...context,
    tenantId,
    purpose: 'background',
    at: instant(context.clock.nowMs()),
  };
  const turn: Turn = { check, connectionId, current: sameLook };
  const reader = await check.store.read(tenantId);
  const look = reader.get('look', connectionId);
  const connection = reader.get('connection', connectionId);
  if (look === null || look.endedAt !== null || connection === null) return null;
  try {
    if (look.reading === 'documents')
      await readDocuments(
        turn,
        look,
        await check.openSession(tenantId, connectionId, 'background'),
      );
    else {
      const marketplace = await check.openMarketplace(tenantId, 'background');
      if (marketplace === null) throw new AppError('marketplace.not-connected');
      await readSubscriptions(turn, look, connection, marketplace);
    }
    return instant(check.clock.nowMs());
  } catch (error) {
    return stopOrWait(turn, look, error);
  }
}

const sameLook = (tx: Transaction, { id, startedAt }: Look): Look | null => {
  const now = tx.get('look', id);
  return now !== null && now.startedAt === startedAt && now.endedAt === null ? now : null;
};

/** What comes right by itself is waited for; anything else ends the look, for a person to mend and ask again. */
async function stopOrWait(
  { check, connectionId, current }: Turn,
  look: Look,
  error: unknown,
): Promise<Instant | null> {
  const failure = failureOf(error);
  if (failure.code === 'internal') check.logger.error('look failed', { connectionId, error });
  const waits = failure.retry.kind === 'later';
  const soon = instant(check.clock.nowMs() + restMs);
  const at = failure.retry.kind === 'later' ? (failure.retry.at ?? soon) : soon;
  const shown = waits ? { ...failure, retry: { kind: 'later' as const, at } } : failure;
  await check.store.transact(check.tenantId, (tx) => {
    const now = current(tx, look);
    if (now !== null) tx.put('look', { ...now, failure: shown, endedAt: waits ? null : check.at });
  });
  return waits ? at : null;
}
