import {
  flagOf,
  isObject,
  type JsonObject,
  listOf,
  numberOf,
  objectOf,
  textOf,
} from '../../json.ts';
import type { Contact } from '../state.ts';
import { nameErrors, numberErrors, textErrors } from './contact-checks.ts';
import { contactSnapshot } from './snapshot.ts';
import { contactStatus, failed, type Outcome, type Work } from './work.ts';

/** The plain text members a client may set (xero_accounting.yaml, Contact). */
export const CONTACT_TEXTS = [
  'ContactNumber',
  'AccountNumber',
  'FirstName',
  'LastName',
  'CompanyNumber',
  'EmailAddress',
  'BankAccountDetails',
  'TaxNumber',
  'AccountsReceivableTaxType',
  'AccountsPayableTaxType',
  'DefaultCurrency',
  'SalesDefaultAccountCode',
  'PurchasesDefaultAccountCode',
  'SalesDefaultLineAmountType',
  'PurchasesDefaultLineAmountType',
  'XeroNetworkKey',
];

/** PUT creates only; POST updates by ContactID, ContactNumber or Name, else creates. */
export function writeContact(
  work: Work,
  element: JsonObject,
  mode: 'create' | 'update',
  id?: string,
): Outcome<Contact> {
  const target =
    mode === 'create'
      ? undefined
      : findContact(work, id === undefined ? element : { ContactID: id });
  const contactId = id ?? textOf(element, 'ContactID');
  if (mode === 'update' && contactId !== undefined && !target)
    return failed('The contact does not exist');
  if (target) return changeContact(work, target, element);
  const name = textOf(element, 'Name');
  if (name === undefined) return failed('The contact name must be specified.');
  const errors = [
    ...nameErrors(work, name, undefined),
    ...numberErrors(work, textOf(element, 'ContactNumber'), undefined),
    ...textErrors(element),
  ];
  if (errors.length > 0) return failed(...errors);
  const contact: Contact = {
    id: work.world.guid(),
    status: 'ACTIVE',
    name,
    updatedMs: work.world.nowMs(),
    isCustomer: false,
    texts: {},
    persons: [],
    addresses: [],
    phones: [],
    salesTerms: undefined,
  };
  assign(contact, element);
  work.organisation.contacts.set(contact.id, contact);
  work.world.record({
    kind: 'contact.created',
    actor: work.actor,
    data: contactSnapshot(work.organisation, contact),
  });
  return { status: 'done', value: contact };
}

function changeContact(work: Work, contact: Contact, element: JsonObject): Outcome<Contact> {
  const status = textOf(element, 'ContactStatus');
  if (contactStatus(work.faults, contact) === 'ARCHIVED' && status !== 'ACTIVE')
    return failed(
      'The contact has been archived. It must be un-archived before it can be changed.',
    );
  const errors = [
    ...nameErrors(work, textOf(element, 'Name'), contact.id),
    ...numberErrors(work, textOf(element, 'ContactNumber'), contact.id),
    ...textErrors(element),
  ];
  if (errors.length > 0) return failed(...errors);
  const before = contactSnapshot(work.organisation, contact);
  contact.name = textOf(element, 'Name') ?? contact.name;
  if (status === 'ACTIVE' || status === 'ARCHIVED') contact.status = status;
  assign(contact, element);
  contact.updatedMs = work.world.nowMs();
  const after = contactSnapshot(work.organisation, contact);
  work.world.record({ kind: 'contact.updated', actor: work.actor, data: { before, after } });
  return { status: 'done', value: contact };
}

/**
 * The contact of an invoice. By id it is used; a name alone uses the contact of that name or creates one (Xero staff,
 * community discussion 106550833). Any other member is applied to the contact, and contact persons not listed are
 * removed: `apply` does that once the whole invoice is known to be good.
 */
