import { careFor, peopleOf } from '../../sync/task-care.ts';
import { careBody, presenceBody } from '../bodies.ts';
import { atConnection, changeConnection, type Desk } from '../desk.ts';
import { type AnyRoute, route } from '../route.ts';

/** Several people at one list: who looks after what, what they noted, what is put off, who is in it now. */
export const taskCareRoutes = (desk: Desk): AnyRoute[] => [
  route('GET /v1/people', { role: 'viewer' }, async ({ session }) =>
    peopleOf(await desk.context.store.read(session.tenantId)),
  ),
  route(
    'PUT /v1/connections/:connectionId/tasks/care',
    { role: 'operator', body: careBody },
    async ({ session, params, body }) =>
      changeConnection(desk, session.tenantId, params.connectionId, (tx, connection, at) => {
        const { taskIds, ...change } = body;
        return { changed: careFor({ tx, connection, by: session.actor, at }, taskIds, change) };
      }),
  ),
  route(
    'POST /v1/connections/:connectionId/tasks/presence',
    { role: 'operator', body: presenceBody },
    async ({ session, params, body }) => {
      const { reader } = await atConnection(desk, session.tenantId, params.connectionId);
      const { presence } = desk;
      // What is remembered is bounded for all tenants together: only tasks that there are.
      const taskIds = body.taskIds.filter((id) => reader.get('task', id) !== null);
      presence.enter(session.tenantId, session.user, taskIds);
      const names = taskIds.flatMap((taskId) =>
        presence.others(session.tenantId, session.user.id, taskId),
      );
      return { others: [...new Set(names)].sort() };
    },
  ),
];
