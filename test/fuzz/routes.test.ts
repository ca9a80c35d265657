import fc from 'fast-check';
import * as v from 'valibot';
import { afterAll, describe, expect, test } from 'vitest';
import { errorCodes } from '../../server/domain/errors.ts';
import type { Rule } from '../../server/http/route.ts';
import { mountTable } from '../kit/mount-table.ts';
import { noRates } from '../kit/no-rates.ts';
import { openReadyRoad } from '../kit/ready-road.ts';
import { routeTable } from '../kit/route-table.ts';
import { type AttributedDisk, attributedDisk } from './attributed-disk.ts';
import { junkBytes, junkValue, mutated, mutation, strangeText } from './junk.ts';
import { answerMaxMs, inputs } from './length.ts';
import { like } from './like.ts';

/**
 * The whole app, with a reseller at work in it, is asked what no page and no marketplace would ask.
 * Whatever is refused has changed nothing, and nothing is a fault of ours.
 */
const world = await openWorld();
afterAll(() => world.ready.close());

interface Asked {
  segments: string[];
  query: [string, string][];
  body: Uint8Array<ArrayBuffer> | null;
  contentType: string;
}

const segment = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...world.ids) },
  { weight: 1, arbitrary: strangeText },
);
const pairs = (names: readonly string[]): fc.Arbitrary<Asked['query']> =>
  fc.array(
    fc.tuple(
      fc.oneof(fc.constantFrom(...names, '__proto__', 'constructor'), strangeText),
      fc.oneof(strangeText, fc.constantFrom('1', '2026-11-01', 'all', 'true')),
    ),
    { maxLength: 3 },
  );
const contentTypes = ['application/json', 'application/json; charset=utf-8', 'text/plain', ''];

describe('every route of the /v1 table, asked by an administrator', () => {
  test.each(routeTable().map((route) => [route.key, route] as const))(
    'T38, V1.5.2, V2.2.1, V2.2.2, V15.3.5, V15.3.6: %s answers junk, and nearly right things, without a fault or a trace',
    async (_key, route) => {
      const { body, query } = route.rule;
      const asked: fc.Arbitrary<Asked> = fc.record({
        segments: fc.array(segment, { minLength: 4, maxLength: 4 }),
        query: queryFor(query),
        body: route.method === 'GET' ? fc.constant(null) : bodyFor(body),
        contentType: fc.oneof(
          { weight: 6, arbitrary: fc.constant('application/json') },
          { weight: 1, arbitrary: fc.constantFrom(...contentTypes) },
        ),
      });
      await fc.assert(
        fc.asyncProperty(asked, (how) => world.ask(route, how, undefined)),
        inputs(12),
      );
    },
  );
});

describe('every route that needs no session', () => {
  test.each(mountTable().map((mount) => [`${mount.method} ${mount.path}`, mount] as const))(
    'T38: %s answers junk, and tokens that are nearly right, without a fault or a trace',
    async (_key, mount) => {
      const asked: fc.Arbitrary<Asked> = fc.record({
        segments: fc.array(segment, { minLength: 4, maxLength: 4 }),
        query: pairs(['mp', 'state', 'code', 'error', 'iss']),
        body: mount.method === 'GET' ? fc.constant(null) : bodyFor(undefined),
        contentType: fc.constantFrom(...contentTypes),
      });
      const authorization = fc.oneof(fc.constant(null), token);
      await fc.assert(
        fc.asyncProperty(asked, authorization, (how, as) => world.ask(mount, how, as)),
        inputs(25),
      );
    },
  );
});

test('a day that no calendar has is refused wherever a day is asked for', async () => {
  for (const query of ['from=2026-02-30', 'to=2026-13-01', 'from=2026-00-10'])
    for (const path of ['/v1/log', '/v1/log.csv', '/v1/audit', '/v1/audit.csv'])
      expect([path, query, await world.status(`${path}?${query}`)]).toEqual([path, query, 400]);
});

/** Three parts that look like a token, of junk or of JSON that is nearly right. */
const part = (value: unknown) => Buffer.from(JSON.stringify(value) ?? '').toString('base64url');
const token = fc
  .tuple(mutation, mutation, fc.constantFrom('session', 'lifecycle'), fc.string())
  .map(([head, claims, kind, end]) => {
    const header = { alg: 'ES256', typ: `mkt-${kind}+jwt`, kid: 'key-1' };
    const said = { ...world.claims, aud: `${world.url}/${kind}` };
    return `${part(mutated(header, head))}.${part(mutated(said, claims))}.${Buffer.from(end).toString('base64url') || 'AA'}`;
  });

function bodyFor(schema: unknown): fc.Arbitrary<Uint8Array<ArrayBuffer> | null> {
  const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value) ?? 'null');
  const near = schema === undefined ? junkValue : like(schema);
  return fc.oneof(
    fc.constant(null),
    junkBytes,
    near.map(bytes),
    fc.tuple(near, mutation).map(([value, how]) => bytes(mutated(value, how))),
  );
}

