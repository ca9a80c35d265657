import { type Instant, millisecondsOf } from '../../domain/dates.ts';
import { canonical } from '../../domain/json.ts';
import type { Unreadable } from '../../domain/ports/read.ts';
import type { Transaction } from '../../domain/ports/store.ts';
import type { Collection, RecordOf } from '../../domain/records.ts';
import type { Check, Side } from './context.ts';
import { divide } from './divide.ts';
import { keptRetryMs, recordsPerCommit } from './limits.ts';
import { keptRecordId } from './names.ts';
import { letGo, setAside, textOf } from './set-aside.ts';

/**
 * Stores the records that differ from what is stored, a bounded number a transaction. One that cannot
 * be stored is set aside; a readable one that was set aside before is let go.
 */
export async function upsert<C extends Collection>(
  check: Check,
  collection: C,
  records: readonly RecordOf<C>[],
  side: Side = 'marketplace',
): Promise<void> {
  const reader = await check.store.read(check.tenantId);
  const changed = records.filter((record) => mayDiffer(reader.get(collection, record.id), record));
  for (let start = 0; start < changed.length; start += recordsPerCommit)
    await divide({
      check,
      items: changed.slice(start, start + recordsPerCommit),
      take: (tx, batch) => {
        for (const record of batch) {
          if (!differs(tx.get(collection, record.id), record)) continue;
          tx.put(collection, record);
          const kept = keptRecordId(side, collection, record.id);
          if (tx.get('keptRecord', kept)?.setAside != null) letGo(tx, kept);
        }
        return true;
      },
      aside: (tx, record, error) =>
        setAside(
          tx,
          check,
          {
            source: side,
            what: collection,
            id: record.id,
            subject: nameIn(record),
            customerId: null,
            amount: null,
            revision: '',
            body: textOf(record),
          },
          error,
        ),
    });
}

function differs(stored: unknown, record: unknown): boolean {
  return stored === null || canonical(stored) !== canonical(record);
}

/** What cannot even be compared is found out, and set aside, in its transaction. */
function mayDiffer(stored: unknown, record: unknown): boolean {
  try {
    return differs(stored, record);
  } catch {
    return true;
  }
}

/** What a person calls a record of any kind. */
function nameIn(record: { id: string }): string {
  const name: unknown = Reflect.get(record, 'name');
  return typeof name === 'string' ? name : record.id;
}

/**
 * Keeps what could not be read: stored, counted, logged once for each new content (DESIGN.md 5.7).
 * `whole` says that all records of these kinds were read, so that those readable again are let go.
 */
export async function keep(options: {
  check: Check;
  side: Side;
  unreadable: readonly Unreadable[];
  whole: readonly string[];
}): Promise<void> {
  const { check, side, unreadable, whole } = options;
  const ids = new Set(unreadable.map(({ what, id }) => keptRecordId(side, what, id)));
  const reader = await check.store.read(check.tenantId);
  const mended = reader
    .list('keptRecord')
    .filter(
      (kept) =>
        kept.setAside === null &&
        kept.source === side &&
        whole.includes(kept.what) &&
        !ids.has(kept.id),
    );
  const news = unreadable.filter((record) => {
    const kept = reader.get('keptRecord', keptRecordId(side, record.what, record.id));
    return kept === null || kept.body !== record.body || isStale(kept.seenAt, check.at);
  });
  for (let start = 0; start < news.length; start += recordsPerCommit) {
    const batch = news.slice(start, start + recordsPerCommit);
    await check.store.transact(check.tenantId, (tx) => {
      for (const record of batch) keepOne({ tx, check, side, record });
    });
  }
  if (mended.length === 0) return;
  await check.store.transact(check.tenantId, (tx) => {
    for (const { id } of mended) if (tx.get('keptRecord', id) !== null) tx.remove('keptRecord', id);
  });
}

/** Whether a kept record is old enough to be looked at again. */
export const isStale = (seenAt: Instant, now: Instant): boolean =>
  millisecondsOf(now) - millisecondsOf(seenAt) >= keptRetryMs;

/** One unreadable record, inside a transaction. */
export function keepOne(options: {
  tx: Transaction;
  check: Check;
  side: Side;
  record: Unreadable;
}): void {
  const { tx, check, side, record } = options;
  const id = keptRecordId(side, record.what, record.id);
  const { what, problem, body } = record;
  const isNew = tx.get('keptRecord', id)?.body !== body;
  tx.put('keptRecord', { id, source: side, what, problem, body, seenAt: check.at, setAside: null });
  if (!isNew) return;
  tx.log({
    actor: { kind: 'app' },
    action: 'record-kept',
    result: 'asks',
    connectionId: side === 'marketplace' ? null : side,
    customerId: null,
    subject: record.id,
    taskId: null,
    orderId: what === 'order' ? record.id : null,
    documentId: null,
    documentUrl: null,
    amount: null,
    failure: null,
    facts: { what, problem },
    details: null,
  });
}
