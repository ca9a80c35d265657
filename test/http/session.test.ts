import * as v from 'valibot';
import { expect, test } from 'vitest';
import { createSessions } from '../../server/access/sessions.ts';
import { pauseBody } from '../../server/http/bodies.ts';
import { createEvents } from '../../server/http/events.ts';
import { route } from '../../server/http/route.ts';
import { streamRoutes } from '../../server/http/routes/stream.ts';
import { routeAccessBattery } from '../batteries/route-access.ts';
import { createAccessWorld, publicUrl, realCrypto, tenantOf } from '../kit/access-world.ts';
import { createMemoryStore } from '../kit/memory-store.ts';
import { createTestClock } from '../kit/test-clock.ts';

const pause = route(
  'POST /v1/connections/:connectionId/pause',
  { role: 'admin', stepUp: true, body: pauseBody },
  async ({ body, params, session }) => {
    throw new Error(`${body.paused} ${params.connectionId} ${session.user.id} canary`);
  },
);
const visible = route('GET /v1/kept-records', { role: 'viewer' }, async () => []);
const clock = createTestClock('2026-11-23T10:00:00.000Z');
const store = createMemoryStore(clock);
const sessions = createSessions({ store, clock, crypto: realCrypto });

routeAccessBattery('examples', [
  pause,
  visible,
  ...streamRoutes({ events: createEvents(), sessions, clock }),
]);

const errorSchema = v.strictObject({
  code: v.string(),
  message: v.string(),
  next: v.string(),
  said: v.nullable(v.string()),
  requestId: v.string(),
  retryAt: v.nullable(v.string()),
  facts: v.record(v.string(), v.string()),
});
const codeOf = async (response: Response) => v.parse(errorSchema, await response.json()).code;

async function worldWithSession() {
  const world = await createAccessWorld({ routes: [pause, visible] });
  await world.install();
  const authorization = `Bearer ${await world.bearer()}`;
  return { ...world, authorization };
}

test('a host token becomes a bearer of five minutes, and says whose', async () => {
  const world = await createAccessWorld();
  await world.install();
  const response = await world.openSession();
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await response.json()).toMatchObject({
    expiresInSeconds: 300,
    user: { id: 'user-1', name: 'Ada', role: 'admin' },
    tenant: { name: 'Bluegum IT', marketplace: 'Example Market' },
    module: 'xero',
  });
});

test('V7.2.2, V7.2.3: every session has a bearer of its own, of 256 random bits', async () => {
  const world = await createAccessWorld();
  await world.install();
  const bearers: string[] = [];
  for (let turn = 0; turn < 20; turn += 1)
    bearers.push(await world.bearer({ sub: `user-${turn}` }));
  expect(new Set(bearers).size).toBe(20);
  for (const bearer of bearers) expect(Buffer.from(bearer, 'base64url')).toHaveLength(32);
});

test('V7.2.4: a renewed session has a new bearer, and the one before ends with its stream', async () => {
  const world = await worldWithSession();
  const first = await world.bearer();
  const stream = await world.get('/v1/stream', first);
  const others = await world.bearer({ sub: 'user-2' });
  const renew = async (replaces: unknown) =>
    world.post('/v1/session', await world.sessionToken(), JSON.stringify({ replaces }));
  // Somebody else’s bearer does not end, whoever names it.
  expect((await renew(others)).status).toBe(200);
  expect((await world.get('/v1/kept-records', others)).status).toBe(200);
  const renewed = await renew(first);
  expect(renewed.status).toBe(200);
  const { token } = v.parse(v.object({ token: v.string() }), await renewed.json());
  expect((await world.get('/v1/kept-records', token)).status).toBe(200);
  expect(await codeOf(await world.get('/v1/kept-records', first))).toBe('access.unauthenticated');
  expect(await stream.text()).toContain('hello');
  for (const odd of [7, null, 'x', { a: 1 }]) expect((await renew(odd)).status).toBe(400);
});

