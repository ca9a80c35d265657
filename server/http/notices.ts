import type { ConnectionId, TenantId } from '../domain/ids.ts';
import type { LogEntry } from '../domain/log-entry.ts';
import type { Reader, Store } from '../domain/ports/store.ts';
import type { Publish } from '../sync/context.ts';
import type { Events } from './events.ts';
import { sentenceOf } from './present/log.ts';

/** Entries told at once; a page that was away reads the rest in the Action log. */
const noticesAtOnceMax = 20;

export interface Notices {
  changed: Publish;
}

/** Tells open pages what to read again, and each new entry of the Action log as a pop-up, once. */
export function createNotices({ store, events }: { store: Store; events: Events }): Notices {
  const told = new Map<TenantId, number>();

  async function tellNew(tenantId: TenantId): Promise<void> {
    const { entries } = await store.log(tenantId, { before: null, limit: noticesAtOnceMax });
    const newest = entries[0]?.seq ?? 0;
    const last = told.get(tenantId) ?? newest - 1;
    told.set(tenantId, Math.max(last, newest));
    const reader = await store.read(tenantId);
    for (const entry of entries.toReversed())
      if (entry.seq > last && isWanted(reader, entry)) events.publish(tenantId, noticeOf(entry));
  }

  return {
    changed: (tenantId, what, connectionId: ConnectionId | null) => {
      events.publish(tenantId, { type: 'changed', what: [...what], connectionId });
      // A page that misses a pop-up finds it in the log: telling never holds up the work.
      if (what.includes('log')) tellNew(tenantId).catch(() => undefined);
    },
  };
}

/** The connection's level decides what pops up; the log always holds everything. */
function isWanted(reader: Reader, { result, connectionId }: LogEntry): boolean {
  const level =
    connectionId === null ? null : reader.get('connection', connectionId)?.settings.notifications;
  return result !== 'ok' || level === 'all';
}

const noticeOf = (entry: LogEntry) => ({
  type: 'notice' as const,
  seq: entry.seq,
  result: entry.result,
  text: sentenceOf(entry),
  group: `${entry.action} ${entry.result}`,
  connectionId: entry.connectionId,
});
