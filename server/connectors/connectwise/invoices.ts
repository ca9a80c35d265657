import { instant } from '../../domain/dates.ts';
import { isNegative, isZero } from '../../domain/decimal.ts';
import type { Invoice as DomainInvoice } from '../../domain/invoice.ts';
import { money } from '../../domain/money.ts';
import type { InvoicesRead, InvoicesWanted } from '../../domain/ports/invoices.ts';
import type { Clock } from '../../domain/ports/machine.ts';
import type { Read } from '../../domain/ports/read.ts';
import type { Client } from './client.ts';
import { anyId, changedSince, datedFrom } from './conditions.ts';
import { idsPerQuery } from './limits.ts';
import { currencyOf } from './map.ts';
import type { Reader } from './reader.ts';
import { type Currency, type Invoice, invoiceSchema } from './schema.ts';

/**
 * Invoices of mapped companies: what changed since the last time, and those that were open then, since
 * nothing says that a payment moves an invoice's own time of change.
 */
export function createInvoiceReader(options: {
  client: Client;
  clock: Clock;
  account: { baseCurrency: string };
  reader: Pick<Reader, 'around'>;
}): { changed(wanted: InvoicesWanted): Promise<InvoicesRead> } {
  const { client, clock, account, reader } = options;

  async function where(
    field: string,
    ids: readonly string[],
    more: string | null,
  ): Promise<Read<Invoice>> {
    const all: Read<Invoice> = { records: [], unreadable: [] };
    for (let at = 0; at < ids.length; at += idsPerQuery) {
      const those = anyId(field, ids.slice(at, at + idsPerQuery));
      const read = await client.list('finance/invoices', invoiceSchema, {
        conditions: more === null ? those : `${those} and ${more}`,
      });
      all.records.push(...read.records);
      all.unreadable.push(...read.unreadable);
    }
    return all;
  }

  return {
    changed: async ({ companies, since, from, open }) => {
      const position = instant(clock.nowMs());
      const ids = companies.map(({ id }) => id);
      const fresh = since === null ? datedFrom('date', from) : changedSince(since);
      const changed = await where('company/id', ids, fresh);
      const read = new Set([...changed.records, ...changed.unreadable].map(({ id }) => id));
      const asked = open.filter((id) => !read.has(id));
      const again = await where('id', asked, null);
      const there = new Set([...again.records, ...again.unreadable].map(({ id }) => id));
      const records = [...changed.records, ...again.records];
      const { currencies } = records.length === 0 ? { currencies: [] } : await reader.around();
      return {
        records: records.map((invoice) =>
          invoiceOf(invoice, { currencies, baseCurrency: account.baseCurrency }),
        ),
        unreadable: [...changed.unreadable, ...again.unreadable],
        gone: asked.filter((id) => !there.has(id)),
        position,
      };
    },
  };
}

/** Which additions an invoice billed is not told; it names its agreement. */
function invoiceOf(
  invoice: Invoice,
  around: { currencies: readonly Currency[]; baseCurrency: string },
): DomainInvoice {
  const currency = currencyOf(invoice.currency, around) ?? around.baseCurrency;
  const total = invoice.total ?? '0';
  const balance = invoice.balance ?? total;
  return {
    id: invoice.id,
    kind: invoice.type === 'CreditMemo' || isNegative(total) ? 'creditNote' : 'invoice',
    number: invoice.invoiceNumber,
    companyId: invoice.company.id,
    state: isZero(balance) ? 'paid' : 'open',
    date: invoice.date,
    dueDate: invoice.dueDate,
    total: money(total, currency),
    balance: money(balance, currency),
    paidOn: null,
    documentId: invoice.agreement?.id ?? null,
    lines: [],
  };
}
