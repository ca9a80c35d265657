import type { Account } from '../../domain/connection.ts';
import type { CalendarDate } from '../../domain/dates.ts';
import type { Document, DocumentKind } from '../../domain/document.ts';
import { AppError } from '../../domain/errors.ts';
import type { Unreadable } from '../../domain/ports/read.ts';
import { documentMarkPrefix } from '../kit/marks.ts';
import type { Client } from './client.ts';
import { creditNotesOneByOneMax, idsPerCall, pagesMax } from './limits.ts';
import { creditNoteList, creditNotesFrom, invoiceList, invoicesFrom } from './lists.ts';
import { documentOfCreditNote, documentOfInvoice } from './map.ts';
import type { Listed } from './records.ts';
import type { CreditNote, Invoice } from './schema.ts';
import { type Span, whole } from './spans.ts';

/** Reads of documents that the session and the recovery share. */
export interface DocumentReader {
  invoices(options: { since?: string | null; searchTerm?: string }): Promise<Listed<Document>>;
  /** One page of those dated on or after the day; `next` is null at the last. */
  invoicesDated(
    from: CalendarDate,
    page: number,
  ): Promise<Listed<Document> & { next: string | null }>;
  creditNotes(options: { since?: string | null }): Promise<Listed<Document>>;
  byId(wanted: readonly { id: string; kind: DocumentKind }[]): Promise<Listed<Document>>;
  /** Documents with our mark; the search may find others, which are left out. */
  marked(options: { since?: string | null; searchTerm?: string }): Promise<Listed<Document>>;
}

export function createReader(options: {
  client: Client;
  account: Account;
  today: () => CalendarDate;
}): DocumentReader {
  const { client, account, today } = options;
  const fromInvoices = (list: Listed<Invoice>): Listed<Document> => ({
    ...list,
    records: list.records
      .filter(({ Type }) => Type === 'ACCREC')
      .map((invoice) => documentOfInvoice(invoice, account)),
  });
  const fromCreditNotes = (list: Listed<CreditNote>): Listed<Document> => ({
    ...list,
    records: list.records
      .filter(({ Type }) => Type === 'ACCRECCREDIT')
      .map((note) => documentOfCreditNote(note, account)),
  });

  const invoices: DocumentReader['invoices'] = async ({ since = null, searchTerm }) => {
    const read = (span: Span | null) => {
      const query = span === null ? invoiceList.query : invoicesFrom(span);
      return client.pages({ ...invoiceList, since, query: { ...query, searchTerm } });
    };
    return fromInvoices(await whole(read, today()));
  };
  const invoicesDated: DocumentReader['invoicesDated'] = async (from, page) => {
    if (page > pagesMax) throw new AppError('system.volume');
    const part = await client.page(
      { ...invoiceList, query: invoicesFrom({ from, until: null }) },
      page,
    );
    const isLast =
      (part.pageCount !== null && page >= part.pageCount) ||
      part.records.length + part.unreadable.length === 0;
    return { ...fromInvoices(part), next: isLast ? null : String(page + 1) };
  };
  const creditNotes: DocumentReader['creditNotes'] = async ({ since = null }) => {
    const read = (span: Span | null) => {
      const { query } = creditNoteList;
      const dated = span === null ? query : creditNotesFrom(span);
      return client.pages({ ...creditNoteList, since, query: dated });
    };
    return fromCreditNotes(await whole(read, today()));
  };

  const invoicesById = async (ids: readonly string[]) => {
    const query = { IDs: ids.join(','), unitdp: '4', includeArchived: 'true' };
    return fromInvoices(await client.pages({ ...invoiceList, query }));
  };
  const creditNoteById = async (id: string) => {
    const path = `CreditNotes/${encodeURIComponent(id)}`;
    const found = client.list({ ...creditNoteList, path, query: { unitdp: '4' } });
    return fromCreditNotes(await found.catch(noneWhenUnknown));
  };
  const creditNotesById = async (ids: readonly string[]): Promise<Listed<Document>[]> => {
    if (ids.length <= creditNotesOneByOneMax) return Promise.all(ids.map(creditNoteById));
    const all = await creditNotes({});
    return [{ ...all, ...among(all, new Set(ids)) }];
  };

  return {
    invoices,
    invoicesDated,
    creditNotes,
    async byId(wanted) {
      const idsOf = (kind: DocumentKind) => [
        ...new Set(wanted.flatMap((one) => (one.kind === kind ? [one.id] : []))),
      ];
      const parts = await Promise.all([
        ...chunked(idsOf('invoice')).map(invoicesById),
        creditNotesById(idsOf('creditNote')).then(joined),
      ]);
      return joined(parts);
    },
    async marked({ since = null, searchTerm = documentMarkPrefix }) {
      const found = joined([await invoices({ since, searchTerm }), await creditNotes({ since })]);
      return { ...found, records: found.records.filter(({ marker }) => marker !== null) };
    },
  };
}

function joined(parts: readonly Listed<Document>[]): Listed<Document> {
  const times = parts.flatMap(({ readAt }) => (readAt === null ? [] : [readAt]));
  return {
    records: parts.flatMap(({ records }) => records),
    unreadable: parts.flatMap(({ unreadable }) => unreadable),
    readAt: times.sort()[0] ?? null,
  };
}

const among = (list: Listed<Document>, ids: ReadonlySet<string>) => ({
  records: list.records.filter(({ id }) => ids.has(id)),
  unreadable: list.unreadable.filter(({ id }: Unreadable) => ids.has(id)),
});

function chunked(ids: readonly string[]): string[][] {
  const chunks: string[][] = [];
  for (let at = 0; at < ids.length; at += idsPerCall) chunks.push(ids.slice(at, at + idsPerCall));
  return chunks;
}

// A single read of an id that is not there is a 404; that is an answer, not a failure.
function noneWhenUnknown(error: unknown): Listed<CreditNote> {
  if (error instanceof AppError && error.code === 'system.rejected')
    return { records: [], unreadable: [], readAt: null };
  throw error;
}
