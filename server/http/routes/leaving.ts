import * as v from 'valibot';
import { nextPeriodAfter } from '../../domain/own-charge.ts';
import { type Leaver, leaversOf } from '../../sync/leaving/leavers.ts';
import { pageSize } from '../contract.ts';
import { atConnection, type Desk, pageOf } from '../desk.ts';
import { moneyView, totalsView } from '../present/money.ts';
import { type AnyRoute, route } from '../route.ts';
import type { LeaverView } from '../views/leaving.ts';

/** Customers who are leaving, each with what is still to come. */
export const leavingRoutes = (desk: Desk): AnyRoute[] => [
  route(
    'GET /v1/connections/:connectionId/leaving',
    {
      role: 'viewer',
      query: v.strictObject({ page: v.optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/))) }),
    },
    async ({ session, params, query }) => {
      const at = await atConnection(desk, session.tenantId, params.connectionId);
      const rows = leaversOf(at.reader, at.world);
      return {
        ...pageOf(
          rows.map((one) => leaverView(at, one)),
          query.page,
          pageSize,
        ),
        counts: {},
      };
    },
  ),
];

function leaverView(
  { world, connector }: Pick<Awaited<ReturnType<typeof atConnection>>, 'world' | 'connector'>,
  { customerId, name, leaving, tasks, drafts, byUse, own, archived }: Leaver,
): LeaverView {
  return {
    customerId,
    name,
    ...leaving,
    orders: {
      total: tasks.length,
      asking: tasks.filter(({ state }) => state === 'needs-action' || state === 'failed').length,
      taskIds: tasks.map(({ id }) => id),
      money: totalsView(tasks.map(({ amount }) => amount)),
    },
    drafts: drafts.map((document) => ({
      documentId: document.id,
      number: document.number,
      url: connector.documentUrl(world.connection.account, document),
      total: moneyView(document.total),
    })),
    byUse,
    own: own.map((one) => ({
      number: one.number,
      text: one.terms.at(-1)?.description ?? '',
      next: nextPeriodAfter(one, world.today),
    })),
    archived,
  };
}
