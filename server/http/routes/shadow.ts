import * as v from 'valibot';
import { type CalendarDate, firstOfNextMonth, later } from '../../domain/dates.ts';
import { AppError } from '../../domain/errors.ts';
import { firstDayOf, type Month, monthOf, monthSchema } from '../../domain/month.ts';
import { ordersStartId } from '../../sync/check/names.ts';
import { lookFrom } from '../../sync/look/read-look.ts';
import type { PlanWorld } from '../../sync/plan/world.ts';
import { type ShadowCustomer, shadowMonths, shadowOf } from '../../sync/shadow/shadow.ts';
import { switchOver } from '../../sync/shadow/switch-over.ts';
import { shadowSwitchBody } from '../bodies.ts';
import { pageSize } from '../contract.ts';
import { atConnection, changeConnection, type Desk, pageOf, worldIn } from '../desk.ts';
import { mayApproveHere } from '../may-approve.ts';
import { lookState } from '../present/look.ts';
import { totalsView } from '../present/money.ts';
import { shadowCustomerView, shadowRowView } from '../present/shadow.ts';
import { type AnyRoute, route } from '../route.ts';

const page = v.optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/)));
const filter = v.strictObject({
  page,
  show: v.optional(v.picklist(['all', 'clean', 'different'])),
});

/** The shadow: a month as automatic would have billed it, beside what was billed by hand. */
export const shadowRoutes = (desk: Desk): AnyRoute[] => [
  route(
    'GET /v1/connections/:connectionId/shadow/:month',
    { role: 'viewer', query: filter },
    async ({ session, params, query }) => {
      const { reader, world, connection } = await atConnection(
        desk,
        session.tenantId,
        params.connectionId,
      );
      const month = monthIn(params.month);
      const { customers, rows, notCompared } = shadowOf(reader, world, month);
      const shown = pageOf(chosenBy(customers, query), query.page, pageSize);
      const look = reader.get('look', connection.id);
      const clean = customers.filter((one) => one.isClean).length;
      return {
        ...shown,
        rows: shown.rows.map((one) => shadowCustomerView(world, one)),
        month,
        months: shadowMonths(reader, world),
        runs: month >= monthOf(world.today),
        look: {
          state: lookState(look),
          from: look?.from ?? lookFrom(world.today),
          endedAt: look?.endedAt ?? null,
        },
        ordersFrom: reader.get('cursor', ordersStartId)?.position.slice(0, 10) ?? null,
        counts: { all: customers.length, clean, different: customers.length - clean },
        ours: totalsView(rows.map(({ oursAmount }) => oursAmount)),
        theirs: totalsView(rows.map(({ theirsAmount }) => theirsAmount)),
        notCompared: {
          count: notCompared.length,
          money: totalsView(notCompared.map(({ amount }) => amount)),
        },
        switchFrom: switchFrom(world, month),
      };
    },
  ),
  route(
    'GET /v1/connections/:connectionId/shadow/:month/customers/:customerId',
    { role: 'viewer', query: v.strictObject({ page }) },
    async ({ session, params, query }) => {
      const at = await atConnection(desk, session.tenantId, params.connectionId);
      const month = monthIn(params.month);
      const { customers, rows } = shadowOf(at.reader, at.world, month);
      const customer = customers.find(({ customerId }) => customerId === params.customerId);
      if (customer === undefined) throw new AppError('request.not-found');
      const views = rows
        .filter(({ customerId }) => customerId === customer.customerId)
        .map((row, index) => shadowRowView(at, row, index));
      return {
        ...pageOf(views, query.page, pageSize),
        counts: customer.counts,
        month,
        customer: shadowCustomerView(at.world, customer),
        switchFrom: switchFrom(at.world, month),
      };
    },
  ),
  route(
    'POST /v1/connections/:connectionId/shadow/:month/switch',
    { role: 'operator', audit: 'settings', body: shadowSwitchBody },
    async ({ session, params, body }) =>
      changeConnection(desk, session.tenantId, params.connectionId, (tx, connection, at) => {
        if (!mayApproveHere(connection, session)) throw new AppError('access.grant');
        const world = worldIn(desk, session.tenantId, { reader: tx, connection });
        switchOver(tx, world, { ...body, month: monthIn(params.month), by: session.actor, at });
        return { changed: 1 };
      }),
  ),
];

const chosenBy = (
  customers: readonly ShadowCustomer[],
  { show = 'all' }: v.InferOutput<typeof filter>,
) => customers.filter(({ isClean }) => show === 'all' || isClean === (show === 'clean'));

/** The first of a month: after the one compared, and not in one that was billed by hand meanwhile. */
const switchFrom = ({ today }: PlanWorld, month: Month): CalendarDate =>
  firstOfNextMonth(later(firstDayOf(month), today));

function monthIn(text: string): Month {
  const parsed = v.safeParse(monthSchema, text);
  if (!parsed.success) throw new AppError('request.not-found');
  return parsed.output;
}
