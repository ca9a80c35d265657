import type { Context } from 'hono';
import { hang, pause } from '../../hang.ts';
import { numberOption } from '../../switches.ts';
import { type Answer, refused, wrongMethod } from '../api/answer.ts';
import type { Call } from '../api/call.ts';
import { formOf } from '../api/form.ts';
import { noEndpoint, notAllowed, refusal } from '../api/refusal.ts';
import { routeOf } from '../api/routes.ts';
import { type ActiveFaults, isWrite } from '../faults.ts';
import type { World } from '../world.ts';
import { isCodebase } from './address.ts';
import { refusedEntry } from './admit.ts';
import { plannedFailure, timedOut, tooMany } from './refusals.ts';
import { type Reply, respond, spoiled } from './respond.ts';
import { contentTypeOf } from './version.ts';

const BODY_BYTES_MAX = 20_000_000;
const SLOW_MS = 3_000;
const LATE_MS = 60_000;
const CALLS_PER_MINUTE = 60;
const MINUTE_S = 60;
const JSON_TYPE = 'application/json; charset=utf-8';

/** Everything between the address and the handler: who, with which right, which version, which fault. */
export async function gate(
  context: Context,
  world: World,
  address: { codebase: string; parts: string[] },
): Promise<Response> {
  const { method, raw } = context.req;
  const { headers } = raw;
  const { parts, codebase } = address;
  const reply: Reply = { contentType: JSON_TYPE, requestId: requestId(world) };
  world.calls.count(method, `/${parts.join('/')}`);
  const request = { method, path: new URL(context.req.url).pathname };
  const faults = world.faults.meet(request);
  if (!isCodebase(world, codebase)) return respond(refused(noEndpoint()), reply);
  const stopped = refusedEntry(world, { headers, faults }) ?? limited(world, faults);
  if (stopped) return respond(stopped, reply);
  const contentType = contentTypeOf(headers.get('accept'));
  if (contentType === undefined)
    return respond(refused(refusal(400, 'The version of the Accept header is not valid.')), reply);
  reply.contentType = contentType;
  const route = routeOf(parts);
  if (!route) return respond(refused(noEndpoint()), reply);
  const found = route.methods[method];
  if (!found) return respond(wrongMethod(method), reply);
  if (!world.role.has(route.right, found.verb)) return respond(refused(notAllowed()), reply);
  const planned = plannedFailure(faults);
  if (planned) return respond(planned, reply);
  const bytes = await context.req.arrayBuffer();
  if (bytes.byteLength > BODY_BYTES_MAX) return new Response(null, { status: 413 });
  const form = await formOf(headers, bytes);
  const call: Call = {
    world,
    method,
    parts,
    query: new URL(context.req.url).searchParams,
    headers,
    body: form ? '' : new TextDecoder().decode(bytes),
    form,
    apiUrl: `${world.baseUrl}/${codebase}/apis/3.0`,
    hidesCosts: world.role.hidesCosts || faults.has('costs-hidden'),
    faults,
  };
  const { signal } = raw;
  if (faults.has('time-out-before-commit')) return await hang(world, signal);
  const late = faults.get('late-commit');
  if (late && isWrite(request)) {
    const dueMs = world.nowMs() + numberOption(late, 'delayMs', LATE_MS);
    world.late.add(dueMs, () => found.handle(call));
    return await hang(world, signal);
  }
  const answer = found.handle(call);
  if (faults.has('time-out-after-commit')) return await hang(world, signal);
  if (faults.has('server-error-after-commit')) return respond(timedOut(), reply);
  const slow = faults.get('slow');
  if (slow) await pause(world, numberOption(slow, 'delayMs', SLOW_MS), signal);
  return respond(spoiled(answer, faults), reply);
}

function limited(world: World, faults: ActiveFaults): Answer | undefined {
  const limit = faults.get('calls-per-minute');
  if (!limit) return undefined;
  const callsMax = numberOption(limit, 'max', CALLS_PER_MINUTE);
  return world.limits.count(world.nowMs(), callsMax) ? undefined : tooMany(MINUTE_S);
}

/** In the form of a GUID, counted, so that a run is the same each time. */
function requestId({ tables }: World): string {
  return `c0ffee00-0000-4000-8000-${String(tables.next('request')).padStart(12, '0')}`;
}
