import * as v from 'valibot';
import { compareText } from '../../domain/compare-text.ts';
import { AppError } from '../../domain/errors.ts';
import type { TenantId } from '../../domain/ids.ts';
import { addOwnCharge, changeOwnCharge } from '../../sync/own/keep-own.ts';
import { ownChargeBody, ownStepBody } from '../bodies.ts';
import { pageSize } from '../contract.ts';
import { atConnection, changeConnection, type Desk, pageOf } from '../desk.ts';
import { ownChargeView } from '../present/own-charge.ts';
import { type AnyRoute, route } from '../route.ts';
import type { OwnChargeView } from '../views/own-charges.ts';

const filter = v.strictObject({
  page: v.optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/))),
  search: v.optional(v.pipe(v.string(), v.maxLength(200))),
});

/** What a reseller bills a customer beside the marketplace, on the same documents. */
export const ownChargeRoutes = (desk: Desk): AnyRoute[] => [
  route(
    'GET /v1/connections/:connectionId/own-charges',
    { role: 'viewer', query: filter },
    async ({ session, params, query }) => {
      const at = await atConnection(desk, session.tenantId, params.connectionId);
      const text = query.search?.toLowerCase() ?? '';
      const rows = at.reader
        .list('ownCharge')
        .filter(({ connectionId }) => connectionId === at.connection.id)
        .map((own) => ownChargeView(at, own))
        .filter(({ customerName, description, number }) =>
          `${customerName} ${description} ${number}`.toLowerCase().includes(text),
        )
        .sort((a, b) => compareText(a.customerName, b.customerName) || compareText(a.from, b.from));
      const { baseCurrency } = at.connection.account;
      const others = (at.world.reference?.currencies ?? []).filter((one) => one !== baseCurrency);
      return {
        ...pageOf(rows, query.page, pageSize),
        counts: { running: rows.filter(({ state }) => state === 'running').length },
        today: at.world.today,
        currencies: [baseCurrency, ...others],
      };
    },
  ),
  route(
    'POST /v1/connections/:connectionId/own-charges',
    { role: 'operator', body: ownChargeBody },
    async ({ session, params, body }) => {
      const { id } = await changeConnection(
        desk,
        session.tenantId,
        params.connectionId,
        (tx, connection, at) =>
          addOwnCharge({ tx, connection, by: session.actor, at }, desk.context.ids, body),
      );
      return taken(desk, session.tenantId, params.connectionId, id);
    },
  ),
  route(
    'POST /v1/connections/:connectionId/own-charges/:ownChargeId',
    { role: 'operator', body: ownStepBody },
    async ({ session, params, body }) => {
      await changeConnection(desk, session.tenantId, params.connectionId, (tx, connection, at) => {
        const own = tx.get('ownCharge', params.ownChargeId);
        if (own === null || own.connectionId !== connection.id)
          throw new AppError('request.not-found');
        changeOwnCharge({ tx, connection, by: session.actor, at }, own, body);
      });
      return taken(desk, session.tenantId, params.connectionId, params.ownChargeId);
    },
  ),
];

/** Its tasks are there when the answer is. */
async function taken(
  desk: Desk,
  tenantId: TenantId,
  connectionId: string,
  ownChargeId: string,
): Promise<OwnChargeView> {
  await desk.engine.takeOwnCharges(tenantId);
  const at = await atConnection(desk, tenantId, connectionId);
  const own = at.reader.get('ownCharge', ownChargeId);
  if (own === null) throw new AppError('request.not-found');
  return ownChargeView(at, own);
}
