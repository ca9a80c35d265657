import { compareText } from '../../domain/compare-text.ts';
import type { Connection } from '../../domain/connection.ts';
import { csvOf } from '../../domain/csv.ts';
import { type Document, isOpen } from '../../domain/document.ts';
import { AppError, retryLater } from '../../domain/errors.ts';
import { ownKey } from '../../domain/ids.ts';
import type { Read } from '../../domain/ports/read.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { User } from '../../domain/user.ts';
import { stopsSide } from '../check/failures.ts';
import { billsFor } from '../check/who-bills.ts';
import { customerMappingOf } from '../mapping/map.ts';
import { usersMarker } from '../markers.ts';
import type { At } from './at.ts';
import { documentsAtOnceMax } from './limits.ts';
import { noteDone, noteRefused } from './note.ts';

type Tell = (customerId: string) => Promise<Read<User>>;

/** Enough of a hash to tell two lists of one document apart. */
const digestLength = 16;

/** So many documents of the whole: what kept single ones from their list, and the last one, null at the end. */
export interface Piece {
  failed: AppError[];
  last: string | null;
}

/**
 * A list on each open document of customers billed here; from every other one with a line of ours it goes. Throws what
 * keeps all from theirs.
 */
export async function placeLists(at: At, tell: Tell, after: string | null): Promise<Piece> {
  const { check, connection, lists } = at;
  const reader = await check.store.read(check.tenantId);
  const bills = billsFor(reader, connection.id);
  return forEach(at, documentsOf(reader, connection), after, async ({ document, customerIds }) => {
    const billed = isOpen(document.state)
      ? customerIds.filter((id) => bills(id) && isOf(reader, connection, id, document))
      : [];
    if (billed.length === 0) return takeAway(at, document);
    // All of them are told before anything is sent: half a list never stands in for a whole one.
    const csv = await csvFor(reader, billed, tell);
    const digest = check.crypto.hash(csv).slice(0, digestLength);
    const isNew = await lists.put({ ...placeOf(at, document), csv, digest });
    await noteDone(at, document, isNew ? 'users-attached' : null);
  });
}

/** All lists of ours, from every document that ever had a line of ours. */
export async function takeListsAway(at: At, after: string | null): Promise<Piece> {
  const { check, connection } = at;
  const reader = await check.store.read(check.tenantId);
  return forEach(at, documentsOf(reader, connection), after, ({ document }) =>
    takeAway(at, document),
  );
}

/** Nobody's names stay with a company that is not theirs, or no longer. */
const isOf = (
  reader: Reader,
  connection: Connection,
  customerId: string,
  { companyId }: Document,
): boolean => customerMappingOf(reader, connection.id, customerId).targetId === companyId;

async function takeAway(at: At, document: Document): Promise<void> {
  const taken = await at.lists.remove(placeOf(at, document));
  await noteDone(at, document, taken > 0 ? 'users-removed' : null);
}

/** One that is refused does not keep the others from theirs; a side that is away ends it. */
async function forEach<T extends { document: Document }>(
  at: At,
  all: readonly T[],
  after: string | null,
  work: (one: T) => Promise<void>,
): Promise<Piece> {
  const left = all
    .filter(({ document }) => after === null || compareText(document.id, after) > 0)
    .sort((a, b) => compareText(a.document.id, b.document.id));
  const piece = left.slice(0, documentsAtOnceMax);
  const failed: AppError[] = [];
  for (const one of piece) {
    try {
      await work(one);
    } catch (error) {
      if (!(error instanceof AppError) || stopsSide(error)) throw error;
      if (error.code.startsWith('system.')) await noteRefused(at, one.document, error);
      failed.push(error);
    }
  }
  return { failed, last: left.length > piece.length ? (piece.at(-1)?.document.id ?? null) : null };
}

/** The documents that are there with a line of ours, each with the customers who have one still. */
function documentsOf(
  reader: Reader,
  connection: Connection,
): { document: Document; customerIds: string[] }[] {
  const found = new Map<string, Set<string>>();
  for (const { connectionId, state, documentId, customerId } of reader.list('link')) {
    if (connectionId !== connection.id) continue;
    const customers = found.get(documentId) ?? new Set();
    found.set(documentId, state === 'live' ? customers.add(customerId) : customers);
  }
  return [...found].flatMap(([documentId, customers]) => {
    const document = reader.get('snapshot', ownKey(connection.id, documentId))?.document;
    return document === undefined || document.state === 'deleted'
      ? []
      : [{ document, customerIds: [...customers].sort() }];
  });
}

const placeOf = ({ check, connection }: At, { id }: Document) => ({
  documentId: id,
  mark: usersMarker(
    check.crypto,
    { tenantId: check.tenantId, accountId: connection.account.id },
    id,
  ),
});

/** In the order of their ids, so that the same people give the same file. */
async function csvFor(reader: Reader, customerIds: readonly string[], tell: Tell): Promise<string> {
  const rows: string[][] = [];
  for (const customerId of customerIds) {
    const { records, unreadable } = await tell(customerId);
    // A list with somebody missing would pass for all of them.
    if (unreadable.length > 0) throw new AppError('marketplace.answer', { retry: retryLater() });
    const customer = reader.get('customer', customerId)?.name ?? customerId;
    const users = [...records].sort((a, b) => compareText(a.id, b.id));
    for (const { id, name, email, active } of users)
      rows.push([customer, id, name, email, active ? 'active' : 'inactive']);
  }
  return csvOf([['customer', 'id', 'name', 'email', 'state'], ...rows]);
}
