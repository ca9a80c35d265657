import { compareText } from '../../domain/compare-text.ts';
import type { Connection } from '../../domain/connection.ts';
import { csvOf } from '../../domain/csv.ts';
import { type Document, isOpen } from '../../domain/document.ts';
import { AppError, retryLater } from '../../domain/errors.ts';
import { ownKey } from '../../domain/ids.ts';
import { plainEntry } from '../../domain/log-entry.ts';
import type { Read } from '../../domain/ports/read.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { UserLists } from '../../domain/ports/user-lists.ts';
import type { User } from '../../domain/user.ts';
import type { Check } from '../check/context.ts';
import { stopsSide } from '../check/failures.ts';
import { billsFor } from '../check/who-bills.ts';
import { usersMarker } from '../markers.ts';

interface At {
  check: Check;
  connection: Connection;
  lists: UserLists;
}
type Tell = (customerId: string) => Promise<Read<User>>;

/** Enough of a hash to tell two lists of one document apart. */
const digestLength = 16;

/**
 * A list on each open document of customers billed here; from every other one with a line of ours it goes. Throws the
 * first fault.
 */
export async function placeLists(at: At, tell: Tell): Promise<void> {
  const { check, connection, lists } = at;
  const reader = await check.store.read(check.tenantId);
  const bills = billsFor(reader, connection.id);
  await forEach(documentsOf(reader, connection), async ({ document, customerIds }) => {
    const billed = isOpen(document.state) ? customerIds.filter(bills) : [];
    if (billed.length === 0) return takeAway(at, document);
    const csv = await csvFor(billed, tell);
    const digest = check.crypto.hash(csv).slice(0, digestLength);
    const isNew = await lists.put({ ...placeOf(at, document), csv, digest });
    if (isNew) await note(at, document, 'users-attached');
  });
}

/** All lists of ours, from every document that ever had a line of ours. */
export async function takeListsAway(at: At): Promise<void> {
  const { check, connection } = at;
  const reader = await check.store.read(check.tenantId);
  await forEach(documentsOf(reader, connection), ({ document }) => takeAway(at, document));
}

async function takeAway(at: At, document: Document): Promise<void> {
  const taken = await at.lists.remove(placeOf(at, document));
  if (taken > 0) await note(at, document, 'users-removed');
}

/** That it happened, and nothing of whom it names. */
const note = (
  { check, connection }: At,
  { id, number, reference }: Document,
  action: 'users-attached' | 'users-removed',
): Promise<void> =>
  check.store.transact(check.tenantId, (tx) =>
    tx.log({
      ...plainEntry({
        actor: { kind: 'app' },
        action,
        connectionId: connection.id,
        subject: number ?? reference,
      }),
      documentId: id,
    }),
  );

/** One that is refused does not keep the others from theirs; a side that is away ends it. */
async function forEach<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  let first: unknown = null;
  for (const one of all) {
    try {
      await work(one);
    } catch (error) {
      if (!(error instanceof AppError) || stopsSide(error) || error.code.startsWith('marketplace.'))
        throw error;
      first ??= error;
    }
  }
  if (first !== null) throw first;
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
async function csvFor(customerIds: readonly string[], tell: Tell): Promise<string> {
  const users: User[] = [];
  for (const customerId of customerIds) {
    const { records, unreadable } = await tell(customerId);
    // A list with somebody missing would pass for all of them.
    if (unreadable.length > 0) throw new AppError('marketplace.answer', { retry: retryLater() });
    users.push(...records);
  }
  const rows = users
    .sort((a, b) => compareText(a.id, b.id))
    .map(({ id, name, email, active }) => [id, name, email, active ? 'active' : 'inactive']);
  return csvOf([['id', 'name', 'email', 'state'], ...rows]);
}