test('V7.4.2, V7.6.1: whoever the marketplace removes is out within five minutes', async () => {
  const world = await worldWithSession();
  const bearer = await world.bearer();
  expect((await world.get('/v1/kept-records', bearer)).status).toBe(200);
  await world.clock.advance(5 * 60_000);
  expect((await world.get('/v1/kept-records', bearer)).status).toBe(401);
  expect((await world.openSession({ roles: [] })).status).toBe(403);
});

test('T10: a session token works once, also fifty times at once', async () => {
  const world = await createAccessWorld();
  await world.install();
  const token = await world.sessionToken();
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => world.post('/v1/session', token, '{}')),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
});

test('T10: a session token from before the start is refused', async () => {
  const world = await createAccessWorld();
  await world.install();
  const iat = Math.floor(world.clock.nowMs() / 1000) - 1;
  expect((await world.openSession({ iat, exp: iat + 60 })).status).toBe(401);
});

test('T21: an unknown role has no access, and the map’s names are its own only', async () => {
  const world = await createAccessWorld();
  await world.install();
  for (const roles of [['stranger'], [], ['constructor'], ['admin']])
    expect((await world.openSession({ roles })).status).toBe(403);
});

test('T18: outside there is one error for every refused token', async () => {
  const world = await createAccessWorld();
  await world.install();
  const bodies = [];
  for (const over of [{ iss: 'x' }, { aud: 'x' }, { exp: 1 }, { org: 'https://evil.example' }]) {
    const response = await world.openSession(over);
    expect(response.status).toBe(401);
    const { requestId: _id, ...body } = v.parse(errorSchema, await response.json());
    bodies.push(JSON.stringify(body));
  }
  expect(new Set(bodies).size).toBe(1);
});

test('T16, V7.3.1, V7.3.2, V7.4.1, V7.4.5, V7.6.1: sessions live only while enabled, and a bearer ends with its installation or after five minutes', async () => {
  const world = await worldWithSession();
  const call = () =>
    world.app.request(`${publicUrl}/v1/kept-records`, {
      headers: { authorization: world.authorization },
    });
  expect((await call()).status).toBe(200);
  await world.clock.advance(299_000);
  expect((await call()).status).toBe(200);
  await world.clock.advance(1_000);
  expect(await codeOf(await call())).toBe('access.expired');
  await world.tell('disabled');
  expect(await codeOf(await world.openSession())).toBe('access.disabled');
});

test.each([
  ['not JSON', '{', 'application/json', 400],
  ['a duplicate type', '{}', 'text/plain', 400],
  ['an unknown member', '{"paused":true,"canary":1}', 'application/json', 400],
  ['a wrong type', '{"paused":"canary"}', 'application/json', 400],
  ['a prototype name', '{"paused":true,"__proto__":{"canary":1}}', 'application/json', 400],
  ['nothing', '', 'application/json', 400],
  ['invalid UTF-8', new Uint8Array([0x7b, 0xff, 0x7d]), 'application/json', 400],
  ['too much', ' '.repeat(600_000), 'application/json', 413],
])(
  'V15.3.6, V2.2.1: %s as a body is a clear error that repeats nothing',
  async (_what, body, type, status) => {
    const world = await worldWithSession();
    const response = await world.app.request(`${publicUrl}/v1/connections/c1/pause`, {
      method: 'POST',
      headers: { authorization: world.authorization, 'content-type': type },
      body,
    });
    expect(response.status).toBe(status);
    const text = await response.text();
    expect(text).not.toContain('canary');
    v.parse(errorSchema, JSON.parse(text));
  },
);

test('T39, V16.5.1, V16.3.4: an error of ours tells its number and nothing else', async () => {
  const world = await worldWithSession();
  const response = await world.app.request(`${publicUrl}/v1/connections/c1/pause`, {
    method: 'POST',
    headers: { authorization: world.authorization, 'content-type': 'application/json' },
    body: '{"paused":true}',
  });
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain('canary');
});

