import * as v from 'valibot';
import { isNegative, isZero } from '../../domain/decimal.ts';
import { AppError, retryLater } from '../../domain/errors.ts';
import type { Invoice as DomainInvoice, InvoiceLine } from '../../domain/invoice.ts';
import { money, zero } from '../../domain/money.ts';
import type { InvoiceFile, InvoicesRead, InvoicesWanted } from '../../domain/ports/invoices.ts';
import { invoiceFile } from '../kit/pdf.ts';
import { anyOf, type Client, type Condition, idValue } from './client.ts';
import { chargeLineId, serviceLineId } from './map.ts';
import { below } from './reader.ts';
import {
  type BillingItem,
  billingItemSchema,
  type Invoice,
  invoicePdfSchema,
  invoiceSchema,
} from './schema.ts';

/**
 * Invoices of mapped companies. They carry no time of change: new ones are those with a higher id, and
 * those that were open are read again by theirs, 400 a query. Lines are read once: an invoice keeps its
 * own.
 */
export async function changedInvoices(
  client: Client,
  { companies, since, from, open, known }: InvoicesWanted,
  account: { baseCurrency: string },
): Promise<InvoicesRead> {
  const fresh: Condition =
    since === null
      ? { op: 'gte', field: 'invoiceDateTime', value: `${from}T00:00:00Z` }
      : { op: 'gt', field: 'id', value: idValue(since) };
  const query = (filter: readonly Condition[]) => client.query('Invoices', invoiceSchema, filter);
  const changed = await below(
    companies.map(({ id }) => id),
    (part) => query([anyOf('companyID', part), fresh]),
  );
  const read = new Set([...changed.records, ...changed.unreadable].map(({ id }) => id));
  const asked = open.filter((id) => !read.has(id));
  const again = await below(asked, (part) => query([anyOf('id', part)]));
  const there = new Set([...again.records, ...again.unreadable].map(({ id }) => id));
  const records = [...changed.records, ...again.records];
  const strangers = records.filter(({ id }) => !known.has(id)).map(({ id }) => id);
  const items = await below(strangers, (part) =>
    client.query('BillingItems', billingItemSchema, [anyOf('invoiceID', part)]),
  );
  const itemsBy = Map.groupBy(items.records, ({ invoiceID }) => invoiceID);
  const currencyBy = new Map(companies.map(({ id, currency }) => [id, currency]));
  return {
    records: records.map((invoice) => ({
      ...invoiceOf(invoice, currencyBy.get(invoice.companyID) ?? account.baseCurrency),
      lines: known.has(invoice.id)
        ? null
        : (itemsBy.get(invoice.id) ?? []).flatMap((item) =>
            lineOf(item, currencyBy.get(invoice.companyID) ?? account.baseCurrency),
          ),
    })),
    unreadable: [...changed.unreadable, ...again.unreadable, ...items.unreadable],
    gone: asked.filter((id) => !there.has(id)),
    position: highest([since ?? '0', ...changed.records.map(({ id }) => id)]),
  };
}

function invoiceOf(invoice: Invoice, currency: string): DomainInvoice {
  const total = invoice.invoiceTotal ?? '0';
  const isPaid = invoice.paidDate !== null || isZero(total);
  const state = invoice.isVoided === true ? 'voided' : isPaid ? 'paid' : 'open';
  return {
    id: invoice.id,
    kind: isNegative(total) ? 'creditNote' : 'invoice',
    // "If invoiceNumber has no value, then the Invoice ID displays."
    number: invoice.invoiceNumber ?? invoice.id,
    companyId: invoice.companyID,
    state,
    date: invoice.invoiceDateTime,
    dueDate: invoice.dueDate,
    total: money(total, currency),
    balance: state === 'open' ? money(total, currency) : zero(currency),
    paidOn: invoice.paidDate,
    documentId: null,
    lines: null,
  };
}

/** A service is billed once a period, each time by an item of its own; anything else is none of ours. */
function lineOf(item: BillingItem, currency: string): InvoiceLine[] {
  const lineId =
    item.contractServiceID !== null
      ? serviceLineId(item.contractServiceID)
      : item.contractChargeID !== null
        ? chargeLineId(item.contractChargeID)
        : null;
  if (lineId === null || item.contractID === null) return [];
  const amount = money(item.extendedPrice ?? '0', currency);
  return [{ documentId: item.contractID, lineId, amount, on: item.itemDate }];
}

/** `/Invoices/{id}/InvoicePdf`: the file as base64 within JSON (help: Invoices, special endpoints). */
export async function invoicePdf(client: Client, id: string): Promise<InvoiceFile> {
  const told = v.safeParse(invoicePdfSchema, await client.get(`Invoices/${id}/InvoicePdf`));
  if (!told.success) throw new AppError('system.answer', { retry: retryLater() });
  if (told.output.item === null) throw new AppError('request.not-found');
  return invoiceFile(Uint8Array.from(Buffer.from(told.output.item.data, 'base64')));
}

const highest = (ids: readonly string[]): string =>
  ids.reduce((last, id) => (BigInt(id) > BigInt(last) ? id : last), '0');
