// What an organisation holds. Vendor words throughout (Invoice, Contact, TaxRate ...), as in xero_accounting.yaml.

export interface Tracking {
  categoryId: string;
  optionId: string;
}

export interface Line {
  id: string;
  description: string | undefined;
  /** Ten-thousandths; undefined on a line that is only a description. */
  quantity: bigint | undefined;
  unitAmount: bigint | undefined;
  itemCode: string | undefined;
  accountCode: string | undefined;
  taxType: string | undefined;
  taxAmount: bigint;
  lineAmount: bigint;
  discountRate: bigint | undefined;
  discountAmount: bigint | undefined;
  tracking: Tracking[];
}

export type LineAmountTypes = 'Exclusive' | 'Inclusive' | 'NoTax';
export type DocumentStatus = 'DRAFT' | 'SUBMITTED' | 'AUTHORISED' | 'PAID' | 'VOIDED' | 'DELETED';

/** An invoice or a credit note to a customer; both follow the same line rules. */
export interface SalesDocument {
  kind: 'invoice' | 'creditnote';
  id: string;
  number: string;
  contactId: string;
  status: DocumentStatus;
  date: string;
  dueDate: string | undefined;
  lineAmountTypes: LineAmountTypes;
  lines: Line[];
  subTotal: bigint;
  totalTax: bigint;
  total: bigint;
  totalDiscount: bigint;
  currencyCode: string;
  currencyRate: string;
  reference: string;
  brandingThemeId: string | undefined;
  url: string | undefined;
  sentToContact: boolean;
  repeatingInvoiceId: string | undefined;
  /** The app that made it, for createdByMyApp; a person's own documents have none. */
  clientId: string | undefined;
  fullyPaidOn: string | undefined;
  approvedMs: number | undefined;
  createdMs: number;
  updatedMs: number;
  attachments: Attachment[];
  history: { details: string; changes: string; user: string; atMs: number }[];
}

/** A file at a document, kept as it was sent. */
export interface Attachment {
  id: string;
  fileName: string;
  mimeType: string;
  /** Shown to the customer with the online invoice. */
  includeOnline: boolean;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface Payment {
  id: string;
  documentId: string;
  accountId: string;
  date: string;
  amount: bigint;
  reference: string;
  status: 'AUTHORISED' | 'DELETED';
  updatedMs: number;
}

export interface Allocation {
  id: string;
  creditNoteId: string;
  invoiceId: string;
  amount: bigint;
  date: string;
}

export interface ContactPerson {
  FirstName: string;
  LastName: string;
  EmailAddress: string;
  IncludeInEmails: boolean;
}

export interface Contact {
  id: string;
  status: 'ACTIVE' | 'ARCHIVED';
  name: string;
  updatedMs: number;
  isCustomer: boolean;
  /** The plain text members of the Contact schema that were set: FirstName, EmailAddress, ContactNumber ... */
  texts: Record<string, string>;
  persons: ContactPerson[];
  addresses: Record<string, string>[];
  phones: Record<string, string>[];
  salesTerms: { day: number; type: string } | undefined;
}

export interface Account {
  id: string;
  code: string | undefined;
  name: string;
  type: string;
  class: string;
  status: 'ACTIVE' | 'ARCHIVED';
  taxType: string;
  description: string;
  enablePayments: boolean;
  systemAccount: string | undefined;
  currencyCode: string | undefined;
  updatedMs: number;
}

export interface TaxRate {
  name: string;
  taxType: string;
  reportTaxType: string;
  /** Percent in ten-thousandths: 10 % is 100000n. */
  rate: bigint;
  status: 'ACTIVE' | 'DELETED';
  canApplyToRevenue: boolean;
  canApplyToExpenses: boolean;
}

export interface Item {
  id: string;
  code: string;
  name: string;
  description: string;
  isSold: boolean;
  unitPrice: bigint | undefined;
  accountCode: string | undefined;
  taxType: string | undefined;
  updatedMs: number;
}

export interface TrackingCategory {
  id: string;
  name: string;
  options: { id: string; name: string }[];
}

export interface RepeatingInvoice {
  id: string;
  contactId: string;
  reference: string;
  currencyCode: string;
  lineAmountTypes: LineAmountTypes;
  lines: Line[];
  subTotal: bigint;
  totalTax: bigint;
  total: bigint;
  startDate: string;
  nextDate: string;
  period: number;
  unit: 'WEEKLY' | 'MONTHLY';
}

export interface Organisation {
  tenantId: string;
  name: string;
  isDemo: boolean;
  version: 'AU' | 'US';
  countryCode: string;
  baseCurrency: string;
  currencies: { code: string; description: string }[];
  timezone: string;
  shortCode: string;
  /** Invoices that Xero sends by e-mail in a day: 1,000 paying, 20 trial, 0 demo (developer.xero.com, limits). */
  emailsADay: number;
  emailed: { day: string; count: number };
  periodLockDate: string | undefined;
  createdMs: number;
  contacts: Map<string, Contact>;
  accounts: Account[];
  taxRates: TaxRate[];
  items: Map<string, Item>;
  trackingCategories: TrackingCategory[];
  brandingThemes: { id: string; name: string; createdMs: number }[];
  documents: Map<string, SalesDocument>;
  payments: Map<string, Payment>;
  allocations: Map<string, Allocation>;
  repeating: RepeatingInvoice[];
  nextNumber: { invoice: number; creditnote: number };
}
