import type { Account } from '../../domain/connection.ts';
import { AppError, type Failure, retryNever } from '../../domain/errors.ts';
import type { Element } from '../../domain/intent.ts';
import type { Outcome } from '../../domain/ports/write.ts';
import { saidOf } from '../kit/redact.ts';
import { okOf } from '../kit/written.ts';
import type { Client, Written } from './client.ts';
import { elementMessages } from './faults.ts';
import { type CollectionName, settle } from './settle.ts';

interface Call {
  method: 'PUT' | 'POST';
  path: string;
  collection: CollectionName | null;
  query: Readonly<Record<string, string>>;
  body: string;
}

/**
 * Writes elements of one batch name in exactly one call; an outcome each, in their order. PUT creates
 * and never overwrites, POST with an id changes. https://developer.xero.com/documentation/api/accounting/invoices
 */
export async function writeElements(options: {
  client: Client;
  account: Account;
  elements: readonly Element[];
  idempotencyKey: string;
}): Promise<Outcome[]> {
  const { client, account, elements, idempotencyKey } = options;
  const [first] = elements;
  if (first === undefined) return [];
  if (elements.some(({ batch }) => batch !== first.batch)) throw new AppError('system.bug');
  const call = callOf(first, elements);
  if (call === null) return elements.map(() => unsendable());
  const { collection, ...request } = call;
  const written = await client.write({ ...request, idempotencyKey });
  if (written.status === 'failed') return failed(written, elements);
  if (collection === null) return elements.map(() => okOf({}));
  return settle({ reply: written.reply, collection, elements, account });
}

// Always said although `false` is documented as the default: the default is also documented as true.
const eachAlone = { summarizeErrors: 'false' };
const fourPlaces = { ...eachAlone, unitdp: '4' };

/** Null where the document of an e-mail or an allocation is not known yet. */
function callOf(first: Element, elements: readonly Element[]): Call | null {
  const id = first.documentId === null ? null : encodeURIComponent(first.documentId);
  const array = (name: string) => `{"${name}":[${elements.map(({ body }) => body).join(',')}]}`;
  switch (first.kind) {
    case 'send':
      if (id === null) return null;
      return {
        method: 'POST',
        path: `Invoices/${id}/Email`,
        collection: null,
        query: {},
        body: '{}',
      };
    case 'allocate':
      if (id === null) return null;
      return {
        method: 'PUT',
        path: `CreditNotes/${id}/Allocations`,
        collection: 'Allocations',
        query: eachAlone,
        body: array('Allocations'),
      };
    case 'company-create':
      return {
        method: 'PUT',
        path: 'Contacts',
        collection: 'Contacts',
        query: eachAlone,
        body: array('Contacts'),
      };
    case 'item-create':
      return {
        method: 'PUT',
        path: 'Items',
        collection: 'Items',
        query: fourPlaces,
        body: array('Items'),
      };
    case 'document-create':
    case 'document-change':
    case 'document-state':
    case 'remove': {
      const name = first.batch.endsWith('CreditNotes') ? 'CreditNotes' : 'Invoices';
      const method = first.kind === 'document-create' ? 'PUT' : 'POST';
      return { method, path: name, collection: name, query: fourPlaces, body: array(name) };
    }
    default:
      return first.kind satisfies never;
  }
}

function failed(
  written: Extract<Written, { status: 'failed' }>,
  elements: readonly Element[],
): Outcome[] {
  const { certainty, failure, reply } = written;
  if (certainty !== 'refused') return elements.map(() => ({ status: certainty, failure }));
  // Where the refusal lists every element, each gets its own words.
  const messages = reply === null ? [] : elementMessages(reply);
  const each = messages.length === elements.length ? messages : [];
  return elements.map((_, index) => ({
    status: 'rejected',
    failure: { ...failure, said: saidOf(each[index] ?? []) ?? failure.said },
    together: true,
  }));
}

function unsendable(): Outcome {
  const failure: Failure = { code: 'system.bug', said: null, retry: retryNever, reference: null };
  return { status: 'unsent', failure };
}
