import type { AnyRoute } from '../../server/http/route.ts';
import { type ApiServices, apiRoutes } from '../../server/http/routes/index.ts';

/**
 * The app's own `/v1` table with its rules, for what holds before a handler runs: the services that
 * the handlers would use are empty, so no handler of it may be called.
 */
export function routeTable(): AnyRoute[] {
  const empty: ApiServices = JSON.parse(
    '{"desk":{},"marketplace":{},"flows":{},"credentials":{},"stream":{},"disconnect":{},"audit":{}}',
  );
  return apiRoutes(empty);
}
