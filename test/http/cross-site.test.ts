import { expect, test } from 'vitest';
import { pauseBody } from '../../server/http/bodies.ts';
import { route } from '../../server/http/route.ts';
import { connectRoutes } from '../../server/http/routes/connect.ts';
import { createAccessWorld, publicUrl } from '../kit/access-world.ts';
import { createFlowWorld } from '../kit/flow-world.ts';

async function world() {
  let changes = 0;
  const change = route(
    'POST /v1/connections/:connectionId/pause',
    { role: 'admin', body: pauseBody },
    async () => {
      changes += 1;
      throw new Error('reached');
    },
  );
  const read = route('GET /v1/kept-records', { role: 'viewer' }, async () => []);
  const { flows } = await createFlowWorld();
  const page = new TextEncoder().encode('<html><head></head></html>');
  const mounts = connectRoutes({ flows, assets: async () => page, publicUrl });
  const access = await createAccessWorld({ routes: [change, read], mounts });
  await access.install();
  const bearer = await access.bearer();
  const ask = (path: string, init: RequestInit) => access.app.request(`${publicUrl}${path}`, init);
  return { ...access, bearer, ask, changes: () => changes };
}
const path = '/v1/connections/c1/pause';
const body = '{"paused":true}';
const json = { 'content-type': 'application/json' };

test('T26, V3.5.1, V3.5.2: what another site can make a browser send changes nothing', async () => {
  const { ask, bearer, changes } = await world();
  const authorization = `Bearer ${bearer}`;
  const sent: Record<string, string>[] = [
    { ...json, authorization, origin: 'https://evil.example' },
    { ...json, authorization, origin: 'null' },
    { ...json, authorization, origin: `${publicUrl}.evil.example` },
    { ...json, authorization, 'sec-fetch-site': 'cross-site' },
    { ...json, authorization, 'sec-fetch-site': 'same-site' },
    { ...json, authorization, 'sec-fetch-site': 'none' },
    { authorization, 'content-type': 'text/plain' },
    { authorization, 'content-type': 'application/x-www-form-urlencoded' },
    { ...json, cookie: `connect=${bearer}; __Host-connect=${bearer}; session=${bearer}` },
  ];
  for (const headers of sent) {
    const { status } = await ask(path, { method: 'POST', headers, body });
    expect([400, 401, 403]).toContain(status);
  }
  expect(changes()).toBe(0);
  await ask(path, { method: 'POST', headers: { ...json, authorization }, body });
  expect(changes()).toBe(1);
});

test('T26, V3.4.2: no answer lets another origin read it', async () => {
  const { ask, bearer } = await world();
  const origin = 'https://evil.example';
  for (const [where, init] of [
    ['/v1/kept-records', { headers: { authorization: `Bearer ${bearer}`, origin } }],
    [path, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } }],
    ['/embed?mp=market', { headers: { origin } }],
    ['/connect/launch', { headers: { origin } }],
  ] as const) {
    const { headers } = await ask(where, init);
    const names = [...headers.keys()].filter((name) => name.startsWith('access-control-'));
    expect(names).toEqual([]);
  }
});

test('T25, V14.2.1: a token counts in its header alone, never in an address, cookie or body', async () => {
  const { ask, bearer, sessionToken, sessionClaims, keys } = await world();
  const host = await sessionToken.call({ sessionClaims, keys });
  expect((await ask('/v1/kept-records', {})).status).toBe(401);
  for (const name of ['access_token', 'token', 'jwt', 'authorization'])
    expect((await ask(`/v1/kept-records?${name}=${bearer}`, {})).status).toBe(401);
  const cookie = { cookie: `authorization=Bearer ${bearer}; token=${bearer}` };
  expect((await ask('/v1/kept-records', { headers: cookie })).status).toBe(401);
  const exchange = { method: 'POST', headers: json, body: JSON.stringify({ token: host }) };
  expect((await ask('/v1/session', exchange)).status).toBe(401);
  expect((await ask(`/v1/session?token=${host}`, { method: 'POST' })).status).toBe(401);
  expect((await ask(`/embed?mp=market&jwt=${host}`, {})).headers.get('set-cookie')).toBeNull();
});

/** Addresses that lead a careless reader away, as the public lists of open redirects have them. */
const foreign = [
  'https://evil.example',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  'https:evil.example',
  'https:/evil.example',
  '%2f%2fevil.example',
  '/%09/evil.example',
  '/%5cevil.example',
  '//evil.example/%2f..',
  '//evil%E3%80%82example',
  'javascript:alert(1)',
  'data:text/html,x',
  `${publicUrl}@evil.example`,
  `${publicUrl}.evil.example`,
  'http://[::ffff:169.254.169.254]/',
  '%0d%0aLocation:%20https://evil.example',
];
const names = ['next', 'url', 'return_to', 'redirect_uri', 'host', 'state', 'code', 'error', 'mp'];

test('T33, V3.7.2, V4.1.2: no address in any parameter leads anywhere', async () => {
  const { ask, bearer } = await world();
  const places = ['/embed', '/connect/launch', '/connect/callback/xero', '/v1/kept-records', '/'];
  for (const place of places)
    for (const target of foreign) {
      for (const name of names) {
        const response = await ask(`${place}?${name}=${target}`, {
          headers: { authorization: `Bearer ${bearer}` },
        });
        expect([place, name, target, response.status < 300 || response.status >= 400]).toEqual([
          place,
          name,
          target,
          true,
        ]);
        for (const header of ['location', 'refresh', 'link'])
          expect(response.headers.get(header)).toBeNull();
        expect(await response.text()).not.toContain('evil');
      }
    }
});

test('T33, V1.1.1: an address in place of a path is not followed', async () => {
  const { ask } = await world();
  for (const target of [
    '//evil.example',
    '/%2f%2fevil.example',
    '/connect/callback//evil.example',
  ]) {
    const response = await ask(target, {});
    expect([target, response.status]).toEqual([target, 404]);
    expect(response.headers.get('location')).toBeNull();
  }
});
