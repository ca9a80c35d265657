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
import { afterNames, mappedCompanies, namesOf } from './mapped.ts';

export type StoredInvoice = RecordOf<'invoice'>;

/**
 * Reads the invoices of mapped companies and keeps those of the last months and those still open. Once a
 * day, and when other companies are mapped, all of them are read, so that what was deleted or changed in
 * the system without a trace is found too. Gives where to go on; throws `system.*`.
 */
export async function readInvoices(
  check: Check,
  connection: Connection,
  session: ConnectorSession,
  position: string | null,
): Promise<string> {
  const { id: connectionId } = connection;
  const reader = await check.store.read(check.tenantId);
  const companies = mappedCompanies(reader, connectionId);
  const names = namesOf(check.crypto, companies);
  const at = placeOf(afterNames(position, names));
  const since = at !== null && !isDayOld(check, at.wholeAt) ? at : null;
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
  const found = await unlessLacking(
    check.manifest(connection.systemId),
    'invoices',
    read,
    async () => (since === null ? ((await session.lacks?.()) ?? []) : []),
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
  return [names, since?.wholeAt ?? check.at, found.position].join(' ');
}

export const storedInvoices = (reader: Reader, connectionId: string): StoredInvoice[] =>
  reader.list('invoice').filter((stored) => stored.connectionId === connectionId);

/** When all were read last, and where the system goes on. */
function placeOf(place: string | null) {
  const [, wholeAt, position] = /^(\S+) (.+)$/.exec(place ?? '') ?? [];
  return wholeAt === undefined || position === undefined ? null : { wholeAt, position };
}
const isDayOld = ({ at }: Check, wholeAt: string): boolean =>
  millisecondsOf(at) - Date.parse(wholeAt) >= dailyMs;

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
