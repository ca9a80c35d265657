/** Scopes an app created from 2 March 2026 on may ask for (developer.xero.com/faq/granular-scopes). */
const GRANULAR = [
  'accounting.invoices',
  'accounting.invoices.read',
  'accounting.payments',
  'accounting.payments.read',
  'accounting.contacts',
  'accounting.contacts.read',
  'accounting.settings',
  'accounting.settings.read',
  'accounting.attachments',
  'accounting.attachments.read',
  'offline_access',
  'openid',
  'profile',
  'email',
];
/** Scopes of older apps until September 2027. */
const BROAD = ['accounting.transactions', 'accounting.transactions.read'];

export function areKnownScopes(scopes: readonly string[], granularOnly: boolean): boolean {
  const known = granularOnly ? GRANULAR : [...GRANULAR, ...BROAD];
  return scopes.length > 0 && scopes.every((scope) => known.includes(scope));
}

/** What each scope lets an app do, in words for the consent page. */
export const SCOPE_WORDS: Record<string, string> = {
  'accounting.invoices': 'View and manage invoices, credit notes and items',
  'accounting.invoices.read': 'View invoices, credit notes and items',
  'accounting.payments': 'View and manage payments',
  'accounting.payments.read': 'View payments',
  'accounting.contacts': 'View and manage contacts',
  'accounting.contacts.read': 'View contacts',
  'accounting.settings': 'View and manage organisation settings',
  'accounting.settings.read': 'View organisation settings',
  'accounting.attachments': 'View and manage attachments',
  'accounting.attachments.read': 'View attachments',
  'accounting.transactions': 'View and manage transactions',
  'accounting.transactions.read': 'View transactions',
  offline_access: 'Keep the connection while you are away',
};

/** Which granular scopes open an endpoint; any one of them is enough. */
const OPENED_BY: Record<string, string[]> = {
  Invoices: ['accounting.invoices', 'accounting.transactions'],
  CreditNotes: ['accounting.invoices', 'accounting.transactions'],
  RepeatingInvoices: ['accounting.invoices', 'accounting.transactions'],
  Items: ['accounting.invoices', 'accounting.settings', 'accounting.transactions'],
  Payments: ['accounting.payments', 'accounting.transactions'],
  Contacts: ['accounting.contacts'],
  Attachments: ['accounting.attachments'],
  Organisation: ['accounting.settings'],
  Accounts: ['accounting.settings'],
  TaxRates: ['accounting.settings'],
  Currencies: ['accounting.settings'],
  TrackingCategories: ['accounting.settings'],
  BrandingThemes: ['accounting.settings'],
};

export function mayCall(options: {
  scopes: readonly string[];
  endpoint: string;
  method: string;
}): boolean {
  const wanted = OPENED_BY[options.endpoint];
  if (!wanted) return true;
  const reads = options.method === 'GET';
  return wanted.some(
    (scope) =>
      options.scopes.includes(scope) || (reads && options.scopes.includes(`${scope}.read`)),
  );
}