export function contactOf(
  work: Work,
  element: JsonObject | undefined,
): Outcome<{ contact: Contact | undefined; apply(): Contact }> {
  if (!element) return failed('A Contact must be specified for this type of transaction');
  const contact = findContact(work, element);
  const id = textOf(element, 'ContactID');
  if (!contact && id !== undefined)
    return failed(`The Contact with ContactID '${id}' could not be found`);
  if (!contact && textOf(element, 'Name') === undefined)
    return failed('A Contact must be specified for this type of transaction');
  if (!contact) {
    const errors = [
      ...nameErrors(work, textOf(element, 'Name'), undefined),
      ...textErrors(element),
    ];
    if (errors.length > 0) return failed(...errors);
    return {
      status: 'done',
      value: { contact: undefined, apply: () => made(writeContact(work, element, 'create')) },
    };
  }
  if (contactStatus(work.faults, contact) === 'ARCHIVED')
    return failed(`The Contact "${contact.name}" has been archived and cannot be used`);
  const others = Object.keys(element).filter((key) => key !== 'ContactID' && key !== 'Name');
  const renames =
    id !== undefined &&
    textOf(element, 'Name') !== undefined &&
    textOf(element, 'Name') !== contact.name;
  const errors = [...nameErrors(work, textOf(element, 'Name'), contact.id), ...textErrors(element)];
  if (errors.length > 0) return failed(...errors);
  const apply = () =>
    others.length > 0 || renames ? made(changeContact(work, contact, element)) : contact;
  return { status: 'done', value: { contact, apply } };
}

function made(outcome: Outcome<Contact>): Contact {
  if (outcome.status === 'failed')
    throw new Error(`sandbox: a checked contact failed: ${outcome.errors.join(', ')}`);
  return outcome.value;
}

function findContact(work: Work, element: JsonObject): Contact | undefined {
  const id = textOf(element, 'ContactID')?.toLowerCase();
  if (id !== undefined) return work.organisation.contacts.get(id);
  const contacts = [...work.organisation.contacts.values()];
  const number = textOf(element, 'ContactNumber');
  const name = textOf(element, 'Name')?.toLowerCase();
  return (
    contacts.find(({ texts }) => number !== undefined && texts.ContactNumber === number) ??
    contacts.find((contact) => contact.status === 'ACTIVE' && contact.name.toLowerCase() === name)
  );
}

function assign(contact: Contact, element: JsonObject): void {
  for (const name of CONTACT_TEXTS) {
    const text = textOf(element, name);
    if (text !== undefined) contact.texts[name] = text;
  }
  const persons = listOf(element, 'ContactPersons');
  if (persons)
    contact.persons = persons.map((person) => ({
      FirstName: textOf(person, 'FirstName') ?? '',
      LastName: textOf(person, 'LastName') ?? '',
      EmailAddress: textOf(person, 'EmailAddress') ?? '',
      IncludeInEmails: flagOf(person, 'IncludeInEmails') ?? false,
    }));
  contact.addresses = merged(contact.addresses, listOf(element, 'Addresses'), 'AddressType');
  contact.phones = merged(contact.phones, listOf(element, 'Phones'), 'PhoneType');
  const sales = objectOf(objectOf(element, 'PaymentTerms') ?? {}, 'Sales');
  const day = sales && numberOf(sales, 'Day');
  const type = sales && textOf(sales, 'Type');
  if (day !== undefined && type !== undefined) contact.salesTerms = { day: Number(day), type };
}

function merged(
  kept: Record<string, string>[],
  sent: JsonObject[] | undefined,
  key: string,
): Record<string, string>[] {
  if (!sent) return kept;
  const texts = sent
    .filter(isObject)
    .map((one) =>
      Object.fromEntries(
        Object.entries(one).flatMap(([name, value]) =>
          typeof value === 'string' ? [[name, value]] : [],
        ),
      ),
    );
  return [...kept.filter((old) => !texts.some((one) => one[key] === old[key])), ...texts];
}
