import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { hang, pause } from '../../hang.ts';
import { numberOption } from '../../switches.ts';
import type { Call } from '../api/call.ts';
import { highVolumeAnswer, validationAnswer } from '../api/errors.ts';
import { routeOf } from '../api/routes.ts';
import { queryErrors } from '../api/strict.ts';
import { readSince } from '../dates.ts';
import type { ActiveFaults } from '../faults.ts';
import type { World } from '../world.ts';
import { responseOf, spoiled, written } from './answer.ts';
import { isKey, type KeyedCall } from './idempotency.ts';
import { plannedFailure, plannedPoison } from './refusals.ts';

/** The size limit in most official texts; one place says 10 MB. */
const BODY_BYTES_MAX = 3_500_000;
/** About 52 GUIDs fit in IDs, the 53rd gives 404: it is the length of the query string (xero-node #404). */
const QUERY_LENGTH_MAX = 2_048;
const SLOW_MS = 3_000;
const LATE_MS = 60_000;

interface Admitted {
  clientId: string;
  tenantId: string;
  url: URL;
  path: string;
  faults: ActiveFaults;
}

/** One admitted request: checked, looked up by its key, handled, and spoiled where a fault asks for it. */
export async function exchange(context: Context, world: World, of: Admitted): Promise<Response> {
  const { clientId, faults, url } = of;
  const { method } = context.req;
  const accept = context.req.header('accept') ?? '';
  const render = (answer: Parameters<typeof written>[0]) =>
    written(answer, { world, clientId, accept });
  if (url.search.length > QUERY_LENGTH_MAX) return new Response(null, { status: 404 });
  const route = routeOf(method, of.path);
  const organisation = world.organisations.get(of.tenantId);
  if (!route || !organisation) return new Response(null, { status: 404 });
  const since = context.req.header('if-modified-since');
  const sinceMs = since === undefined ? undefined : readSince(since);
  if (since !== undefined && sinceMs === undefined) return new Response(null, { status: 412 });
  const bytes = new Uint8Array(await context.req.arrayBuffer());
  if (bytes.byteLength > BODY_BYTES_MAX) return new Response(null, { status: 413 });
  const call: Call = {
    world,
    organisation,
    clientId,
    method,
    template: route.template,
    ids: route.ids,
    query: url.searchParams,
    sinceMs,
    accept,
    body: new TextDecoder().decode(bytes),
    bytes,
    contentType: context.req.header('content-type') ?? '',
    faults,
  };
  const badQuery = queryErrors(call);
  if (badQuery) return responseOf(render(badQuery), {});
  if (faults.has('high-volume')) return responseOf(render(highVolumeAnswer()), {});
  const keyText = method === 'GET' ? undefined : context.req.header('idempotency-key');
  if (keyText !== undefined && !isKey(keyText))
    return responseOf(render(validationAnswer('The Idempotency-Key is not valid')), {});
  const key =
    keyText === undefined ? undefined : keyedCall(keyText, { of, method, body: call.body, world });
  const seen = key ? world.idempotency.look(key) : { status: 'new' as const };
  if (seen.status === 'conflict' || (key && faults.has('idempotency-conflict')))
    return responseOf(
      render(
        validationAnswer('The Idempotency-Key has already been used with a different request'),
      ),
      {},
    );
  if (seen.status === 'replay') return responseOf(seen.answer, {});
  const failure = plannedFailure(faults) ?? plannedPoison(faults, call.body);
  if (failure) {
    // Errors are replayed too; maintenance never reached the ledger.
    const text = await failure.clone().text();
    const stored = {
      status: failure.status,
      contentType: failure.headers.get('content-type') ?? undefined,
      body: text,
    };
    if (key && failure.status === 500) world.idempotency.keep(key, stored);
    return failure;
  }
  const { signal } = context.req.raw;
  if (faults.has('time-out-before-commit')) return hang(world, signal);
  const apply = () => {
    const stored = render(route.handle(call));
    if (key) world.idempotency.keep({ ...key, nowMs: world.nowMs() }, stored);
    return stored;
  };
  const late = faults.get('late-commit');
  if (late) {
    world.late.add(world.nowMs() + numberOption(late, 'delayMs', LATE_MS), () => {
      if (!key || world.idempotency.look({ ...key, nowMs: world.nowMs() }).status === 'new')
        apply();
    });
    return hang(world, signal);
  }
  const stored = apply();
  if (faults.has('time-out-after-commit')) return hang(world, signal);
  const slow = faults.get('slow');
  if (slow) await pause(world, numberOption(slow, 'delayMs', SLOW_MS), signal);
  return responseOf(spoiled(stored, faults), {});
}

function keyedCall(
  key: string,
  of: { of: Admitted; method: string; body: string; world: World },
): KeyedCall {
  const { tenantId, url, clientId } = of.of;
  const text = [of.method, url.pathname, url.search, tenantId, of.body].join('\n');
  const fingerprint = createHash('sha256').update(text).digest('hex');
  return { clientId, key, fingerprint, nowMs: of.world.nowMs() };
}
