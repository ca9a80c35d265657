import { flagOf, type JsonObject, objectOf, textOf } from '../../json.ts';
import type { DocumentStatus, SalesDocument } from '../state.ts';
import { approvalErrors, lockErrors } from './approval.ts';
import { blankDocument } from './blank.ts';
import { contactOf } from './contact.ts';
import { readHeader } from './header.ts';
import { nextStatus, startStatus } from './life-cycle.ts';
import { readLines } from './lines.ts';
import { isTaken, nextNumber } from './numbering.ts';
import { documentSnapshot } from './snapshot.ts';
import { totalsOf } from './totals.ts';
import { failed, type Outcome, type Work } from './work.ts';

export interface DocumentWrite {
  kind: SalesDocument['kind'];
  element: JsonObject;
  /** PUT creates only; POST updates what it names and creates the rest. */
  mode: 'create' | 'update';
  /** From the path of POST /Invoices/{InvoiceID}. */
  id?: string;
}

export interface Written {
  document: SalesDocument;
  warnings: string[];
}

const NAMES = {
  invoice: { id: 'InvoiceID', number: 'InvoiceNumber', type: 'ACCREC' },
  creditnote: { id: 'CreditNoteID', number: 'CreditNoteNumber', type: 'ACCRECCREDIT' },
} as const;

/** Creates or changes one invoice or credit note, or says why not; nothing changes unless all of it is good. */
export function writeDocument(work: Work, write: DocumentWrite): Outcome<Written> {
  const names = NAMES[write.kind];
  const number = textOf(write.element, names.number);
  const id = write.id ?? textOf(write.element, names.id)?.toLowerCase();
  const documents = [...work.organisation.documents.values()].filter(
    ({ kind }) => kind === write.kind,
  );
  if (write.mode === 'create') {
    // A client cannot choose the id (xero-node #204); PUT with a number that exists fails (xeroizer #121).
    if (id !== undefined) return failed(`${names.id} cannot be set when creating`);
    return create(work, write);
  }
  const target = documents.find((one) =>
    id === undefined ? number !== undefined && one.number === number : one.id === id,
  );
  if (target) return change(work, write, target);
  return id === undefined
    ? create(work, write)
    : failed(`A document with ${names.id} '${id}' could not be found`);
}

function create(work: Work, { kind, element }: DocumentWrite): Outcome<Written> {
  const names = NAMES[kind];
  const errors: string[] = [];
  if (textOf(element, 'Type') !== names.type)
    errors.push(`Type must be ${names.type} in this sandbox`);
  const status = startStatus(textOf(element, 'Status'));
  if (!status) errors.push('The document status is not valid for creation');
  const number = textOf(element, names.number);
  if (number !== undefined && isTaken(work.organisation, kind, number))
    errors.push(`${kind === 'invoice' ? 'Invoice' : 'Credit note'} # must be unique.`);
  const contact = contactOf(work, objectOf(element, 'Contact'));
  if (contact.status === 'failed') errors.push(...contact.errors);
  const blank = blankDocument(work, kind);
  const header = readHeader(work, element, blank);
  errors.push(...header.errors);
  const contactTaxType =
    contact.status === 'done' ? contact.value.contact?.texts.AccountsReceivableTaxType : undefined;
  const lines = readLines({
    work,
    element,
    document: { ...blank, ...header.fields },
    contactTaxType,
  });
  errors.push(...lines.errors);
  const draft = {
    ...blank,
    ...header.fields,
    lines: lines.lines,
    ...totalsOf(lines.lines, header.fields.lineAmountTypes),
  };
  errors.push(...lockErrors(work, [draft.date]), ...approvalErrors(work, draft, status ?? 'DRAFT'));
  if (errors.length > 0 || !status || contact.status === 'failed') return failed(...errors);
  const document: SalesDocument = {
    ...draft,
    status,
    contactId: contact.value.apply().id,
    number: number ?? nextNumber(work.organisation, kind),
    sentToContact: status === 'AUTHORISED' && flagOf(element, 'SentToContact') === true,
    approvedMs: status === 'AUTHORISED' ? work.world.nowMs() : undefined,
  };
  work.organisation.documents.set(document.id, document);
  note(work, document, 'Created');
  const snapshot = documentSnapshot(work.organisation, document);
  work.world.record({ kind: `${kind}.created`, actor: work.actor, data: { after: snapshot } });
  if (status === 'AUTHORISED')
    work.world.record({
      kind: `${kind}.approved`,
      actor: work.actor,
      data: { before: null, after: snapshot },
    });
  return { status: 'done', value: { document, warnings: header.warnings } };
}

