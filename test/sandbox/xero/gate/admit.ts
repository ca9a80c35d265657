import type { Context } from 'hono';
import type { ActiveFaults } from '../faults.ts';
import { connectionOf } from '../oauth/access.ts';
import { bearerOf, disconnectOrganisation, expiredWords, refusal } from '../oauth/connections.ts';
import { mayCall } from '../oauth/scopes.ts';
import type { World } from '../world.ts';

/** Who calls and for which organisation, or the 401 or 403 that Xero gives. */
export function admit(
  context: Context,
  world: World,
  of: { faults: ActiveFaults; endpoint: string; method: string },
): { clientId: string; tenantId: string } | Response {
  if (of.faults.has('token-expired'))
    return refusal(world, { status: 401, detail: expiredWords(world.nowMs()) });
  const bearer = bearerOf(context, world);
  if (bearer instanceof Response) return bearer;
  const tenantId = context.req.header('xero-tenant-id')?.toLowerCase() ?? '';
  if (of.faults.has('remote-disconnect'))
    disconnectOrganisation(world, tenantId, 'person:bookkeeper');
  const { clientId, userId, scopes } = bearer;
  // The tenant is gone or not in the token: 403 while the refresh still works.
  if (!connectionOf(world.access, { clientId, userId, tenantId }))
    return refusal(world, { status: 403, detail: 'AuthenticationUnsuccessful' });
  if (
    of.faults.has('scope-missing') ||
    !mayCall({ scopes, endpoint: of.endpoint, method: of.method })
  )
    return refusal(world, { status: 401, detail: 'AuthorizationUnsuccessful' });
  return { clientId, tenantId };
}
