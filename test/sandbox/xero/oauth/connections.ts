import type { Context } from 'hono';
import type { World } from '../world.ts';
import type { AccessToken } from './access.ts';

/** GET /connections, with authEventId only what one consent chose (xero-identity.yaml). Not part of a tenant's quota. */
export function listConnections(context: Context, world: World): Response {
  const bearer = bearerOf(context, world);
  if (bearer instanceof Response) return bearer;
  const authEventId = context.req.query('authEventId');
  const mine = [...world.access.connections.values()].filter(
    (connection) =>
      connection.clientId === bearer.clientId &&
      connection.userId === bearer.userId &&
      (authEventId === undefined || connection.authEventId === authEventId),
  );
  return context.json(
    mine.map((connection) => ({
      id: connection.id,
      authEventId: connection.authEventId,
      tenantId: connection.tenantId,
      tenantType: 'ORGANISATION',
      tenantName: world.organisations.get(connection.tenantId)?.name ?? '',
      createdDateUtc: withoutZone(connection.createdMs),
      updatedDateUtc: withoutZone(connection.updatedMs),
    })),
  );
}

/** DELETE /connections/{id}: 204, or 404 for one that this token does not own. */
export function deleteConnection(context: Context, world: World): Response {
  const bearer = bearerOf(context, world);
  if (bearer instanceof Response) return bearer;
  const connection = world.access.connections.get(context.req.param('id') ?? '');
  if (connection?.clientId !== bearer.clientId || connection.userId !== bearer.userId)
    return context.body(null, 404);
  world.access.connections.delete(connection.id);
  world.record({ kind: 'connection.removed', actor: `api:${bearer.clientId}`, data: connection });
  return context.body(null, 204);
}

/** Removes every connection of an organisation, as a person does under Connected apps. */
export function disconnectOrganisation(world: World, tenantId: string, actor: string): void {
  for (const connection of [...world.access.connections.values()]) {
    if (connection.tenantId !== tenantId) continue;
    world.access.connections.delete(connection.id);
    world.record({ kind: 'connection.removed', actor, data: connection });
  }
}

/** The token of a request, or the 401 that Xero gives (xero-node #370 shows the form). */
export function bearerOf(context: Context, world: World): AccessToken | Response {
  const [scheme, text] = (context.req.header('authorization') ?? '').split(' ');
  const token =
    scheme?.toLowerCase() === 'bearer' ? world.access.tokens.get(text ?? '') : undefined;
  if (!token) return refusal(world, { status: 401, detail: 'AuthenticationUnsuccessful' });
  if (token.expiresMs <= world.nowMs())
    return refusal(world, { status: 401, detail: expiredWords(token.expiresMs) });
  return token;
}

/** `TokenExpired: token expired at 07/26/2020 20:49:26` */
export function expiredWords(ms: number): string {
  const [date = '', time = ''] = new Date(ms).toISOString().slice(0, 19).split('T');
  const [year, month, day] = date.split('-');
  return `TokenExpired: token expired at ${month}/${day}/${year} ${time}`;
}

export function refusal(
  world: World,
  { status, detail }: { status: 401 | 403; detail: string },
): Response {
  const Title = status === 401 ? 'Unauthorized' : 'Forbidden';
  return Response.json(
    {
      Type: null,
      Title,
      Status: status,
      Detail: detail,
      Instance: world.traceId(),
      Extensions: {},
    },
    { status },
  );
}

/** The example of xero-identity.yaml: seven decimals and no zone. */
function withoutZone(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 23)}0000`;
}