test('V15.3.3: unknown query members, paths and methods are refused in the one form', async () => {
  const world = await worldWithSession();
  const headers = { authorization: world.authorization };
  const ask = (path: string, method = 'GET') =>
    world.app.request(`${publicUrl}${path}`, { method, headers });
  expect(await codeOf(await ask('/v1/kept-records?canary=1'))).toBe('request.invalid');
  expect(await codeOf(await ask('/v1/kept-records?a=1&a=2'))).toBe('request.invalid');
  expect(await codeOf(await ask('/v1/nothing'))).toBe('request.not-found');
  const wrong = await ask('/v1/kept-records', 'POST');
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET']);
});

test('T16: a stream tells events, and ends with its installation', async () => {
  const world = await worldWithSession();
  const response = await world.app.request(`${publicUrl}/v1/stream`, {
    headers: { authorization: world.authorization },
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const next = async () => (await reader?.read())?.value;
  expect(await next()).toContain('hello');
  world.events.publish(tenantOf('reseller-1'), {
    type: 'changed',
    what: ['tasks'],
    connectionId: null,
  });
  expect(await next()).toContain('changed');
  world.events.publish(tenantOf('other'), { type: 'changed', what: ['log'], connectionId: null });
  await world.tell('disabled');
  expect(await next()).toBeUndefined();
});

test('T16: a stream ends within a second of an epoch that another process raised', async () => {
  const world = await worldWithSession();
  const response = await world.app.request(`${publicUrl}/v1/stream`, {
    headers: { authorization: world.authorization },
  });
  let ended = false;
  const text = response.text().then((all) => {
    ended = true;
    return all;
  });
  const pass = async (ms: number) => {
    await world.clock.advance(ms);
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  await pass(2_000);
  expect(ended).toBe(false);
  await world.store.transact(tenantOf('reseller-1'), (tx) => {
    for (const each of tx.list('installation'))
      tx.put('installation', { ...each, epoch: each.epoch + 1 });
  });
  await pass(1_000);
  expect(ended).toBe(true);
  expect((await text).trim().split('\n')).toHaveLength(1);
});

test('T19: a stream tells its own tenant’s events alone', async () => {
  const world = await worldWithSession();
  const response = await world.app.request(`${publicUrl}/v1/stream`, {
    headers: { authorization: world.authorization },
  });
  const text = response.text();
  const changed = { type: 'changed' as const, connectionId: null };
  // The reader has to be there before anything is told.
  await new Promise((resolve) => setImmediate(resolve));
  world.events.publish(tenantOf('reseller-2'), { ...changed, what: ['log'] });
  world.events.publish(tenantOf('reseller-1'), { ...changed, what: ['tasks'] });
  await new Promise((resolve) => setImmediate(resolve));
  await world.tell('disabled');
  expect(await text).toContain('tasks');
  expect(await text).not.toContain('log');
});

test('T16: a stream ends with its bearer', async () => {
  const world = await worldWithSession();
  const response = await world.app.request(`${publicUrl}/v1/stream`, {
    headers: { authorization: world.authorization },
  });
  const text = response.text();
  for (let second = 0; second <= 301; second += 1) {
    await world.clock.advance(1_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const lines = (await text).trim().split('\n');
  expect(lines.filter((line) => line.includes('ping')).length).toBeGreaterThan(10);
});

test('V2.4.1: one person takes at most twenty places for open pages, and leaves the others to colleagues', async () => {
  const world = await createAccessWorld();
  await world.install();
  const ending = new AbortController();
  const open = async (bearer: string) => {
    const headers = { authorization: `Bearer ${bearer}` };
    const asked = new Request(`${publicUrl}/v1/stream`, { headers, signal: ending.signal });
    return (await world.app.request(asked)).status;
  };
  const ada = await world.bearer();
  const statuses: number[] = [];
  for (let page = 0; page < 21; page += 1) statuses.push(await open(ada));
  expect([...new Set(statuses.slice(0, 20)), statuses[20]]).toEqual([200, 429]);
  expect(await open(await world.bearer({ sub: 'user-2', sid: 'host-session-2' }))).toBe(200);
  ending.abort();
});
