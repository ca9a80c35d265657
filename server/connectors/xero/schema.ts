import * as v from 'valibot';
import { normalized } from '../../domain/decimal.ts';
import { calendarDate, vendorInstant } from './dates.ts';

// Xero's words, as the Accounting API answers them. Fields that are not named pass through unread.
// https://github.com/XeroAPI/Xero-OpenAPI, xero_accounting.yaml 16.1.0 (MIT)

/** A JSON number, which `parseForeign` gave as its text, in its shortest form. */
export const number = v.pipe(
  v.string(),
  v.regex(/^-?\d{1,18}(\.\d{1,18})?$/, 'not a decimal number'),
  v.transform(normalized),
);
const text = v.nullish(v.string());
const flag = v.nullish(v.boolean());
const id = v.pipe(v.string(), v.minLength(1));

export const statuses = ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID', 'VOIDED', 'DELETED'] as const;

export const lineSchema = v.looseObject({
  LineItemID: text,
  Description: text,
  Quantity: v.nullish(number),
  UnitAmount: v.nullish(number),
  ItemCode: text,
  AccountCode: text,
  AccountID: text,
  TaxType: text,
  TaxAmount: v.nullish(number),
  LineAmount: v.nullish(number),
  DiscountRate: v.nullish(number),
  DiscountAmount: v.nullish(number),
  Tracking: v.nullish(
    v.array(
      v.looseObject({ TrackingCategoryID: text, TrackingOptionID: text, Name: text, Option: text }),
    ),
  ),
});
export type Line = v.InferOutput<typeof lineSchema>;

const document = {
  Contact: v.looseObject({ ContactID: id }),
  Status: v.picklist(statuses),
  LineAmountTypes: v.picklist(['Exclusive', 'Inclusive', 'NoTax']),
  LineItems: v.nullish(v.array(lineSchema)),
  CurrencyCode: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, 'not a currency code')),
  Reference: text,
  DateString: v.nullish(calendarDate),
  Date: v.nullish(calendarDate),
  DueDateString: v.nullish(calendarDate),
  DueDate: v.nullish(calendarDate),
  SentToContact: flag,
  SubTotal: number,
  TotalTax: number,
  Total: number,
  UpdatedDateUTC: vendorInstant,
  Payments: v.nullish(v.array(v.unknown())),
  FullyPaidOnDate: v.nullish(calendarDate),
};
export const invoiceSchema = v.looseObject({
  ...document,
  Type: v.string(),
  InvoiceID: id,
  InvoiceNumber: text,
  Url: text,
  AmountPaid: v.nullish(number),
  AmountDue: v.nullish(number),
  AmountCredited: v.nullish(number),
});
export type Invoice = v.InferOutput<typeof invoiceSchema>;

export const allocationSchema = v.looseObject({
  Amount: number,
  Invoice: v.looseObject({ InvoiceID: id }),
  IsDeleted: flag,
});
export const creditNoteSchema = v.looseObject({
  ...document,
  Type: v.string(),
  CreditNoteID: id,
  CreditNoteNumber: text,
  Allocations: v.nullish(v.array(allocationSchema)),
  RemainingCredit: v.nullish(number),
});
export type CreditNote = v.InferOutput<typeof creditNoteSchema>;

export const contactSchema = v.looseObject({
  ContactID: id,
  Name: v.string(),
  ContactNumber: text,
  ContactStatus: text,
  EmailAddress: text,
  TaxNumber: text,
  MergedToContactID: text,
  DefaultCurrency: text,
});
export type Contact = v.InferOutput<typeof contactSchema>;

export const itemSchema = v.looseObject({
  ItemID: id,
  Code: id,
  Name: text,
  Description: text,
  IsSold: flag,
  SalesDetails: v.nullish(
    v.looseObject({ UnitPrice: v.nullish(number), AccountCode: text, TaxType: text }),
  ),
});
export type Item = v.InferOutput<typeof itemSchema>;

/** The description requires none of its members. */
export const repeatingSchema = v.looseObject({
  Type: text,
  Status: text,
  Contact: v.nullish(v.looseObject({ ContactID: text })),
  Total: v.nullish(number),
  CurrencyCode: text,
  Schedule: v.nullish(
    v.looseObject({ Period: text, Unit: text, EndDate: v.nullish(calendarDate) }),
  ),
});
export type Repeating = v.InferOutput<typeof repeatingSchema>;

export const organisationSchema = v.looseObject({
  Name: v.string(),
  BaseCurrency: v.string(),
  CountryCode: text,
  Timezone: text,
  DefaultSalesTax: text,
  PeriodLockDate: v.nullish(calendarDate),
  EndOfYearLockDate: v.nullish(calendarDate),
  IsDemoCompany: flag,
  ShortCode: text,
});
export type Organisation = v.InferOutput<typeof organisationSchema>;

export const accountSchema = v.looseObject({
  Code: text,
  Name: v.string(),
  Type: text,
  Class: text,
  Status: text,
  TaxType: text,
  SystemAccount: text,
});
export const taxRateSchema = v.looseObject({
  Name: v.string(),
  TaxType: id,
  Status: text,
  EffectiveRate: v.nullish(number),
  CanApplyToRevenue: flag,
});
export const currencySchema = v.looseObject({ Code: v.string() });
export const trackingSchema = v.looseObject({
  TrackingCategoryID: id,
  Name: v.string(),
  Status: text,
  Options: v.nullish(
    v.array(v.looseObject({ TrackingOptionID: id, Name: v.string(), Status: text })),
  ),
});
export const themeSchema = v.looseObject({ BrandingThemeID: id, Name: v.string() });

/** A tenant that a consent reached, from the identity service. */
export const connectionsSchema = v.array(
  v.looseObject({ id, tenantId: id, tenantType: v.string(), tenantName: v.nullish(v.string()) }),
);

/** How each element of a batch fared, in every form the samples show. */
export const verdictSchema = v.looseObject({
  StatusAttributeString: text,
  HasErrors: flag,
  HasValidationErrors: flag,
  ValidationErrors: v.nullish(v.array(v.looseObject({ Message: text, Description: text }))),
  Warnings: v.nullish(v.array(v.looseObject({ Message: text, Description: text }))),
});

/** What every answer of the Accounting API has around its records. */
export const envelopeSchema = v.looseObject({
  DateTimeUTC: v.nullish(vendorInstant),
  pagination: v.nullish(v.looseObject({ pageCount: v.nullish(number) })),
});
