import type { Context } from 'hono';
import type { World } from '../world.ts';
import { admit } from './admit.ts';
import { exchange } from './exchange.ts';
import { plannedTooMany, tooMany } from './refusals.ts';

export const API_BASE = '/api.xro/2.0';

/** Everything between the address and the handler: who, how often, which fault, seen before. */
export async function gate(context: Context, world: World): Promise<Response> {
  const url = new URL(context.req.url);
  const path = url.pathname.slice(API_BASE.length);
  const { method } = context.req;
  world.calls.count(method, url.pathname);
  const faults = world.faults.meet({ method, path: url.pathname });
  const correlation = { 'Xero-Correlation-Id': world.traceId() };
  const withHeaders = (response: Response, more: Record<string, string> = {}): Response => {
    for (const [name, value] of Object.entries({ ...correlation, ...more }))
      response.headers.set(name, value);
    return response;
  };
  const admitted = admit(context, world, { faults, endpoint: endpointOf(path), method });
  if (admitted instanceof Response) return withHeaders(admitted);
  const { clientId, tenantId } = admitted;
  const verdict = world.limits.enter({ clientId, tenantId, nowMs: world.nowMs() });
  try {
    const planned = plannedTooMany(faults, verdict.headers);
    if (planned) return withHeaders(planned);
    if (verdict.problem) return withHeaders(tooMany(verdict));
    const response = await exchange(context, world, { clientId, tenantId, url, path, faults });
    return withHeaders(response, verdict.headers);
  } finally {
    world.limits.leave({ clientId, tenantId });
  }
}

/** What a scope opens: the first part of the path, and files wherever they are (developer.xero.com, Attachments). */
function endpointOf(path: string): string {
  const parts = path.split('/');
  return parts[3] === 'Attachments' ? 'Attachments' : (parts[1] ?? '');
}
