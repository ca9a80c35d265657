import * as v from 'valibot';
import type { Company, CompanyDraft } from '../../domain/company.ts';
import type { Account } from '../../domain/connection.ts';
import type { Item, ItemDraft, Reference } from '../../domain/item.ts';
import { rawNumber } from '../../domain/json.ts';
import { currencySchema, money } from '../../domain/money.ts';
import { latest } from './dates.ts';
import type {
  accountSchema,
  Contact,
  Organisation,
  Repeating,
  taxRateSchema,
  trackingSchema,
  Item as VendorItem,
} from './schema.ts';
import { ianaZone } from './time-zones.ts';

// Everything that is not a document, both ways, without any call.

/** https://developer.xero.com/documentation/api/accounting/organisation */
export const accountOf = (id: string, organisation: Organisation): Account => ({
  id,
  name: organisation.Name,
  baseCurrency: organisation.BaseCurrency,
  country: organisation.CountryCode ?? '',
  timeZone: ianaZone(organisation.Timezone ?? undefined),
  taxBasis: basisOf(organisation.DefaultSalesTax ?? ''),
  lockedUntil: latest([
    organisation.PeriodLockDate ?? undefined,
    organisation.EndOfYearLockDate ?? undefined,
  ]),
  demo: organisation.IsDemoCompany ?? false,
  shortCode: organisation.ShortCode ?? null,
});

/** Archived contacts and those under a privacy request cannot be billed; merged ones name their heir. */
export const companyOf = (contact: Contact, schedules: Schedules): Company => ({
  id: contact.ContactID,
  name: contact.Name,
  number: present(contact.ContactNumber),
  email: present(contact.EmailAddress),
  taxNumber: present(contact.TaxNumber),
  archived: (contact.ContactStatus ?? 'ACTIVE') !== 'ACTIVE',
  mergedInto: present(contact.MergedToContactID),
  currency: v.is(currencySchema, contact.DefaultCurrency) ? contact.DefaultCurrency : null,
  billedBySchedule: schedules.get(contact.ContactID) ?? null,
});

export type Schedules = ReadonlyMap<string, NonNullable<Company['billedBySchedule']>>;

/**
 * What Xero bills by itself, by contact: its live sales templates; where one contact has several, the
 * largest. One that says no total still bills: it counts, with nothing as its amount. https://developer.xero.com/documentation/api/accounting/repeatinginvoices
 */
export function schedulesOf(
  templates: readonly Repeating[],
  today: string,
  base: string,
): Schedules {
  const byContact = new Map<string, NonNullable<Company['billedBySchedule']>>();
  for (const { Type, Status, Contact, Total, CurrencyCode, Schedule } of templates) {
    const ended = Schedule?.EndDate != null && Schedule.EndDate < today;
    const contactId = present(Contact?.ContactID);
    if (Type !== 'ACCREC' || Status === 'DELETED' || ended || contactId === null) continue;
    const amount = money(Total ?? '0', v.is(currencySchema, CurrencyCode) ? CurrencyCode : base);
    const known = byContact.get(contactId);
    if (known === undefined || known.amount.amountMinor < amount.amountMinor)
      byContact.set(contactId, { amount, every: everyOf(Schedule ?? {}) });
  }
  return byContact;
}

/** https://developer.xero.com/documentation/api/accounting/items */
export const itemOf = (item: VendorItem): Item => ({
  id: item.ItemID,
  code: item.Code,
  name: present(item.Name) ?? item.Code,
  description: present(item.Description),
  price: item.SalesDetails?.UnitPrice ?? null,
  accountCode: present(item.SalesDetails?.AccountCode),
  taxType: present(item.SalesDetails?.TaxType),
  archived: item.IsSold === false,
});

/** Accounts without a code cannot be named on a line and are left out. */
export const referenceAccounts = (
  accounts: readonly v.InferOutput<typeof accountSchema>[],
): Reference['accounts'] =>
  accounts.flatMap((account) => {
    const code = present(account.Code);
    if (code === null) return [];
    const archived = (account.Status ?? 'ACTIVE') !== 'ACTIVE';
    const revenue = account.Class === 'REVENUE' || revenueTypes.has(account.Type ?? '');
    return {
      code,
      name: account.Name,
      kind: account.Type ?? '',
      taxType: present(account.TaxType),
      archived,
      forSales: revenue && !archived && present(account.SystemAccount) === null,
    };
  });

export const referenceTaxRates = (
  rates: readonly v.InferOutput<typeof taxRateSchema>[],
): Reference['taxRates'] =>
  rates.map((rate) => {
    const archived = (rate.Status ?? 'ACTIVE') !== 'ACTIVE';
    return {
      type: rate.TaxType,
      name: rate.Name,
      rate: rate.EffectiveRate ?? '0',
      archived,
      forSales: rate.CanApplyToRevenue === true && !archived,
    };
  });

export const referenceTracking = (
  categories: readonly v.InferOutput<typeof trackingSchema>[],
): Reference['tracking'] =>
  categories.filter(active).map((category) => ({
    id: category.TrackingCategoryID,
    name: category.Name,
    options: (category.Options ?? [])
      .filter(active)
      .map((option) => ({ id: option.TrackingOptionID, name: option.Name })),
  }));

/** Our customer's number goes into `ContactNumber`, by which the contact is found again. */
export const vendorContact = (draft: CompanyDraft): object => ({
  Name: draft.name,
  ContactNumber: draft.number,
  ...named('EmailAddress', draft.email),
  ...named('TaxNumber', draft.taxNumber),
  ...(draft.address === null
    ? {}
    : {
        Addresses: [
          {
            AddressType: 'POBOX',
            ...named('AddressLine1', draft.address.street),
            ...named('City', draft.address.city),
            ...named('Region', draft.address.state),
            ...named('PostalCode', draft.address.postalCode),
            ...named('Country', draft.address.country),
          },
        ],
      }),
});

/** An untracked item, which can never block an invoice for want of stock. */
export const vendorItem = (draft: ItemDraft): object => ({
  Code: draft.code,
  Name: draft.name,
  ...named('Description', draft.description),
  IsSold: true,
  IsPurchased: false,
  SalesDetails: {
    ...(draft.price === null ? {} : { UnitPrice: rawNumber(draft.price) }),
    ...named('AccountCode', draft.accountCode),
    ...named('TaxType', draft.taxType),
  },
});

const revenueTypes: ReadonlySet<string> = new Set(['REVENUE', 'SALES', 'OTHERINCOME']);

function basisOf(defaultSalesTax: string): Account['taxBasis'] {
  if (/inclusive/i.test(defaultSalesTax)) return 'inclusive';
  return /no ?tax|none/i.test(defaultSalesTax) ? 'none' : 'exclusive';
}

function everyOf({ Period, Unit }: NonNullable<Repeating['Schedule']>): string {
  const unit = Unit === 'WEEKLY' ? 'week' : 'month';
  return Period == null || Period === '1' ? `1 ${unit}` : `${Period} ${unit}s`;
}

const active = ({ Status }: { Status?: string | null | undefined }): boolean =>
  (Status ?? 'ACTIVE') === 'ACTIVE';
const present = (text: string | null | undefined): string | null => text || null;
const named = (name: string, value: string | null): object => (value ? { [name]: value } : {});
