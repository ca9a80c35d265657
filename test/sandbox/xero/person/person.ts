import { type JsonObject, NumberText } from '../../json.ts';
import { fineText, moneyText } from '../amounts.ts';
import { decide } from '../oauth/authorize.ts';
import { disconnectOrganisation } from '../oauth/connections.ts';
import { USERS } from '../oauth/users.ts';
import { allocate } from '../rules/allocation.ts';
import { writeContact } from '../rules/contact.ts';
import { writeDocument } from '../rules/document.ts';
import { createPayment, deletePayment } from '../rules/payment.ts';
import { settlementOf } from '../rules/totals.ts';
import type { Outcome, Work } from '../rules/work.ts';
import type { Organisation, SalesDocument } from '../state.ts';
import type { World } from '../world.ts';
import type { LineChange, Person } from './types.ts';

const openStatuses: ReadonlySet<string> = new Set(['DRAFT', 'SUBMITTED']);
const ACTOR = 'person:bookkeeper';

export function createPerson(current: () => World): Person {
  const organisations = () => [...current().organisations.values()];
  const home = (test: (organisation: Organisation) => boolean): Organisation => {
    const found = organisations().find(test);
    if (!found) throw new RangeError('the sandbox Xero holds nothing with this id');
    return found;
  };
  const workIn = (organisation: Organisation): Work => ({
    world: current(),
    organisation,
    actor: ACTOR,
    clientId: undefined,
    unitPlaces: 4,
    faults: new Map(),
  });
  const withDocument = (id: string) => {
    const organisation = home(({ documents }) => documents.has(id));
    const document = organisation.documents.get(id);
    if (!document) throw new RangeError('no such document');
    return { organisation, document, work: workIn(organisation) };
  };
  const change = (id: string, build: (document: SalesDocument) => JsonObject): void => {
    const { document, work } = withDocument(id);
    const element = { Status: document.status, ...build(document) };
    need(writeDocument(work, { kind: document.kind, element, mode: 'update', id }));
  };
  const changeContact = (id: string, element: JsonObject): void => {
    const organisation = home(({ contacts }) => contacts.has(id));
    need(writeContact(workIn(organisation), element, 'update', id));
  };
  const setStatus = (status: string) => (id: string) => change(id, () => ({ Status: status }));
  const tenant = (tenantId: string) => home((one) => one.tenantId === tenantId);
  return {
    editLine: (id, lineItemId, fields) =>
      change(id, ({ lines }) => ({
        LineItems: lines.map((line) => ({
          LineItemID: line.id,
          ...(line.id === lineItemId ? lineBody(fields) : {}),
        })),
      })),
    deleteLine: (id, lineItemId) =>
      change(id, ({ lines }) => ({
        LineItems: lines
          .filter((line) => line.id !== lineItemId)
          .map((line) => ({ LineItemID: line.id })),
      })),
    addLine: (id, fields) =>
      change(id, ({ lines }) => ({
        LineItems: [
          ...lines.map((line): JsonObject => ({ LineItemID: line.id })),
          lineBody(fields),
        ],
      })),
    setReference: (id, reference) => change(id, () => ({ Reference: reference })),
    setDate: (id, { date, dueDate }) =>
      change(id, () => ({
        ...(date === undefined ? {} : { Date: date }),
        ...(dueDate === undefined ? {} : { DueDate: dueDate }),
      })),
    setContact: (id, contactId) => change(id, () => ({ Contact: { ContactID: contactId } })),
    submit: (id) =>
      change(id, (document) => ({
        Status: 'SUBMITTED',
        DueDate: document.dueDate ?? document.date,
      })),
    approve: (id) =>
      change(id, (document) => ({
        Status: 'AUTHORISED',
        DueDate: document.dueDate ?? document.date,
      })),
    backToDraft: setStatus('DRAFT'),
    void: setStatus('VOIDED'),
    remove: setStatus('DELETED'),
    pay: (id, options = {}) => {
      const { organisation, document, work } = withDocument(id);
      const amount = options.amount ?? moneyText(settlementOf(organisation, document).due);
      const element: JsonObject = {
        [document.kind === 'invoice' ? 'Invoice' : 'CreditNote']: {
          [document.kind === 'invoice' ? 'InvoiceID' : 'CreditNoteID']: id,
        },
        Account: { Code: '090' },
        Amount: new NumberText(amount),
        Date: options.date ?? new Date(current().nowMs()).toISOString().slice(0, 10),
      };
      return need(createPayment(work, element)).id;
    },
    removePayment: (paymentId) => {
      const organisation = home(({ payments }) => payments.has(paymentId));
      const payment = organisation.payments.get(paymentId);
      if (payment) need(deletePayment(workIn(organisation), payment));
    },
    allocate: (creditNoteId, invoiceId, amount) => {
      const { organisation, document, work } = withDocument(creditNoteId);
      const text = amount ?? moneyText(settlementOf(organisation, document).due);
      const date = new Date(current().nowMs()).toISOString().slice(0, 10);
      need(
        allocate(work, document, {
          Invoice: { InvoiceID: invoiceId },
          Amount: new NumberText(text),
          Date: date,
        }),
      );
    },
    createInvoice: (tenantId, { contactId, reference, date, currency, lines }) => {
      const element: JsonObject = {
        Type: 'ACCREC',
        Contact: { ContactID: contactId },
        Reference: reference ?? '',
        ...(date === undefined ? {} : { Date: date }),
        ...(currency === undefined ? {} : { CurrencyCode: currency }),
        LineItems: lines.map(lineBody),
      };
      return need(
        writeDocument(workIn(tenant(tenantId)), { kind: 'invoice', element, mode: 'create' }),
      ).document.id;
    },
    findContact: (tenantId, name) => {
      const found = [...tenant(tenantId).contacts.values()].find(
        (contact) => contact.status === 'ACTIVE' && bareName(contact.name) === bareName(name),
      );
      return found?.id ?? null;
    },
    openInvoices: (tenantId) =>
      [...tenant(tenantId).documents.values()]
        .filter(({ kind, status }) => kind === 'invoice' && openStatuses.has(status))
        .map(({ id, lines }) => ({
          documentId: id,
          lines: lines.map((line) => ({
            lineItemId: line.id,
            description: line.description ?? '',
          })),
        })),
    itemPrice: (tenantId, itemId) => {
      const price = tenant(tenantId).items.get(itemId)?.unitPrice;
      return price === undefined ? null : fineText(price);
    },
    addContact: (tenantId, name) =>
      need(writeContact(workIn(tenant(tenantId)), { Name: name }, 'create')).id,
    renameContact: (id, name) => changeContact(id, { Name: name }),
    archiveContact: (id) => changeContact(id, { ContactStatus: 'ARCHIVED' }),
    restoreContact: (id) => changeContact(id, { ContactStatus: 'ACTIVE' }),
    archiveAccount: (tenantId, code) => {
      const account = tenant(tenantId).accounts.find((one) => one.code === code);
      if (!account) throw new RangeError('no such account');
      account.status = 'ARCHIVED';
      account.updatedMs = current().nowMs();
      current().record({ kind: 'account.archived', actor: ACTOR, data: { tenantId, code } });
    },
    setLockDate: (tenantId, date) => {
      tenant(tenantId).periodLockDate = date ?? undefined;
      current().record({ kind: 'organisation.locked', actor: ACTOR, data: { tenantId, date } });
    },
    setEmailsADay: (tenantId, count) => {
      tenant(tenantId).emailsADay = count;
    },
    disconnect: (tenantId) => {
      const ids = tenantId === undefined ? [...current().organisations.keys()] : [tenantId];
      for (const id of ids) disconnectOrganisation(current(), id, ACTOR);
    },
    consent: (requestId, { userId, tenantId, allow = true }) => {
      const request = current().access.requests.get(requestId);
      if (!request) throw new RangeError('no such sign-in request');
      const first = [...current().organisations.keys()].slice(0, 1);
      const tenantIds = tenantId === undefined ? first : [tenantId];
      const answer = decide(current(), request, {
        userId: userId ?? USERS[0]?.id ?? '',
        tenantIds,
        allow,
      });
      if (answer.status === 'refused') throw new RangeError(answer.reason);
      return answer.address;
    },
  };
}

/** As people know a company: without its legal form. */
const bareName = (name: string): string =>
  name.toLowerCase().replace(/\s+(pty\.?\s*)?(ltd\.?|limited|inc\.?)$/, '');

function lineBody(fields: LineChange): JsonObject {
  const body: JsonObject = {};
  if (fields.description !== undefined) body.Description = fields.description;
  if (fields.quantity !== undefined) body.Quantity = numberText(fields.quantity);
  if (fields.unitAmount !== undefined) body.UnitAmount = numberText(fields.unitAmount);
  if (fields.accountCode !== undefined) body.AccountCode = fields.accountCode;
  if (fields.taxType !== undefined) body.TaxType = fields.taxType;
  return body;
}

function numberText(text: string): NumberText {
  if (!/^-?\d{1,12}(\.\d{1,4})?$/.test(text))
    throw new RangeError(`not an amount with at most four decimals: ${text.slice(0, 30)}`);
  return new NumberText(text);
}

function need<T>(outcome: Outcome<T>): T {
  if (outcome.status === 'failed') throw new RangeError(outcome.errors.join(' '));
  return outcome.value;
}
