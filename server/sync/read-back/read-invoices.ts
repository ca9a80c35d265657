import type { Connection } from '../../domain/connection.ts';
import { addMonths, type CalendarDate, dateAt, millisecondsOf } from '../../domain/dates.ts';
import { ownKey } from '../../domain/ids.ts';
import { type Invoice, invoiceMonths, isUnsettled } from '../../domain/invoice.ts';
import { canonical } from '../../domain/json.ts';
import type { InvoicesRead } from '../../domain/ports/invoices.ts';
import type { ConnectorSession } from '../../domain/ports/session.ts';
import type { Reader, Transaction } from '../../domain/ports/store.ts';
import type { RecordOf } from '../../domain/records.ts';
import type { Check } from '../check/context.ts';
import { dailyMs, recordsPerCommit } from '../check/limits.ts';
import { keep } from '../check/upserts.ts';
import { noteFeature, unlessLacking } from './lacks.ts';
import { mappedCompanies, namesOf } from './mapped.ts';

export type StoredInvoice = RecordOf<'invoice'>;

/**
 * How long after a reading of all another one waits for each call that it took, where changes tell the
 * rest: four calls an hour at most, of an organisation that has thousands of invoices too.
 */
export const wholeCallEveryMs = 15 * 60_000;

/**
 * Reads the invoices of mapped companies and keeps those of the last months and those still open. All of
 * them are read when other companies are mapped, and once a day where the system's changes do not tell
 * what was deleted or changed. Where they do, all are read as seldom as it costs, unless a person asks:
 * until then changes alone are read. Gives where to go on; throws `system.*`.
 */
export async function readInvoices(
  check: Check,
  connection: Connection,
  session: ConnectorSession,
  { position, isAsked }: { position: string | null; isAsked: boolean },
): Promise<string> {
  const { id: connectionId } = connection;
  const reader = await check.store.read(check.tenantId);
  const companies = mappedCompanies(reader, connectionId);
  const names = namesOf(check.crypto, companies);
  const manifest = check.manifest(connection.systemId);
  const tellsChanges = manifest.invoicing?.tellsChanges === true;
  const at = placeOf(position);
  const isOfOthers = at !== null && at.names !== names;
  const since = at !== null && !isWholeDue(at) ? at : null;
  const from = addMonths(dateAt(check.clock.nowMs(), connection.account.timeZone), -invoiceMonths);
  const stored = storedInvoices(reader, connectionId);
  const read = async (): Promise<InvoicesRead> =>
    companies.length === 0 || session.invoices === undefined
      ? { records: [], unreadable: [], gone: [], position: '' }
      : session.invoices({
          companies,
          since: since?.position ?? null,
          from,
          open: stored.flatMap(({ invoice }) => (isUnsettled(invoice) ? [invoice.id] : [])),
          known: new Set(
            stored.flatMap(({ invoice: { id, lines } }) => (lines === null ? [] : [id])),
          ),
        });
  const found = await unlessLacking(manifest, 'invoices', read, async () =>
    since === null ? ((await session.lacks?.()) ?? []) : [],
  );
  await check.store.transact(check.tenantId, (tx) =>
    noteFeature(tx, connection, { feature: 'invoices', isThere: found !== null, at: check.at }),
  );
  if (found === null) return `${names} `;

  const mapped = new Set(companies.map(({ id }) => id));
  const isKept = (invoice: Invoice): boolean =>
    mapped.has(invoice.companyId) && (isUnsettled(invoice) || isFrom(invoice, from));
  const fresh = new Map(found.records.map((invoice) => [invoice.id, invoice]));
  const seen = new Set([...fresh.keys(), ...found.unreadable.map(({ id }) => id)]);
  const isGone = ({ invoice }: StoredInvoice): boolean =>
    found.gone.includes(invoice.id) ||
    !isKept(fresh.get(invoice.id) ?? invoice) ||
    (since === null && isFrom(invoice, from) && !seen.has(invoice.id));
  const documents = billedDocuments(reader, connectionId);
  await inParts(check, found.records.filter(isKept), (tx, invoice) =>
    putInvoice(tx, { connectionId, invoice, documents }),
  );
  await inParts(check, stored.filter(isGone), (tx, { id }) => tx.remove('invoice', id));
  await keep({ check, side: connectionId, unreadable: found.unreadable, whole: [] });
  // Of the companies that all were read of, so that those mapped since stay due.
  return since === null
    ? [names, `${check.at}+${found.calls ?? 1}`, found.position].join(' ')
    : [since.names, `${since.wholeAt}+${since.calls}`, found.position].join(' ');

  function isWholeDue({ wholeAt, calls }: Place): boolean {
    const ageMs = millisecondsOf(check.at) - Date.parse(wholeAt);
    if (!tellsChanges) return isOfOthers || ageMs >= dailyMs;
    return isOfOthers && (isAsked || ageMs >= Math.min(calls * wholeCallEveryMs, dailyMs));
  }
}

export const storedInvoices = (reader: Reader, connectionId: string): StoredInvoice[] =>
  reader.list('invoice').filter((stored) => stored.connectionId === connectionId);

interface Place {
  /** The companies that all were read of. */
  names: string;
  /** When all were read last, and how many calls that took. */
  wholeAt: string;
  calls: number;
  /** Where the system goes on. */
  position: string;
}
function placeOf(bookmark: string | null): Place | null {
  const [, names, wholeAt, calls = '1', position] =
    /^(\S+) ([^\s+]+)(?:\+(\d{1,6}))? (.+)$/.exec(bookmark ?? '') ?? [];
  return names === undefined || wholeAt === undefined || position === undefined
    ? null
    : { names, wholeAt, calls: Number(calls), position };
}

const isFrom = ({ date }: Pick<Invoice, 'date'>, from: CalendarDate): boolean =>
  date === null || date >= from;

/** Documents that a line of ours stands on, or stood on. */
const billedDocuments = (reader: Reader, connectionId: string): ReadonlySet<string> =>
  new Set(
    reader
      .list('link')
      .flatMap((link) => (link.connectionId === connectionId ? [link.documentId] : [])),
  );

/** Of its lines those are kept whose document we have to do with; what is known of them holds. */
function putInvoice(
  tx: Transaction,
  of: { connectionId: Connection['id']; invoice: Invoice; documents: ReadonlySet<string> },
): void {
  const { connectionId, invoice, documents } = of;
  const id = ownKey(connectionId, invoice.id);
  const before = tx.get('invoice', id);
  const lines =
    invoice.lines?.filter(({ documentId }) => documents.has(documentId)) ??
    before?.invoice.lines ??
    null;
  const next = { id, connectionId, invoice: { ...invoice, lines } };
  if (before === null || !isSame(before.invoice, next.invoice)) tx.put('invoice', next);
}

const isSame = (one: Invoice, other: Invoice): boolean => canonical(one) === canonical(other);

async function inParts<T>(
  check: Check,
  records: readonly T[],
  work: (tx: Transaction, record: T) => void,
): Promise<void> {
  for (let start = 0; start < records.length; start += recordsPerCommit)
    await check.store.transact(check.tenantId, (tx) => {
      for (const record of records.slice(start, start + recordsPerCommit)) work(tx, record);
    });
}
