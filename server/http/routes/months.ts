import * as v from 'valibot';
import { csvOf } from '../../domain/csv.ts';
import { AppError } from '../../domain/errors.ts';
import type { TenantId } from '../../domain/ids.ts';
import { type Month, monthSchema } from '../../domain/month.ts';
import { closeMonth, reopenMonth } from '../../sync/month/close.ts';
import { allDifferenceNames } from '../../sync/month/differences.ts';
import { statementOf } from '../../sync/month/statement.ts';
import { monthCloseBody } from '../bodies.ts';
import { pageSize } from '../contract.ts';
import { atConnection, changeConnection, type Desk, pageOf, worldIn } from '../desk.ts';
import { differenceView, monthHead, monthsOf, paperViews } from '../present/month.ts';
import { type AnyRoute, route } from '../route.ts';
import type {
  MonthCostView,
  MonthDifferenceView,
  MonthFiguresView,
  MonthView,
} from '../views/months.ts';

const filter = v.strictObject({
  page: v.optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/))),
  show: v.optional(v.picklist(allDifferenceNames)),
});
type Filter = v.InferOutput<typeof filter>;

/** The month: charges against documents, to the cent, and its closing. */
export const monthRoutes = (desk: Desk): AnyRoute[] => [
  route(
    'GET /v1/connections/:connectionId/months/:month',
    { role: 'viewer', query: filter },
    ({ session, params, query }) => viewOf(desk, session.tenantId, params, query),
  ),
  route(
    'GET /v1/connections/:connectionId/months/:month/statement',
    { role: 'viewer', audit: 'export' },
    async ({ session, params }) => {
      const { at, statement } = await lookedAt(desk, session.tenantId, params);
      const installation = at.reader.list('installation').at(-1);
      return {
        ...monthHead(at, statement),
        tenant: installation?.name ?? '',
        system: at.connector.manifest.name,
        account: at.connection.account.name,
        today: at.world.today,
        rows: statement.differences.map((one) => differenceView(at, one)),
        papers: paperViews(at, statement),
      };
    },
  ),
  route(
    'GET /v1/connections/:connectionId/months/:month/statement.csv',
    { role: 'viewer', audit: 'export', csv: true },
    async ({ session, params }) => {
      const { at, statement } = await lookedAt(desk, session.tenantId, params);
      return csvOf([
        fileHead,
        ...monthHead(at, statement).figures.flatMap((figures) => figureRows(figures)),
        ...statement.differences.map((one) => fileRow(differenceView(at, one))),
        ...monthHead(at, statement).costs.flatMap(costRows),
      ]);
    },
  ),
  route(
    'POST /v1/connections/:connectionId/months/:month/close',
    { role: 'admin', stepUp: true, audit: 'settings', body: monthCloseBody },
    async ({ session, params, body }) => {
      const month = monthIn(params.month);
      await changeConnection(desk, session.tenantId, params.connectionId, (tx, connection, at) => {
        const world = worldIn(desk, session.tenantId, { reader: tx, connection });
        return closeMonth(tx, world, { month, seen: body.seen, by: session.actor, at });
      });
      return viewOf(desk, session.tenantId, params, {});
    },
  ),
  route(
    'DELETE /v1/connections/:connectionId/months/:month/close',
    { role: 'admin', stepUp: true, audit: 'settings' },
    async ({ session, params }) => {
      const month = monthIn(params.month);
      await changeConnection(desk, session.tenantId, params.connectionId, (tx, connection) => {
        const world = worldIn(desk, session.tenantId, { reader: tx, connection });
        reopenMonth(tx, world, { month, by: session.actor });
      });
      return viewOf(desk, session.tenantId, params, {});
    },
  ),
];

interface Params {
  connectionId: string;
  month: string;
}

async function viewOf(
  desk: Desk,
  tenantId: TenantId,
  params: Params,
  { page, show }: Filter,
): Promise<MonthView> {
  const { at, statement } = await lookedAt(desk, tenantId, params);
  const rows = statement.differences
    .filter(({ name }) => show === undefined || name === show)
    .sort((a, b) => size(b.amount.amountMinor) - size(a.amount.amountMinor));
  const shown = pageOf(rows, page, pageSize);
  const head = monthHead(at, statement);
  return {
    ...shown,
    rows: shown.rows.map((one) => differenceView(at, one)),
    counts: Object.fromEntries(
      allDifferenceNames.map((name) => [
        name,
        statement.differences.filter((one) => one.name === name).length,
      ]),
    ),
    ...head,
    costs: head.costs.slice(0, pageSize),
    months: monthsOf(at),
  };
}

async function lookedAt(desk: Desk, tenantId: TenantId, { connectionId, month }: Params) {
  const at = await atConnection(desk, tenantId, connectionId);
  return { at, statement: statementOf(at.reader, at.world, monthIn(month)) };
}

function monthIn(text: string): Month {
  const parsed = v.safeParse(monthSchema, text);
  if (!parsed.success) throw new AppError('request.not-found');
  return parsed.output;
}

/** A number to sort by alone; no amount is made from it. */
const size = (amountMinor: bigint): number => Math.abs(Number(amountMinor));

const fileHead = ['Name', 'Reason', 'Customer', 'Order', 'Text', 'Document', 'Amount', 'Currency'];
const fileRow = (row: MonthDifferenceView): (string | null)[] => [
  row.name,
  row.reason,
  row.customerName,
  row.orderNumber,
  row.text,
  row.document?.number ?? null,
  row.amount.amount,
  row.amount.currency,
];
const figuresInFile = [
  'charged',
  'own',
  'documents',
  'unexplained',
  'taxTold',
  'tax',
  'cost',
  'costUnbilled',
  'left',
] as const;
const figureRows = (of: MonthFiguresView): (string | null)[][] =>
  figuresInFile.map((figure) => [figure, null, null, null, null, null, of[figure], of.currency]);
const costRows = (of: MonthCostView): (string | null)[][] =>
  (['cost', 'unbilled', 'billed', 'left'] as const).map((figure) => [
    `customer-${figure}`,
    null,
    of.customerName,
    null,
    null,
    null,
    of[figure].amount,
    of[figure].currency,
  ]);
