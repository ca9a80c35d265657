import * as v from 'valibot';
import type { Connection } from '../../domain/connection.ts';
import { ownKey } from '../../domain/ids.ts';
import type { Read } from '../../domain/ports/read.ts';
import type { ConnectorSession } from '../../domain/ports/session.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { Quote } from '../../domain/quote.ts';
import type { RecordOf } from '../../domain/records.ts';
import type { Check } from '../check/context.ts';
import { keep, upsert } from '../check/upserts.ts';
import { noteFeature, unlessLacking } from './lacks.ts';
import { mappedCompanies, namesOf } from './mapped.ts';

export type StoredQuote = RecordOf<'quote'>;

/**
 * Reads the open opportunities of mapped companies: all of them, since one that was won or lost is open
 * no more. Gives the names of the fields they have, as its bookmark; throws `system.*`.
 */
export async function readQuotes(
  check: Check,
  connection: Connection,
  session: ConnectorSession,
): Promise<string> {
  const { id: connectionId, settings } = connection;
  const reader = await check.store.read(check.tenantId);
  const companies = mappedCompanies(reader, connectionId);
  const names = namesOf(check.crypto, companies);
  const read = async (): Promise<Read<Quote> & { fields: string[] }> =>
    companies.length === 0 || session.quotes === undefined
      ? { records: [], unreadable: [], fields: [] }
      : session.quotes({ companies, documentField: settings.quoteField });
  const found = await unlessLacking(check.manifest(connection.systemId), 'quotes', read);
  await check.store.transact(check.tenantId, (tx) =>
    noteFeature(tx, connection, { feature: 'quotes', isThere: found !== null, at: check.at }),
  );
  if (found === null) return `${names} `;
  const records = found.records.map((quote) => ({
    id: ownKey(connectionId, quote.id),
    connectionId,
    quote,
  }));
  await upsert(check, 'quote', records, connectionId);
  const open = new Set(
    [...found.records, ...found.unreadable].map(({ id }) => ownKey(connectionId, id)),
  );
  const closed = storedQuotes(reader, connectionId).filter(({ id }) => !open.has(id));
  if (closed.length > 0)
    await check.store.transact(check.tenantId, (tx) => {
      for (const { id } of closed) tx.remove('quote', id);
    });
  await keep({ check, side: connectionId, unreadable: found.unreadable, whole: [] });
  return `${names} ${JSON.stringify(found.fields.slice(0, fieldsMax))}`;
}

const fieldsSchema = v.array(v.string());
/** The names of fields that the last reading found, out of its bookmark. */
export function fieldsAt(position: string): string[] {
  const text = /^\S+ (\[.*\])$/.exec(position)?.[1];
  const known = text === undefined ? null : v.safeParse(fieldsSchema, JSON.parse(text));
  return known?.success === true ? known.output : [];
}

/** Names of fields that are kept, to help who mistyped one. */
const fieldsMax = 40;

export const storedQuotes = (reader: Reader, connectionId: string): StoredQuote[] =>
  reader.list('quote').filter((stored) => stored.connectionId === connectionId);
