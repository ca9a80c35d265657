import * as v from 'valibot';
import type { Account } from '../../domain/connection.ts';
import { type Failure, retryNever } from '../../domain/errors.ts';
import type { Element } from '../../domain/intent.ts';
import type { Outcome } from '../../domain/ports/write.ts';
import type { HttpReply } from '../kit/http.ts';
import { documentMarkOf } from '../kit/marks.ts';
import { saidOf } from '../kit/redact.ts';
import { answerless, okOf } from '../kit/written.ts';
import { messagesOf } from './faults.ts';
import { documentOfCreditNote, documentOfInvoice } from './map.ts';
import { companyOf, itemOf } from './map-records.ts';
import {
  contactSchema,
  creditNoteSchema,
  invoiceSchema,
  itemSchema,
  verdictSchema,
} from './schema.ts';
import { differences, wantedOf } from './wanted.ts';

export type CollectionName = 'Invoices' | 'CreditNotes' | 'Contacts' | 'Items' | 'Allocations';

/**
 * The outcome of each element of a batch that was answered with 200. That status says nothing of the
 * elements: each has its own verdict (`summarizeErrors=false`). They answer in the order they were
 * sent; a creation is believed only when it carries our mark, a change when it carries its id.
 */
export function settle(options: {
  reply: HttpReply;
  collection: CollectionName;
  elements: readonly Element[];
  account: Account;
}): Outcome[] {
  const { reply, collection, elements, account } = options;
  const reference = reply.headers.get('xero-correlation-id');
  const answered = recordsOf(reply, collection);
  return elements.map((element, index) => {
    const inPlace = answered[index];
    const record =
      inPlace !== undefined && answers(inPlace, element)
        ? inPlace
        : answered.find((candidate) => answers(candidate, element));
    // A refused element may come back without the fields by which it would be known.
    const judged = record ?? (answered.length === elements.length ? inPlace : undefined);
    const verdict = v.safeParse(verdictSchema, judged);
    if (judged === undefined || !verdict.success) return unknown(reference);
    const refusal = refusalOf(verdict.output, reference);
    if (refusal !== null) return { status: 'rejected', failure: refusal };
    if (record === undefined) return unknown(reference);
    const warnings = messagesOf(verdict.output.Warnings ?? []);
    return accepted({ record, collection, element, account, warnings }) ?? unknown(reference);
  });
}

type Verdict = v.InferOutput<typeof verdictSchema>;

// Old texts write WARN for WARNING; some samples have no verdict at all.
function refusalOf(verdict: Verdict, reference: string | null): Failure | null {
  const messages = messagesOf(verdict.ValidationErrors ?? []);
  const word = verdict.StatusAttributeString;
  const flagged = verdict.HasErrors === true || verdict.HasValidationErrors === true;
  const fine = word ? /^(OK|WARN|WARNING)$/i.test(word) : !flagged && messages.length === 0;
  if (fine) return null;
  return { code: 'system.rejected', said: saidOf(messages), retry: retryNever, reference };
}

function accepted(options: {
  record: unknown;
  collection: CollectionName;
  element: Element;
  account: Account;
  warnings: string[];
}): Outcome | null {
  const { record, collection, element, account, warnings } = options;
  const ok = (made: Partial<Extract<Outcome, { status: 'ok' }>>): Outcome => {
    const document = made.document ?? null;
    const told = document === null ? [] : differences(wantedOf(element), document);
    return okOf({ ...made, warnings: [...warnings, ...told] });
  };
  switch (collection) {
    case 'Invoices': {
      const known = v.safeParse(invoiceSchema, record);
      return known.success ? ok({ document: documentOfInvoice(known.output, account) }) : null;
    }
    case 'CreditNotes': {
      const known = v.safeParse(creditNoteSchema, record);
      return known.success ? ok({ document: documentOfCreditNote(known.output, account) }) : null;
    }
    case 'Contacts': {
      const known = v.safeParse(contactSchema, record);
      return known.success ? ok({ company: companyOf(known.output, new Map()) }) : null;
    }
    case 'Items': {
      const known = v.safeParse(itemSchema, record);
      return known.success ? ok({ item: itemOf(known.output) }) : null;
    }
    case 'Allocations':
      return okOf({ warnings });
    default:
      return collection satisfies never;
  }
}

const named = v.looseObject({
  InvoiceID: v.nullish(v.string()),
  CreditNoteID: v.nullish(v.string()),
  Reference: v.nullish(v.string()),
  ContactNumber: v.nullish(v.string()),
  Code: v.nullish(v.string()),
});

function answers(record: unknown, element: Element): boolean {
  const known = v.safeParse(named, record);
  if (!known.success) return false;
  const { InvoiceID, CreditNoteID, Reference, ContactNumber, Code } = known.output;
  switch (element.kind) {
    case 'document-create':
      return documentMarkOf(Reference ?? '') === element.marker;
    case 'company-create':
      return ContactNumber === element.marker;
    case 'item-create':
      return Code === element.marker;
    case 'allocate':
    case 'send':
      return true;
    case 'document-change':
    case 'document-state':
    case 'remove':
      return (InvoiceID ?? CreditNoteID ?? '').toLowerCase() === element.documentId?.toLowerCase();
    default:
      return element.kind satisfies never;
  }
}

function recordsOf({ body }: HttpReply, collection: CollectionName): unknown[] {
  const known = v.safeParse(
    v.object({ [collection]: v.array(v.unknown()) }),
    body.kind === 'json' ? body.value : null,
  );
  return known.success ? (known.output[collection] ?? []) : [];
}

const unknown = (reference: string | null): Outcome => ({
  status: 'unknown',
  failure: answerless(reference),
});
