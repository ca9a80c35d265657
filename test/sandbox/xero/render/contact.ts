import { rawNumber } from '../../json.ts';
import { msMoment } from '../dates.ts';
import type { ActiveFaults } from '../faults.ts';
import { contactStatus } from '../rules/work.ts';
import type { Contact, Organisation } from '../state.ts';

const SUMMARY_TEXTS = [
  'ContactNumber',
  'AccountNumber',
  'FirstName',
  'LastName',
  'EmailAddress',
  'CompanyNumber',
  'TaxNumber',
  'DefaultCurrency',
];

/**
 * `full` for one contact or a paged list, `list` for an unpaged list (cut down), `summary` for summaryOnly=true, which
 * also drops IsSupplier and IsCustomer.
 */
export function renderContact(
  contact: Contact,
  view: { organisation: Organisation; faults: ActiveFaults; detail: 'full' | 'list' | 'summary' },
): Record<string, unknown> {
  const texts = Object.fromEntries(
    Object.entries(contact.texts).filter(
      ([name]) => view.detail === 'full' || SUMMARY_TEXTS.includes(name),
    ),
  );
  const base = {
    ContactID: contact.id,
    ContactStatus: contactStatus(view.faults, contact),
    Name: contact.name,
    ...texts,
    UpdatedDateUTC: msMoment(contact.updatedMs),
    HasValidationErrors: false,
  };
  if (view.detail === 'summary') return base;
  const lists = {
    BankAccountDetails: contact.texts.BankAccountDetails ?? '',
    Addresses: ['STREET', 'POBOX'].map((type) =>
      place(contact.addresses, 'AddressType', type, ['City', 'Region', 'PostalCode', 'Country']),
    ),
    Phones: ['DEFAULT', 'DDI', 'FAX', 'MOBILE'].map((type) =>
      place(contact.phones, 'PhoneType', type, [
        'PhoneNumber',
        'PhoneAreaCode',
        'PhoneCountryCode',
      ]),
    ),
    ContactGroups: [],
    IsSupplier: false,
    IsCustomer: isCustomer(contact, view.organisation),
    HasAttachments: false,
  };
  if (view.detail === 'list') return { ...base, ...lists };
  return {
    ...base,
    ...lists,
    ContactPersons: contact.persons,
    SalesTrackingCategories: [],
    PurchasesTrackingCategories: [],
    ...(contact.salesTerms
      ? {
          PaymentTerms: {
            Sales: {
              Day: rawNumber(String(contact.salesTerms.day)),
              Type: contact.salesTerms.type,
            },
          },
        }
      : {}),
  };
}

export function contactInDocument(
  id: string,
  view: {
    organisation: Organisation;
    faults: ActiveFaults;
    detail: 'full' | 'page' | 'list' | 'summary';
  },
): Record<string, unknown> {
  const contact = view.organisation.contacts.get(id);
  if (!contact) return { ContactID: id };
  if (view.detail === 'full') return renderContact(contact, { ...view, detail: 'full' });
  if (view.detail === 'summary') return { ContactID: id, Name: contact.name };
  return {
    ContactID: id,
    Name: contact.name,
    Addresses: [],
    Phones: [],
    ContactGroups: [],
    ContactPersons: [],
    HasValidationErrors: false,
  };
}

export function isCustomer(contact: Contact, organisation: Organisation): boolean {
  if (contact.isCustomer) return true;
  return [...organisation.documents.values()].some(({ contactId }) => contactId === contact.id);
}

function place(
  kept: Record<string, string>[],
  key: string,
  type: string,
  empty: string[],
): Record<string, string> {
  const known = kept.find((one) => one[key] === type);
  return known ?? Object.fromEntries([[key, type], ...empty.map((name) => [name, ''])]);
}