function change(
  work: Work,
  { kind, element }: DocumentWrite,
  document: SalesDocument,
): Outcome<Written> {
  const next = nextStatus(work.organisation, document, textOf(element, 'Status'));
  if ('refusal' in next) return failed(next.refusal);
  const locked = lockErrors(work, [document.date]);
  if (locked.length > 0) return failed(...locked);
  // A status-only end needs no lines and takes nothing else.
  if (next.status === 'VOIDED' || next.status === 'DELETED')
    return commit(work, document, { ...document, status: next.status }, []);
  const errors: string[] = [];
  const number = textOf(element, NAMES[kind].number);
  if (
    number !== undefined &&
    number !== document.number &&
    isTaken(work.organisation, kind, number)
  )
    errors.push(`${kind === 'invoice' ? 'Invoice' : 'Credit note'} # must be unique.`);
  const sentContact = objectOf(element, 'Contact');
  const contact = contactOf(work, sentContact ?? { ContactID: document.contactId });
  if (contact.status === 'failed') errors.push(...contact.errors);
  const header = readHeader(work, element, document);
  errors.push(...header.errors);
  const contactTaxType = work.organisation.contacts.get(document.contactId)?.texts
    .AccountsReceivableTaxType;
  const lines = readLines({
    work,
    element,
    document: { ...document, ...header.fields },
    contactTaxType,
  });
  errors.push(...lines.errors);
  const changed: SalesDocument = {
    ...document,
    ...header.fields,
    ...totalsOf(lines.lines, header.fields.lineAmountTypes),
    lines: lines.lines,
    status: next.status,
    number: number ?? document.number,
    sentToContact:
      next.status === 'AUTHORISED'
        ? (flagOf(element, 'SentToContact') ?? document.sentToContact)
        : false,
  };
  errors.push(...lockErrors(work, [changed.date]));
  if (document.status !== 'AUTHORISED') errors.push(...approvalErrors(work, changed, next.status));
  if (errors.length > 0 || contact.status === 'failed') return failed(...errors);
  return commit(
    work,
    document,
    { ...changed, contactId: contact.value.apply().id },
    header.warnings,
  );
}

function commit(
  work: Work,
  document: SalesDocument,
  changed: SalesDocument,
  warnings: string[],
): Outcome<Written> {
  const before = documentSnapshot(work.organisation, document);
  const approves = changed.status === 'AUTHORISED' && document.status !== 'AUTHORISED';
  const nowMs = work.world.nowMs();
  Object.assign(document, changed, { updatedMs: nowMs }, approves ? { approvedMs: nowMs } : {});
  const verb = verbOf(before.status, document.status);
  note(work, document, verb);
  const after = documentSnapshot(work.organisation, document);
  work.world.record({
    kind: `${document.kind}.${verb}`,
    actor: work.actor,
    data: { before, after },
  });
  return { status: 'done', value: { document, warnings } };
}

function verbOf(before: DocumentStatus, after: DocumentStatus): string {
  if (before === after) return 'updated';
  if (after === 'DELETED') return 'deleted';
  if (after === 'VOIDED') return 'voided';
  return after === 'AUTHORISED' ? 'approved' : 'updated';
}

function note(work: Work, document: SalesDocument, changes: string): void {
  document.history.unshift({
    details: '',
    changes,
    user: 'System Generated',
    atMs: work.world.nowMs(),
  });
}
