import type * as v from 'valibot';
import type { Connection } from '../../domain/connection.ts';
import { type Instant, instant } from '../../domain/dates.ts';
import { AppError } from '../../domain/errors.ts';
import type { Transaction } from '../../domain/ports/store.ts';
import type { Actor } from '../../domain/tenant.ts';
import { mapCustomer, mapProduct } from '../../sync/mapping/map.ts';
import { whatIf } from '../../sync/what-if/what-if.ts';
import { whatIfBody } from '../bodies.ts';
import { atConnection, type Desk, worldIn } from '../desk.ts';
import { whatIfView } from '../present/what-if.ts';
import { type AnyRoute, route } from '../route.ts';

/** Before a setting or mapping is saved: what the last three months would have been with it. */
export const whatIfRoutes = (desk: Desk): AnyRoute[] => [
  route(
    'POST /v1/connections/:connectionId/what-if/preview',
    { role: 'viewer', body: whatIfBody },
    async ({ session, params, body }) => {
      const { tenantId, actor: by } = session;
      const { reader, connection, connector, world } = await atConnection(
        desk,
        tenantId,
        params.connectionId,
      );
      if (body.change === 'settings') {
        const [impossible] = connector.manifest.check(body.settings);
        if (impossible !== undefined)
          throw new AppError('settings.impossible', {
            facts: { field: impossible.field, reason: impossible.code },
          });
      }
      const at = instant(desk.context.clock.nowMs());
      const found = whatIf({
        reader,
        connection,
        worldIn: (of, one) => worldIn(desk, tenantId, { reader: of, connection: one }),
        change: (tx, one) => make(body, { tx, connection: one, by, at }),
      });
      return whatIfView(world, found);
    },
  ),
];

/** The change as saving would make it. Throws `request.not-found` for a target that is not there. */
function make(
  body: v.InferOutput<typeof whatIfBody>,
  { tx, connection, by, at }: { tx: Transaction; connection: Connection; by: Actor; at: Instant },
): void {
  const change = { tx, connectionId: connection.id, by, at, how: 'screen' as const };
  switch (body.change) {
    case 'settings':
      tx.put('connection', { ...connection, settings: body.settings });
      return;
    case 'customer': {
      const { customerId, targetId, from } = body;
      if (!mapCustomer(change, customerId, targetId, from ?? null))
        throw new AppError('request.not-found');
      return;
    }
    case 'product':
      if (!mapProduct(change, body)) throw new AppError('request.not-found');
      return;
    default:
      body satisfies never;
  }
}
