import { ownKey } from '../../domain/ids.ts';
import { type Invoice, type InvoiceLine, isOverdue } from '../../domain/invoice.ts';
import type { Link } from '../../domain/link.ts';
import type { Connector } from '../../domain/ports/connector.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { Quote } from '../../domain/quote.ts';
import type { PlanWorld } from '../../sync/plan/world.ts';
import type { InvoiceRow } from '../views/invoices.ts';
import type { QuoteRow } from '../views/quotes.ts';
import { moneyView } from './money.ts';

/** Lines of an invoice that a row shows; it says how many there are. */
const linesShownMax = 20;

/** What rows of invoices and quotes look names up in; made once for a page. */
export interface Desktop {
  reader: Reader;
  world: PlanWorld;
  connector: Connector;
  customers: ReadonlyMap<string, { id: string; name: string }>;
  links: ReadonlyMap<string, Link>;
}

/** Whose company it is, and which of its lines are ours. */
export function desktopOf(options: {
  reader: Reader;
  world: PlanWorld;
  connector: Connector;
}): Desktop {
  const { reader, world } = options;
  const { id } = world.connection;
  const customers = reader.list('customerMapping').flatMap((mapping) => {
    const customer = reader.get('customer', mapping.customerId);
    return mapping.connectionId !== id || mapping.targetId === null || customer === null
      ? []
      : [[mapping.targetId, { id: customer.id, name: customer.name }] as const];
  });
  const links = reader
    .list('link')
    .flatMap((link) => (link.connectionId === id ? [[lineKey(link), link] as const] : []));
  return { ...options, customers: new Map(customers), links: new Map(links) };
}

const lineKey = ({ documentId, lineId }: Pick<InvoiceLine, 'documentId' | 'lineId'>): string =>
  ownKey(documentId, lineId);

export function invoiceRow(desktop: Desktop, invoice: Invoice): InvoiceRow {
  const { world, connector, customers, links } = desktop;
  const { id, kind, date, dueDate, paidOn, total, balance } = invoice;
  const customer = customers.get(invoice.companyId) ?? null;
  const lines = (invoice.lines ?? []).filter((line) => links.has(lineKey(line)));
  return {
    id,
    kind,
    number: invoice.number ?? id,
    customerId: customer?.id ?? null,
    customerName: customer?.name ?? '',
    state: stateOf(invoice),
    overdue: isOverdue(invoice, world.today),
    date,
    dueDate,
    paidOn,
    total: moneyView(total),
    balance: moneyView(balance),
    url: connector.invoiceUrl?.(world.connection.account, invoice) ?? null,
    document: documentOf(desktop, invoice.documentId),
    lines: lines.slice(0, linesShownMax).map((line) => ({
      text: textOf(desktop, line),
      amount: moneyView(line.amount),
      on: line.on,
    })),
    linesTotal: lines.length,
  };
}

function stateOf({ state, total, balance }: Invoice): InvoiceRow['state'] {
  const isPart = state === 'open' && balance.amountMinor !== total.amountMinor;
  return isPart && balance.amountMinor !== 0n ? 'part-paid' : state;
}

function documentOf(
  { reader, world, connector }: Desktop,
  documentId: string | null,
): InvoiceRow['document'] {
  if (documentId === null) return null;
  const { id, account } = world.connection;
  const known = reader.get('snapshot', ownKey(id, documentId))?.document;
  const kind = connector.manifest.standing?.document ?? 'invoice';
  return {
    name: known?.number ?? documentId,
    url: connector.documentUrl(account, { id: documentId, kind }),
  };
}

/** As the line stands in the system, else as the product is called. */
function textOf({ reader, world, links }: Desktop, line: InvoiceLine): string {
  const snapshot = reader.get('snapshot', ownKey(world.connection.id, line.documentId));
  const stands = snapshot?.document.lines.find(({ id }) => id === line.lineId);
  if (stands !== undefined && stands.description !== '') return stands.description;
  const productKey = links.get(lineKey(line))?.productKey ?? null;
  return (productKey === null ? null : reader.get('product', productKey)?.name) ?? line.lineId;
}

export const quoteRow = (
  { world, connector, customers }: Desktop,
  { id, companyId, title, stage, amount, closesOn, document }: Quote,
): QuoteRow => ({
  id,
  title,
  customerName: customers.get(companyId)?.name ?? '',
  stage,
  amount: amount === null ? null : moneyView(amount),
  closesOn,
  url: connector.quoteUrl?.(world.connection.account, { id }) ?? null,
  document,
});
