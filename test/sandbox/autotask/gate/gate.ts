import type { Context } from 'hono';
import { hang, pause } from '../../hang.ts';
import { numberOption } from '../../switches.ts';
import { notFound } from '../api/answer.ts';
import type { Call } from '../api/call.ts';
import { routeOf } from '../api/routes.ts';
import { usedByOthers } from '../api/threshold.ts';
import { isWrite } from '../faults.ts';
import type { World } from '../world.ts';
import { type Address, zoneUrl } from './address.ts';
import { admit, impersonated, rightsRefused } from './admit.ts';
import { discovery } from './discovery.ts';
import { THREADS_MAX } from './limits.ts';
import { overThreads, overThreshold, plannedFailure } from './refusals.ts';
import { respond, spoiled } from './respond.ts';

const BODY_BYTES_MAX = 10_000_000;
const SLOW_MS = 3_000;
const LATE_MS = 60_000;

/** Everything between the address and the handler: who, how often, how many at once, which fault. */
export async function gate(context: Context, world: World, address: Address): Promise<Response> {
  const url = new URL(context.req.url);
  const { method } = context.req;
  const { headers } = context.req.raw;
  const query = url.searchParams;
  const { parts, zone } = address;
  world.calls.count(method, `/${parts.join('/')}`);
  const found = discovery(world, { method, parts, query });
  if (found) return respond(found);
  const [version = '', ...below] = parts;
  if (version.toLowerCase() !== 'v1.0') return respond(notFound());
  const request = { method, path: url.pathname };
  const faults = world.faults.meet(request);
  const admitted = admit(world, { headers, zone, faults });
  if ('status' in admitted) return respond(admitted);
  const route = routeOf(method, below);
  if (!route) return respond(notFound());
  const thread = `${admitted.trackingId} ${route.endpoint}`;
  const threadLimit = faults.get('thread-limit');
  const threadsMax = threadLimit ? numberOption(threadLimit, 'threads', 0) : THREADS_MAX;
  if (!world.limits.enter(thread, threadsMax)) return respond(overThreads());
  try {
    const verdict = world.limits.count(world.nowMs(), usedByOthers(faults));
    if (verdict.isOver) return respond(overThreshold(verdict.retryAfterS));
    const { signal } = context.req.raw;
    if (verdict.delayMs > 0) await pause(world, verdict.delayMs, signal);
    const planned = rightsRefused(faults) ?? plannedFailure(faults);
    if (planned) return respond(planned);
    const impersonatedId = impersonated(world, headers);
    if (typeof impersonatedId === 'object') return respond(impersonatedId);
    const bytes = await context.req.arrayBuffer();
    if (bytes.byteLength > BODY_BYTES_MAX) return new Response(null, { status: 413 });
    const call: Call = {
      world,
      user: admitted.user,
      method,
      parts: below,
      query,
      body: new TextDecoder().decode(bytes),
      zoneUrl: zoneUrl(world),
      impersonatedId,
      hidesCosts: world.hidesCosts || faults.has('costs-hidden'),
      faults,
    };
    if (faults.has('time-out-before-commit')) return await hang(world, signal);
    const late = faults.get('late-commit');
    if (late && isWrite(request)) {
      const dueMs = world.nowMs() + numberOption(late, 'delayMs', LATE_MS);
      world.late.add(dueMs, () => route.handle(call));
      return await hang(world, signal);
    }
    const answer = route.handle(call);
    if (faults.has('time-out-after-commit')) return await hang(world, signal);
    const slow = faults.get('slow');
    if (slow) await pause(world, numberOption(slow, 'delayMs', SLOW_MS), signal);
    return respond(spoiled(answer, faults));
  } finally {
    world.limits.leave(thread);
  }
}
