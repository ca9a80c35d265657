import { instant } from '../../domain/dates.ts';
import { AppError } from '../../domain/errors.ts';
import { plainEntry } from '../../domain/log-entry.ts';
import { cursorId } from '../../sync/check/names.ts';
import { customerMappingOf } from '../../sync/mapping/map.ts';
import { lackedRights, noteLacks } from '../../sync/read-back/lacks.ts';
import { wakeKey } from '../../sync/wake-keys.ts';
import { billFromBody, pauseBody } from '../bodies.ts';
import { atConnection, changeConnection, type Desk } from '../desk.ts';
import { connectionView } from '../present/connection.ts';
import { failureView } from '../present/failure.ts';
import { errorView } from '../reply.ts';
import { type AnyRoute, route } from '../route.ts';

/** One connection: its card, its test, "check now", pause, and from when it bills. */
export const connectionRoutes = (desk: Desk): AnyRoute[] => [
  route(
    'GET /v1/connections/:connectionId',
    { role: 'viewer' },
    async ({ session, params, requestId }) => {
      const { connection } = await atConnection(desk, session.tenantId, params.connectionId);
      return connectionView(desk, session.tenantId, connection, requestId);
    },
  ),
  route(
    'POST /v1/connections/:connectionId/test',
    { role: 'operator', callsOut: true },
    async ({ session, params, requestId }) => {
      const { connection, connector } = await atConnection(
        desk,
        session.tenantId,
        params.connectionId,
      );
      await desk.engine.withJob(session.tenantId, connection.id, 'person', async (job) => {
        await job.session.requireRights?.();
        const account = await job.session.account();
        const lacked = (await job.session.lacks?.()) ?? [];
        await desk.context.store.transact(session.tenantId, (tx) => {
          const current = tx.get('connection', connection.id);
          if (current !== null)
            tx.put('connection', { ...current, account, state: 'active', failure: null });
          const before = lackedRights(tx, connection, connector.manifest);
          noteLacks(tx, connection, connector.manifest, {
            lacked,
            at: instant(desk.context.clock.nowMs()),
          });
          // What is allowed since is read with the next check.
          for (const { feature } of before)
            if (!lacked.includes(feature)) tx.remove('cursor', cursorId(connection.id, feature));
        });
      });
      const after = await atConnection(desk, session.tenantId, params.connectionId);
      return connectionView(desk, session.tenantId, after.connection, requestId);
    },
  ),
  route(
    'POST /v1/connections/:connectionId/check',
    { role: 'operator', callsOut: true },
    async ({ session, params, requestId }) => {
      const { connection, connector, world } = await atConnection(
        desk,
        session.tenantId,
        params.connectionId,
      );
      const before = new Set(world.tasks().map(({ id }) => id));
      const startedAt = new Date(desk.context.clock.nowMs()).toISOString();
      const result = await desk.engine.check(session.tenantId, 'person');
      const after = await atConnection(desk, session.tenantId, params.connectionId);
      const here = result.connections.filter(({ connectionId }) => connectionId === connection.id);
      return {
        startedAt,
        tasksNew: after.world.tasks().filter(({ id }) => !before.has(id)).length,
        ordersRead: after.reader.list('order').length,
        failures: [
          ...result.marketplace.failures.map((failure) => errorView(failure, requestId)),
          ...here.flatMap(({ failures }) =>
            failures.map((failure) => failureView(failure, requestId, connector)),
          ),
        ],
      };
    },
  ),
  route(
    'POST /v1/connections/:connectionId/pause',
    { role: 'operator', body: pauseBody },
    async ({ session, params, body, requestId }) => {
      await changeConnection(desk, session.tenantId, params.connectionId, (tx, connection, at) => {
        if ((connection.paused !== null) === body.paused) return;
        tx.put('connection', {
          ...connection,
          paused: body.paused ? { by: session.actor, at } : null,
        });
        tx.log(
          plainEntry({
            actor: session.actor,
            action: body.paused ? 'paused' : 'resumed',
            connectionId: connection.id,
            subject: connection.account.name,
          }),
        );
      });
      const { connection } = await atConnection(desk, session.tenantId, params.connectionId);
      if (!body.paused)
        desk.context.wake.at(
          wakeKey.run(session.tenantId, connection.id),
          desk.context.clock.nowMs(),
        );
      return connectionView(desk, session.tenantId, connection, requestId);
    },
  ),
  route(
    'PUT /v1/connections/:connectionId/bill-from',
    { role: 'admin', stepUp: true, audit: 'settings', body: billFromBody },
    async ({ session, params, body, requestId }) => {
      await changeConnection(desk, session.tenantId, params.connectionId, (tx, connection) => {
        if (body.customerId === undefined)
          tx.put('connection', { ...connection, billFrom: body.date });
        else {
          if (tx.get('customer', body.customerId) === null) throw new AppError('request.not-found');
          tx.put('customerMapping', {
            ...customerMappingOf(tx, connection.id, body.customerId),
            billFrom: body.date,
          });
        }
        tx.log(
          plainEntry({
            actor: session.actor,
            action: 'bill-from-set',
            connectionId: connection.id,
            customerId: body.customerId ?? null,
            subject: connection.account.name,
            facts: { date: body.date },
          }),
        );
      });
      // An earlier date reaches orders that were never read: the next check reads from there.
      desk.context.wake.at(wakeKey.check(session.tenantId), desk.context.clock.nowMs());
      const { connection } = await atConnection(desk, session.tenantId, params.connectionId);
      return connectionView(desk, session.tenantId, connection, requestId);
    },
  ),
];
