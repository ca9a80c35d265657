import { type Books, defaultBookSettings } from './books.ts';
import { exact, rounded, times, total, written } from './exact.ts';
import type { JournalEntry } from './journal-entry.ts';
import type { Order } from './marketplace-journal.ts';
import type { Document, Line } from './xero-journal.ts';

// Journals made by hand for the bookkeeper's own tests.

export const books = (changes: Partial<Books> = {}): Books => ({
  reseller: 'reseller',
  organisation: 'organisation',
  baseCurrency: 'AUD',
  today: '2026-11-23',
  billFrom: '2026-11-01',
  settings: defaultBookSettings,
  customers: { c1: { contact: 'contact-1' }, c2: { contact: 'contact-2' } },
  products: [{ product: 'p1' }, { product: 'p2' }],
  ...changes,
});

const entry = (kind: string, data: unknown, actor: string): JournalEntry => ({
  seq: 0,
  atMs: 0,
  kind,
  actor,
  data,
});

interface DetailChanges {
  type?: string;
  product?: string;
  quantity?: number | string;
  unit?: string;
  amount: string;
  currency?: string;
  duration?: { type: string; duration: number };
  description?: string;
  tax?: string;
}

/** A completed order; its total is the sum of its details unless told. */
export function sold(
  orderNumber: string,
  details: DetailChanges[],
  changes: Partial<Omit<Order, 'details'>> & { isBilling?: boolean } = {},
): JournalEntry {
  const { isBilling = false, ...order } = changes;
  const currency = details[0]?.currency ?? 'AUD';
  const products = [...new Set(details.map(({ product = 'p1' }) => product))];
  return entry(
    'order.completed',
    {
      tenantId: 'reseller',
      isBilling,
      order: {
        id: `id-${orderNumber}`,
        orderNumber,
        type: 'sales',
        customerId: 'c1',
        creationDate: '2026-11-10T09:00:00Z',
        provisioningDate: '2026-11-10T09:00:00Z',
        subscriptionId: 's1',
        total: { currency, amount: totalOf(details) },
        products: products.map((id) => ({
          id,
          mpn: `mpn-${id}`,
          name: `Product ${id}`,
          billingPeriod: { type: 'month', duration: 1 },
          subscriptionId: order.subscriptionId ?? 's1',
        })),
        details: details.map((detail) => ({
          type: detail.type ?? 'recurring',
          productId: detail.product ?? 'p1',
          duration: detail.duration ?? { type: 'month', duration: 1 },
          description: detail.description ?? `Product ${detail.product ?? 'p1'}, recurring fee`,
          quantity: detail.quantity ?? 1,
          unitPrice: { currency: detail.currency ?? 'AUD', amount: detail.unit ?? detail.amount },
          extendedPrice: { currency: detail.currency ?? 'AUD', amount: detail.amount },
          ...(detail.tax === undefined
            ? {}
            : { exclusiveTaxAmount: { currency: detail.currency ?? 'AUD', amount: detail.tax } }),
        })),
        ...order,
      },
    },
    'system',
  );
}

const totalOf = (details: readonly DetailChanges[]): string =>
  written(
    total(
      details
        .filter(({ type = '' }) => !['payment', 'refund', 'deposit'].includes(type))
        .map(({ amount }) => exact(amount)),
    ),
  );

const subscription = (
  kind: 'created' | 'changed' | 'ended',
  data: { id: string; creationDate: string; expirationDate: string },
  orderId: string | null,
): JournalEntry =>
  entry(
    `subscription.${kind}`,
    {
      tenantId: 'reseller',
      orderId,
      subscription: { ...data, billingPeriod: { type: 'month', duration: 1 } },
    },
    'system',
  );
export const began = (id: string, creationDate: string, expirationDate = creationDate) =>
  subscription('created', { id, creationDate, expirationDate }, null);
/** It ran out: no order says so. */
export const ended = (id: string, creationDate: string, expirationDate: string) =>
  subscription('ended', { id, creationDate, expirationDate }, null);
export const renewed = (
  id: string,
  { creationDate, to, by }: { creationDate: string; to: string; by: string },
) => subscription('changed', { id, creationDate, expirationDate: to }, by);

interface LineChanges {
  id?: string;
  text?: string;
  quantity?: string;
  unit: string;
  mark?: string;
}

/** A document as the journal keeps it, with sums by the vendor's rounding and no tax. */
export function document(
  id: string,
  lines: LineChanges[],
  changes: Partial<Document> = {},
): Document {
  const made = lines.map(
    ({ id: lineId, text = 'Product p1, 1', quantity = '1', unit, mark }, at): Line => ({
      lineItemId: lineId ?? `${id}-${at}`,
      itemCode: null,
      description: `${text}\n[${mark ?? markNumber(`${id}${at}`)}]`,
      quantity,
      unitAmount: unit,
      taxAmount: '0.00',
      lineAmount: written(rounded(times(exact(quantity), exact(unit)), 2)),
      discountRate: null,
      discountAmount: null,
    }),
  );
  const sum = written(total(made.map(({ lineAmount }) => exact(lineAmount))));
  return {
    tenantId: 'organisation',
    kind: 'invoice',
    id,
    number: id.toUpperCase(),
    status: 'DRAFT',
    contactId: 'contact-1',
    contactName: 'Contact',
    lineAmountTypes: 'Exclusive',
    currencyCode: 'AUD',
    reference: 'SO1 LDRAAAAAAAAAAA',
    subTotal: sum,
    totalTax: '0',
    total: sum,
    lines: made,
    ...changes,
  };
}

const markNumber = (id: string): string =>
  `LP${[...id].map((letter) => letter.charCodeAt(0).toString(32).toUpperCase()).join('')}`.padEnd(
    18,
    '0',
  );

export const byApp = (after: Document, before: Document | null = null): JournalEntry =>
  change(after, before, 'api:client');
export const byPerson = (after: Document, before: Document | null = null): JournalEntry =>
  change(after, before, 'person:bookkeeper');

function change(after: Document, before: Document | null, actor: string): JournalEntry {
  const verbs: Record<string, string> = { DELETED: 'deleted', VOIDED: 'voided' };
  const verb = verbs[after.status] ?? (before === null ? 'created' : 'updated');
  return entry(`${after.kind}.${verb}`, { before, after }, actor);
}
