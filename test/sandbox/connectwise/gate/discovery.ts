import type { World } from '../world.ts';

/**
 * `GET /login/companyinfo/{companyId}`, without credentials. The codebase ends with a slash; a company that nobody knows is 200
 * with `null` (what public clients do with it). `SiteUrl` is a host without a scheme.
 */
export function companyInfo(world: World, companyId: string): Response {
  const isKnown = companyId.toLowerCase() === world.companyId.toLowerCase();
  return Response.json(
    isKnown
      ? {
          CompanyName: world.name,
          CompanyID: world.companyId,
          Codebase: `${world.codebase}/`,
          VersionCode: world.codebase.replace('_', '.'),
          IsCloud: true,
          SiteUrl: new URL(world.baseUrl).host,
        }
      : null,
  );
}