/** Mostly what the schema names, with values nearly right; else anything. */
function queryFor(schema: unknown): fc.Arbitrary<Asked['query']> {
  const entries = Object.entries(entriesOf(schema));
  const near = fc
    .tuple(...entries.map(([name, each]) => like(each).map((value) => ({ name, value }))))
    .map((found) =>
      found.flatMap(({ name, value }): Asked['query'] =>
        value === undefined || value === null ? [] : [[name, String(value)]],
      ),
    );
  const junk = pairs(entries.length > 0 ? entries.map(([name]) => name) : ['x']);
  return fc.oneof({ weight: 3, arbitrary: near }, { weight: 1, arbitrary: junk });
}

function entriesOf(schema: unknown): object {
  const entries: unknown =
    typeof schema === 'object' && schema !== null ? Reflect.get(schema, 'entries') : {};
  return typeof entries === 'object' && entries !== null ? entries : {};
}

const errorBody = v.strictObject({
  code: v.picklist(errorCodes),
  message: v.pipe(v.string(), v.minLength(1)),
  next: v.pipe(v.string(), v.minLength(1)),
  said: v.nullable(v.string()),
  requestId: v.pipe(v.string(), v.minLength(1)),
  retryAt: v.nullable(v.string()),
  facts: v.record(v.string(), v.string()),
});

const busyOutside = /^(system|marketplace)\.(limited|quota)$/;
const callsOutPerMinute = 20;

async function openWorld() {
  let during: AttributedDisk['during'] | null = null;
  const ready = await openReadyRoad({
    change: (given) => {
      const attributed = attributedDisk(given.disk);
      during = attributed.during;
      return { ...given, disk: attributed.disk, limits: noRates };
    },
  });
  const { road } = ready;
  const asOwn: AttributedDisk['during'] = (work) => {
    if (during === null) throw new Error('the app has not been started');
    return during(work);
  };
  let callsOut = 0;
  const url = road.world.urls.app;
  let bearer = await road.signIn();
  let until = 0;
  const nowSeconds = Math.floor(road.world.clock.nowMs() / 1000);
  const [task] = await ready.tasks('needs').then((found) => found.slice(0, 1));
  return {
    ready,
    url,
    claims: {
      iss: 'x',
      iat: nowSeconds,
      exp: nowSeconds + 60,
      jti: 'j'.repeat(22),
      env: 'sandbox',
      tid: 't',
      iid: 'i',
      roles: ['owner'],
      ctx: { module: 'xero' },
    },
    ids: [ready.connectionId, task?.id ?? 'task', 'customers', 'products', 'xero', '1', 'x'],
    async status(path: string) {
      const headers = { authorization: `Bearer ${await road.signIn()}` };
      return (await road.app.fetch(new Request(`${url}${path}`, { headers }))).status;
    },
    /** Asks once, as an administrator where no token is given, and judges the answer. */
    async ask(
      route: { method: string; path: string; rule?: Rule },
      how: Asked,
      token: string | null | undefined,
    ) {
      if (route.rule?.callsOut === true) callsOut += 1;
      // The systems have limits of their own, which asking on and on would meet.
      const isMinuteOver = callsOut > 0 && callsOut % callsOutPerMinute === 0;
      if (isMinuteOver) road.world.clock.advance({ ms: 61_000 });
      if (isMinuteOver || performance.now() > until) {
        // Well before its five minutes are over; a fresh one also serves what asks for a fresh sign-in.
        bearer = await road.signIn();
        until = performance.now() + 20_000;
      }
      const as = token === undefined ? bearer : token;
      const { segments } = how;
      // The connection of the others stays.
      const ends = route.method === 'DELETE' && route.path === '/v1/connections/:connectionId';
      const isIn = route.path.startsWith('/v1/connections/') && !ends;
      const first = isIn && segments[0] !== 'x' ? ready.connectionId : null;
      let at = 0;
      const path = route.path.replaceAll(/:\w+/g, () => {
        const own = at === 0 ? first : null;
        const other = segments[at + 1] ?? 'x';
        at += 1;
        const name = own ?? (ends && other === ready.connectionId ? 'x' : other);
        return encodeURIComponent(name.toWellFormed()) || 'x';
      });
      const query = how.query.length === 0 ? '' : `?${new URLSearchParams(how.query)}`;
      const aborting = new AbortController();
      const request = new Request(`${url}${path}${query}`, {
        method: route.method,
        signal: aborting.signal,
        headers: {
          ...(as === null ? {} : { authorization: `Bearer ${as}` }),
          ...(how.contentType === '' ? {} : { 'content-type': how.contentType }),
        },
        ...(how.body === null ? {} : { body: how.body }),
      });
      const startedMs = performance.now();
      const { answer: response, changes } = await asOwn(() => road.app.fetch(request));
      const isStream = response.headers.get('content-type') === 'application/x-ndjson';
      if (isStream) {
        aborting.abort();
        await response.body?.cancel();
      }
      const text = isStream ? '' : await response.text();
      expect(performance.now() - startedMs).toBeLessThan(answerMaxMs);
      const said = `${route.method} ${path}${query}: ${response.status} ${text.slice(0, 300)}`;
      if (response.status < 400) return;
      const { code } = v.parse(errorBody, JSON.parse(text));
      if (!busyOutside.test(code)) expect(response.status, said).toBeLessThan(500);
      // What the other side refused was tried, and stands in the log.
      if (!/^(system|marketplace)\./.test(code))
        expect(changes, `${said} changed something`).toBe(0);
    },
  };
}
