import * as v from 'valibot';
import { compareText } from '../../domain/compare-text.ts';
import { AppError } from '../../domain/errors.ts';
import { ownKey, type TenantId } from '../../domain/ids.ts';
import { type Invoice, invoiceMonths, isOverdue } from '../../domain/invoice.ts';
import type { Feature } from '../../domain/ports/connector-manifest.ts';
import { cursorId } from '../../sync/check/names.ts';
import { lackedRights } from '../../sync/read-back/lacks.ts';
import { storedInvoices } from '../../sync/read-back/read-invoices.ts';
import { fieldsAt, storedQuotes } from '../../sync/read-back/read-quotes.ts';
import { pageSize } from '../contract.ts';
import { atConnection, type Desk, pageOf } from '../desk.ts';
import { desktopOf, invoiceRow, quoteRow } from '../present/invoice.ts';
import { totalsView } from '../present/money.ts';
import { type AnyRoute, route } from '../route.ts';
import type { InvoicesView } from '../views/invoices.ts';
import type { QuotesView } from '../views/quotes.ts';

const page = v.optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/)));
const customerId = v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(200)));
const invoiceFilter = v.strictObject({
  page,
  customerId,
  show: v.optional(v.picklist(['open', 'overdue'])),
});
const quoteFilter = v.strictObject({ page, customerId });

/** Invoices that the system made, their PDF, and the quotes that wait for an answer. */
export const invoiceRoutes = (desk: Desk): AnyRoute[] => [
  route(
    'GET /v1/connections/:connectionId/invoices',
    { role: 'viewer', query: invoiceFilter },
    ({ session, params, query }) =>
      invoicesView(desk, session.tenantId, params.connectionId, query),
  ),
  route(
    'GET /v1/connections/:connectionId/quotes',
    { role: 'viewer', query: quoteFilter },
    ({ session, params, query }) => quotesView(desk, session.tenantId, params.connectionId, query),
  ),
  route(
    'POST /v1/connections/:connectionId/invoices/read',
    { role: 'operator', callsOut: true },
    async ({ session, params }) => {
      const { tenantId } = session;
      const { connection } = await atConnection(desk, tenantId, params.connectionId);
      await desk.engine.readBack(tenantId, connection.id);
      const { reader } = await atConnection(desk, tenantId, params.connectionId);
      return { changed: storedInvoices(reader, connection.id).length };
    },
  ),
  route(
    'GET /v1/connections/:connectionId/invoices/:invoiceId/pdf',
    { role: 'viewer', callsOut: true, audit: 'export' },
    async ({ session, params }) => {
      const { tenantId } = session;
      const { reader, connection } = await atConnection(desk, tenantId, params.connectionId);
      // Only an invoice of a mapped company is asked for, by the id that the system gave.
      const stored = reader.get('invoice', ownKey(connection.id, params.invoiceId));
      if (stored === null) throw new AppError('request.not-found');
      const file = await desk.engine.withJob(tenantId, connection.id, 'person', async (job) =>
        job.session.invoiceFile?.(stored.invoice),
      );
      if (file === undefined) throw new AppError('request.not-found');
      return new Response(file.bytes, {
        headers: {
          'Content-Type': 'application/pdf',
          'Content-Length': String(file.bytes.byteLength),
          'Content-Disposition': `attachment; filename="${fileNameOf(stored.invoice)}"`,
        },
      });
    },
  ),
];

/** The number comes from outside: what a header or a file system could read otherwise is left out. */
export function fileNameOf({ id, number, kind }: Pick<Invoice, 'id' | 'number' | 'kind'>): string {
  const name = (number ?? id).replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[-.]+|[-.]+$/g, '');
  const bounded = name.slice(0, fileNameMax);
  return `${kind === 'creditNote' ? 'credit-note' : 'invoice'}${bounded === '' ? '' : `-${bounded}`}.pdf`;
}
const fileNameMax = 60;

async function invoicesView(
  desk: Desk,
  tenantId: TenantId,
  connectionId: string,
  filter: v.InferOutput<typeof invoiceFilter>,
): Promise<InvoicesView> {
  const at = await atConnection(desk, tenantId, connectionId);
  const { reader, connection, connector, world } = at;
  const desktop = desktopOf(at);
  const { invoicing } = connector.manifest;
  const customer =
    filter.customerId === undefined ? null : reader.get('customer', filter.customerId);
  const own = storedInvoices(reader, connection.id)
    .map(({ invoice }) => invoice)
    .filter(
      ({ companyId }) =>
        filter.customerId === undefined ||
        desktop.customers.get(companyId)?.id === filter.customerId,
    )
    .sort(newestFirst);
  const open = own.filter(({ state }) => state === 'open');
  const overdue = own.filter((invoice) => isOverdue(invoice, world.today));
  const shown = filter.show === 'open' ? open : filter.show === 'overdue' ? overdue : own;
  const rows = pageOf(shown, filter.page, pageSize);
  return {
    ...rows,
    rows: rows.rows.map((invoice) => invoiceRow(desktop, invoice)),
    counts: { all: own.length, open: open.length, overdue: overdue.length },
    available: invoicing !== undefined,
    madeIn: invoicing?.madeIn ?? null,
    partPayments: invoicing?.partPayments ?? false,
    tellsLines: invoicing?.tellsLines ?? false,
    readAt: readAt(at, 'invoices'),
    lacks: lacking(at, 'invoices'),
    months: invoiceMonths,
    open: totalsView(open.map(({ balance }) => balance)),
    overdue: totalsView(overdue.map(({ balance }) => balance)),
    customer: customer === null ? null : { id: customer.id, name: customer.name },
  };
}

async function quotesView(
  desk: Desk,
  tenantId: TenantId,
  connectionId: string,
  filter: v.InferOutput<typeof quoteFilter>,
): Promise<QuotesView> {
  const at = await atConnection(desk, tenantId, connectionId);
  const { reader, connection, connector } = at;
  const desktop = desktopOf(at);
  const own = storedQuotes(reader, connection.id)
    .map(({ quote }) => quote)
    .filter(
      ({ companyId }) =>
        filter.customerId === undefined ||
        desktop.customers.get(companyId)?.id === filter.customerId,
    )
    .sort((a, b) => compareText(a.closesOn ?? '9', b.closesOn ?? '9') || compareText(a.id, b.id));
  const rows = pageOf(own, filter.page, pageSize);
  return {
    ...rows,
    rows: rows.rows.map((quote) => quoteRow(desktop, quote)),
    counts: {},
    available: connector.manifest.quotes === true,
    readAt: readAt(at, 'quotes'),
    lacks: lacking(at, 'quotes'),
    field: connection.settings.quoteField,
    fields: fieldsRead(at),
  };
}

type At = Awaited<ReturnType<typeof atConnection>>;

const readAt = ({ reader, connection }: At, feature: Feature): string | null =>
  reader.get('cursor', cursorId(connection.id, feature))?.checkedAt ?? null;
const lacking = ({ reader, connection, connector }: At, feature: Feature) =>
  lackedRights(reader, connection, connector.manifest).find((one) => one.feature === feature) ??
  null;

const fieldsRead = ({ reader, connection }: At): string[] =>
  fieldsAt(reader.get('cursor', cursorId(connection.id, 'quotes'))?.position ?? '');

const newestFirst = (a: Invoice, b: Invoice): number =>
  compareText(b.date ?? '', a.date ?? '') || compareText(b.number ?? b.id, a.number ?? a.id);
