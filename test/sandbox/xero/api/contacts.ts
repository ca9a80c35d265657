import { isCustomer, renderContact } from '../render/contact.ts';
import { writeContact } from '../rules/contact.ts';
import { contactStatus } from '../rules/work.ts';
import type { Contact } from '../state.ts';
import { writeBatch } from './batch.ts';
import { type Call, flag, type Handler, parameter } from './call.ts';
import { notFound } from './errors.ts';
import { listParameter, paged } from './paging.ts';
import { select } from './select.ts';
import { momentText } from './where-words.ts';

/** GET /Contacts: page, pageSize, If-Modified-Since, summaryOnly, includeArchived, IDs, searchTerm, where, order. */
export const listContacts: Handler = (call) => {
  const rows = select(call, call.organisation.contacts.values(), {
    type: 'Contact',
    fieldsOf: (contact) => fieldsOf(call, contact),
  });
  if ('status' in rows) return rows;
  const ids = listParameter(call, 'IDs');
  const term = parameter(call.query, 'searchTerm')?.toLowerCase();
  const archived = flag(call.query, 'includeArchived');
  const kept = rows.filter(
    (contact) =>
      (archived || contactStatus(call.faults, contact) === 'ACTIVE') &&
      (ids === undefined || ids.has(contact.id)) &&
      (term === undefined || searched(contact).includes(term)),
  );
  const { rows: shown, isPaged, pagination } = paged(call, kept);
  const detail = flag(call.query, 'summaryOnly') ? 'summary' : isPaged ? 'full' : 'list';
  const Contacts = shown.map((contact) => renderContact(contact, { ...call, detail }));
  return { status: 200, body: isPaged ? { pagination, Contacts } : { Contacts } };
};

/** GET /Contacts/{ContactID} and /Contacts/{ContactNumber}. */
export const oneContact: Handler = (call) => {
  const wanted = call.ids[0] ?? '';
  const contact =
    call.organisation.contacts.get(wanted.toLowerCase()) ??
    [...call.organisation.contacts.values()].find(({ texts }) => texts.ContactNumber === wanted);
  if (!contact) return notFound();
  return { status: 200, body: { Contacts: [renderContact(contact, { ...call, detail: 'full' })] } };
};

export const writeContacts: Handler = (call) =>
  writeBatch(call, {
    collection: 'Contacts',
    idName: 'ContactID',
    write: (work, element) => {
      const outcome = writeContact(
        work,
        element,
        call.method === 'PUT' ? 'create' : 'update',
        call.ids[0],
      );
      if (outcome.status === 'failed') return outcome;
      const rendered = renderContact(outcome.value, {
        ...call,
        organisation: work.organisation,
        detail: 'full',
      });
      return { status: 'done', value: { rendered, warnings: [] } };
    },
  });

const searched = ({ name, texts }: Contact): string =>
  [name, texts.FirstName, texts.LastName, texts.ContactNumber, texts.EmailAddress]
    .join('\n')
    .toLowerCase();

const fieldsOf = (call: Call, contact: Contact) => ({
  ContactID: contact.id,
  Name: contact.name,
  ContactStatus: contactStatus(call.faults, contact),
  ...contact.texts,
  IsCustomer: isCustomer(contact, call.organisation),
  IsSupplier: false,
  HasAttachments: false,
  UpdatedDateUTC: momentText(contact.updatedMs),
});
