import { type Answer, forbidden, refused, unauthorized } from '../api/answer.ts';
import type { ActiveFaults } from '../faults.ts';
import type { ApiUser, World } from '../world.ts';

/** The API user of a request, or the 401 that its headers get (help: REST, authentication; API tracking identifier). */
export function admit(
  world: World,
  of: { headers: Headers; zone: number | undefined; faults: ActiveFaults },
): { user: ApiUser; trackingId: string } | Answer {
  const { headers, zone, faults } = of;
  const trackingId = headers.get('apiintegrationcode') ?? '';
  const userName = (headers.get('username') ?? '').toLowerCase();
  const user = world.apiUsers.find((one) => one.userName.toLowerCase() === userName);
  const isKnown =
    user?.isActive === true &&
    headers.get('secret') === user.secret &&
    !faults.has('credentials-revoked');
  // A tenant that moved is not known in its old zone any more: discovery tells the new one.
  if (!user || !isKnown || (zone !== undefined && zone !== world.zone))
    return unauthorized('The user name or secret is not valid in this zone.');
  if (!world.trackingIds.includes(trackingId) || faults.has('tracking-id-refused'))
    return unauthorized('IntegrationCode is invalid.');
  return { user, trackingId };
}

/** The impersonated resource of a request (help: REST, resource impersonation), or why it is refused. */
export function impersonated(world: World, headers: Headers): number | undefined | Answer {
  const text = headers.get('impersonationresourceid');
  if (text === null || text === '') return undefined;
  const id = /^\d{1,12}$/.test(text) ? Number(text) : undefined;
  const resource = world.tables.get('Resources', id);
  return resource?.values.isActive === true
    ? resource.id
    : refused('The ImpersonationResourceId is not an active resource.');
}

/** A right that the security level lacks is a 403, or a 500 with its text. */
export function rightsRefused(faults: ActiveFaults): Answer | undefined {
  const fault = faults.get('rights-revoked');
  if (!fault) return undefined;
  const text =
    'The logged in Resource does not have the adequate permissions to update this entity type.';
  return fault.status === 500 ? refused(text) : forbidden(text);
}
