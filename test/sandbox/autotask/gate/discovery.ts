import { type Answer, ok, refused } from '../api/answer.ts';
import type { World } from '../world.ts';
import { zoneUrl } from './address.ts';

/**
 * Zone and version discovery: any zone answers, without credentials, and outside of the limits (help: REST, zoneInformation;
 * API thread limiting: "ZoneInformation requests are not subject to thread limiting"). An unknown user is a 500.
 */
export function discovery(
  world: World,
  of: { method: string; parts: readonly string[]; query: URLSearchParams },
): Answer | undefined {
  const path = of.parts.join('/').toLowerCase();
  if (of.method !== 'GET') return undefined;
  if (path === 'versioninformation') return ok({ apiVersions: ['v1.0'] });
  if (path !== 'v1.0/zoneinformation') return undefined;
  const user = [...of.query].find(([name]) => name.toLowerCase() === 'user')?.[1] ?? '';
  const known = world.apiUsers.some(
    ({ userName }) => userName.toLowerCase() === user.toLowerCase(),
  );
  if (!known) return refused('The user does not exist or is not active.');
  return ok({
    zoneName: `Sandbox zone ${world.zone}`,
    url: zoneUrl(world),
    webUrl: `${world.baseUrl}/`,
    ci: 700_000 + world.zone,
  });
}
