import { AppError } from '../../domain/errors.ts';
import { grantBody } from '../bodies.ts';
import { atConnection, changeConnection, type Desk } from '../desk.ts';
import { nameOf } from '../present/money.ts';
import { type AnyRoute, route } from '../route.ts';
import type { PeopleView } from '../views/people.ts';

/** Who has opened the app, and which operators may approve and switch automatic on. */
export const peopleRoutes = (desk: Desk): AnyRoute[] => [
  route('GET /v1/connections/:connectionId/people', { role: 'viewer' }, ({ session, params }) =>
    peopleView(desk, session.tenantId, params.connectionId),
  ),
  route(
    'PUT /v1/connections/:connectionId/grants',
    { role: 'admin', stepUp: true, audit: 'grant', body: grantBody },
    async ({ session, params, body }) => {
      const { tenantId, actor: by } = session;
      const { userId, granted } = body;
      await changeConnection(desk, tenantId, params.connectionId, (tx, connection, at) => {
        const name = tx.get('visit', userId)?.name ?? '';
        const known = connection.grants.find((grant) => grant.userId === userId);
        if (granted ? name === '' : known === undefined) throw new AppError('request.not-found');
        const others = connection.grants.filter((grant) => grant.userId !== userId);
        tx.put('connection', {
          ...connection,
          grants: granted ? [...others, { userId, name, by, at }] : others,
        });
        tx.log({
          actor: by,
          action: granted ? 'granted' : 'grant-taken',
          result: 'ok',
          connectionId: connection.id,
          customerId: null,
          subject: connection.account.name,
          taskId: null,
          orderId: null,
          documentId: null,
          documentUrl: null,
          amount: null,
          failure: null,
          facts: { name: known?.name ?? name },
          details: { userId },
        });
      });
      return peopleView(desk, tenantId, params.connectionId);
    },
  ),
];

async function peopleView(
  desk: Desk,
  tenantId: Parameters<typeof atConnection>[1],
  connectionId: string,
): Promise<PeopleView> {
  const { reader, connection } = await atConnection(desk, tenantId, connectionId);
  const visits = reader.list('visit').filter(({ name }) => name !== '');
  return {
    people: visits
      .map(({ id, name, at }) => {
        const grant = connection.grants.find(({ userId }) => userId === id);
        return {
          id,
          name,
          lastAt: at,
          granted: grant === undefined ? null : { by: nameOf(grant.by), at: grant.at },
        };
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    limit: connection.settings.twoPeopleAbove,
  };
}
