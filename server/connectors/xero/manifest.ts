import type { ConnectorManifest } from '../../domain/ports/connector-manifest.ts';
import type { Settings } from '../../domain/settings.ts';
import { companiesPerCall, documentsPerCall, idempotencyWindowMs, itemsPerCall } from './limits.ts';

/** What the app and its screens know of Xero. */
export const manifest: ConnectorManifest = {
  id: 'xero',
  name: 'Xero',
  kind: 'perOrder',
  words: { document: 'invoice', company: 'contact', item: 'item', account: 'account code' },
  // https://developer.xero.com/faq/granular-scopes
  scopes: [
    { scope: 'offline_access', why: 'to stay connected after you close the page' },
    { scope: 'accounting.invoices', why: 'to read and write invoices, credit notes and items' },
    { scope: 'accounting.contacts', why: 'to match your customers, and to create one you ask for' },
    {
      scope: 'accounting.settings.read',
      why: 'to offer your accounts, tax rates, tracking and themes, and to keep to your lock dates',
    },
  ],
  consequences: [
    'Connecting writes nothing: contacts, items and invoices are only read until you confirm a preview or switch automatic on.',
    'Invoices and credit notes of this app carry a short mark in their reference and at the end of each line.',
    'A contact or an item is created only when you ask for it; existing ones are never changed.',
    'Lines that somebody else wrote on an invoice stay as they are.',
    'Disconnecting removes the connection at Xero; what was written stays.',
  ],
  invoicing: { madeIn: null, partPayments: true, tellsLines: true, tellsChanges: true },
  batch: { documents: documentsPerCall, companies: companiesPerCall, items: itemsPerCall },
  capabilities: { sends: true, creditNotes: true, tracking: true, themes: true, discounts: true },
  limits: {
    lineTextMax: 4000,
    referenceMax: 255,
    itemCodeMax: 30,
    readBeforeWriteMaxMs: 2_000,
    lateCommitMaxMs: 120_000,
    idempotencyWindowMs,
  },
  check,
};

type Problem = { field: keyof Settings; code: string };

function check(settings: Settings): Problem[] {
  const problems: Problem[] = [];
  const posted = settings.postAs === 'approved' || settings.postAs === 'sent';
  if (settings.invoice === 'existing' && posted)
    problems.push({ field: 'postAs', code: 'existing-needs-open' });
  if (settings.documentDate === 'closing-day' && settings.invoice !== 'monthly')
    problems.push({ field: 'documentDate', code: 'closing-day-needs-monthly' });
  if (settings.taxBasis === 'none' && settings.taxType !== null)
    problems.push({ field: 'taxType', code: 'tax-type-without-tax' });
  const categories = new Set(settings.tracking.map(({ categoryId }) => categoryId));
  if (categories.size < settings.tracking.length)
    problems.push({ field: 'tracking', code: 'tracking-category-twice' });
  return problems;
}
