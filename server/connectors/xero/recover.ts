import * as v from 'valibot';
import { millisecondsOf } from '../../domain/dates.ts';
import { compare } from '../../domain/decimal.ts';
import type { Element, Intent } from '../../domain/intent.ts';
import { parseForeign } from '../../domain/json.ts';
import type { Unreadable } from '../../domain/ports/read.ts';
import type { Recovered } from '../../domain/ports/write.ts';
import { documentMarkPrefix } from '../kit/marks.ts';
import type { Client } from './client.ts';
import { sinceText } from './dates.ts';
import { recoveryMarginMs } from './limits.ts';
import { contactList, creditNoteList, itemList } from './lists.ts';
import { companyOf, itemOf } from './map-records.ts';
import type { DocumentReader } from './reader.ts';
import { absent, afterLines, afterState, happened, nothing, unclear } from './recover-change.ts';
import { allocationSchema, type CreditNote } from './schema.ts';

type Kind = Element['kind'];
type Answer = (intent: Intent) => Recovered;
interface Options {
  client: Client;
  reader: DocumentReader;
  intents: readonly Intent[];
}

/**
 * Asks Xero what became of writes whose answer was lost; an answer each, in their order. One read a
 * kind of question, not one an intent: created documents by their mark, contacts and items by their
 * number, changes by what the document says now. Throws `system.*` when Xero cannot be asked.
 */
export async function recoverIntents(options: Options): Promise<Recovered[]> {
  const { intents } = options;
  const about = (...kinds: Kind[]) => intents.filter(({ element }) => kinds.includes(element.kind));
  const created = await aboutCreated(options, about('document-create'));
  const changed = await aboutChanged(
    options,
    about('document-change', 'document-state', 'remove', 'send'),
  );
  const allocated = await aboutAllocated(options, about('allocate'));
  const companies = await aboutCompanies(options, about('company-create'));
  const items = await aboutItems(options, about('item-create'));
  const answers: Readonly<Record<Kind, Answer>> = {
    'document-create': created,
    'document-change': changed,
    'document-state': changed,
    remove: changed,
    send: changed,
    allocate: allocated,
    'company-create': companies,
    'item-create': items,
  };
  return intents.map((intent) => answers[intent.element.kind](intent));
}

async function aboutCreated({ reader }: Options, intents: readonly Intent[]): Promise<Answer> {
  const [first, ...others] = intents;
  if (first === undefined) return () => absent;
  const since = sinceOf(intents);
  const searchTerm = others.length === 0 ? first.element.marker : documentMarkPrefix;
  const asks = (name: string) => intents.some(({ element }) => element.batch.endsWith(name));
  const lists = [
    ...(asks(' Invoices') ? [await reader.invoices({ since, searchTerm })] : []),
    ...(asks(' CreditNotes') ? [await reader.creditNotes({ since })] : []),
  ];
  const found = lists.flatMap(({ records }) => records);
  const unreadable = lists.flatMap((list) => list.unreadable);
  return ({ element }) => {
    const ours = found.filter(({ marker }) => marker === element.marker);
    const live = ours.filter(({ state }) => state !== 'deleted' && state !== 'voided');
    if (live.length > 1) return unclear(live.map(({ number, id }) => number ?? id).join(', '));
    // Deleted by a person since: it did happen, and must not be written again unasked.
    const document = live[0] ?? ours[0];
    return document === undefined ? absentUnless(unreadable, element) : happened(document);
  };
}

async function aboutChanged({ reader }: Options, intents: readonly Intent[]): Promise<Answer> {
  const wanted = intents.flatMap(({ element: { documentId: id, batch } }) =>
    id === null ? [] : [{ id, kind: kindOf(batch) }],
  );
  const found = wanted.length === 0 ? [] : (await reader.byId(wanted)).records;
  return (intent) => {
    const { element } = intent;
    const document = found.find(({ id }) => sameId(id, element.documentId));
    if (document === undefined) return unclear(element.documentId ?? element.ref);
    if (element.kind === 'send') return document.sent ? happened(document) : absent;
    if (element.kind === 'document-change') return afterLines(intent, document);
    return afterState(element, document);
  };
}

async function aboutAllocated({ client }: Options, intents: readonly Intent[]): Promise<Answer> {
  const notes = new Map<string, CreditNote>();
  for (const id of new Set(intents.flatMap(({ element }) => element.documentId ?? []))) {
    const path = `CreditNotes/${encodeURIComponent(id)}`;
    const [note] = (await client.list({ ...creditNoteList, path, query: {} })).records;
    if (note !== undefined) notes.set(id, note);
  }
  return ({ element }) => {
    const note = notes.get(element.documentId ?? '');
    if (note === undefined) return unclear(element.documentId ?? element.ref);
    const asked = v.parse(allocationSchema, parseForeign(element.body));
    const there = (note.Allocations ?? []).filter(
      ({ Invoice, IsDeleted }) =>
        IsDeleted !== true && sameId(Invoice.InvoiceID, asked.Invoice.InvoiceID),
    );
    if (there.length === 0) return absent;
    return there.some(({ Amount }) => compare(Amount, asked.Amount) === 0)
      ? happened(null)
      : unclear(note.CreditNoteNumber ?? note.CreditNoteID);
  };
}

async function aboutCompanies({ client }: Options, intents: readonly Intent[]): Promise<Answer> {
  if (intents.length === 0) return () => absent;
  const { records, unreadable } = await client.pages({ ...contactList, since: sinceOf(intents) });
  return ({ element }) => {
    const found = records.filter(({ ContactNumber }) => ContactNumber === element.marker);
    const [contact] = found;
    if (contact === undefined) return absentUnless(unreadable, element);
    if (found.length > 1) return unclear(contact.Name);
    return { status: 'happened', ...nothing, company: companyOf(contact, new Map()) };
  };
}

async function aboutItems({ client }: Options, intents: readonly Intent[]): Promise<Answer> {
  if (intents.length === 0) return () => absent;
  const { records, unreadable } = await client.list(itemList);
  return ({ element }) => {
    const item = records.find(({ Code }) => Code === element.marker);
    if (item === undefined) return absentUnless(unreadable, element);
    return { status: 'happened', ...nothing, item: itemOf(item) };
  };
}

const sinceOf = (intents: readonly Intent[]): string =>
  sinceText(Math.min(...intents.map(({ sentAt }) => millisecondsOf(sentAt))) - recoveryMarginMs);
const kindOf = (batch: string) =>
  batch.endsWith('CreditNotes') ? ('creditNote' as const) : ('invoice' as const);
const sameId = (left: string, right: string | null): boolean =>
  left.toLowerCase() === right?.toLowerCase();

// What could not be read may be the very record that is looked for.
function absentUnless(unreadable: readonly Unreadable[], { marker }: Element): Recovered {
  const record = unreadable.find(({ body }) => body.includes(marker));
  return record === undefined ? absent : unclear(record.id);
}
