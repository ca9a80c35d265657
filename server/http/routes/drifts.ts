import * as v from 'valibot';
import { answerDrift, driftsOf } from '../../sync/drift.ts';
import { driftBody } from '../bodies.ts';
import { pageSize } from '../contract.ts';
import { atConnection, changeConnection, type Desk, pageOf } from '../desk.ts';
import { driftView } from '../present/drift.ts';
import { type AnyRoute, route } from '../route.ts';

const filter = v.strictObject({ page: v.optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/))) });

/** What people changed in the system after us, and what it means. */
export const driftRoutes = (desk: Desk): AnyRoute[] => [
  route(
    'GET /v1/connections/:connectionId/drifts',
    { role: 'viewer', query: filter },
    async ({ session, params, query }) => {
      const at = await atConnection(desk, session.tenantId, params.connectionId);
      const page = pageOf(driftsOf(at.reader, at.connection), query.page, pageSize);
      return { ...page, counts: {}, rows: page.rows.map((drift) => driftView(at, drift)) };
    },
  ),
  route(
    'POST /v1/connections/:connectionId/drifts',
    { role: 'operator', body: driftBody },
    async ({ session, params, body }) => {
      const { context } = desk;
      const { tenantId, actor: by } = session;
      return changeConnection(desk, tenantId, params.connectionId, (tx, connection) => ({
        changed: answerDrift({ context, tx, tenantId, connection }, { ...body, by }),
      }));
    },
  ),
];
