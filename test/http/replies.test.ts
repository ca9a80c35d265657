import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { fileNameOf } from '../../server/http/app.ts';
import { pauseBody } from '../../server/http/bodies.ts';
import { htmlOf, textOf } from '../../server/http/mail/page.ts';
import { pageReply } from '../../server/http/page.ts';
import { route } from '../../server/http/route.ts';
import { createAccessWorld, publicUrl, tenantOf } from '../kit/access-world.ts';
import { routeTable } from '../kit/route-table.ts';

const hostile = `"><script src=//evil.example></script><img src=x onerror='alert(1)'>&`;

async function world() {
  const lines: { event: string; facts: object }[] = [];
  const write = (event: string, facts: object = {}) => void lines.push({ event, facts });
  const read = route('GET /v1/kept-records', { role: 'admin' }, async () => []);
  const access = await createAccessWorld({
    routes: [read],
    logger: { info: write, warn: write, error: write },
  });
  await access.install();
  return {
    app: access.app,
    audited: access.audited,
    get: access.get,
    post: access.post,
    bearer: (over?: Record<string, unknown>) => access.bearer(over),
    openSession: (over?: Record<string, unknown>) => access.openSession(over),
    lines,
  };
}

test('V1.1.2, V1.2.1: what is put into a page or a mail stays text', async () => {
  const built = new TextEncoder().encode('<html><head></head><body></body></html>');
  const page = await pageReply(async () => built, { file: 'x', meta: { [hostile]: hostile } });
  const mail = htmlOf(
    {
      title: hostile,
      lines: [hostile],
      rows: [
        { name: hostile, value: hostile, next: hostile, link: `https://a.example/${hostile}` },
      ],
      foot: [hostile],
    },
    hostile,
  );
  for (const html of [await page.text(), mail]) {
    expect(html).not.toMatch(/<script|<img|'alert/);
    expect(html).toContain('&lt;script src=//evil.example&gt;');
  }
});

test('V3.2.1, V4.1.1, V14.2.2, V14.3.2: every reply says what it is, and none of a tenant is kept', async () => {
  const { app, bearer } = await world();
  const authorization = `Bearer ${await bearer()}`;
  const types: Readonly<Record<string, RegExp>> = {
    '/embed?mp=market': /^text\/html; charset=utf-8$/,
    '/assets/a.js': /^text\/javascript; charset=utf-8$/,
    '/v1/kept-records': /^application\/json$/,
    '/v1/stream': /^application\/x-ndjson$/,
    '/v1/nothing': /^application\/json$/,
    '/.well-known/marketplace-app.json': /^application\/json/,
    '/schemas/marketplace-app-1.json': /^application\/(schema\+)?json/,
    '/healthz': /^(application\/json|text\/plain; charset=utf-8)/,
  };
  for (const [path, type] of Object.entries(types)) {
    const { headers, body } = await app.request(`${publicUrl}${path}`, {
      headers: { authorization },
    });
    await body?.cancel();
    expect([path, headers.get('content-type')]).toEqual([path, expect.stringMatching(type)]);
    if (!path.startsWith('/v1/')) continue;
    expect(headers.get('cache-control')).toBe('no-store');
    // Opened as a page of its own, it can run nothing.
    expect(headers.get('content-security-policy')).toContain('sandbox');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  }
});

test('V3.4.3: every reply forbids plugins and another base, whatever it is', async () => {
  const { app } = await world();
  for (const path of ['/embed?mp=market', '/assets/a.js', '/healthz', '/v1/shell', '/nothing']) {
    const { headers } = await app.request(`${publicUrl}${path}`);
    const policy = headers.get('content-security-policy') ?? '';
    for (const rule of ["default-src 'none'", "object-src 'none'", "base-uri 'none'"])
      expect([path, policy]).toEqual([path, expect.stringContaining(rule)]);
  }
});

test('V13.4.3: a folder has no listing', async () => {
  const { app } = await world();
  for (const path of ['/assets', '/assets/', '/assets/.', '/', '/schemas/', '/.well-known/'])
    expect([path, (await app.request(`${publicUrl}${path}`)).status]).toEqual([path, 404]);
});

test('V5.4.1, V5.4.2: a download is named by its route, never by the call', () => {
  const files = routeTable().filter(({ rule }) => rule.csv === true);
  expect(files.length).toBeGreaterThan(4);
  for (const { path } of files) expect(fileNameOf(path)).toMatch(/^[a-z-]+\.csv$/);
});

test('V16.3.3: a call that the checks turned away is logged with its answer', async () => {
  const { app, lines, bearer, post } = await world();
  const before = lines.length;
  const reader = await bearer({ sub: 'user-2', roles: ['reader'] });
  const as = (path: string, headers: Record<string, string> = {}) =>
    app.request(`${publicUrl}${path}`, {
      headers: { authorization: `Bearer ${reader}`, ...headers },
    });
  await as('/v1/kept-records');
  await as('/v1/kept-records', { origin: 'https://evil.example' });
  await as('/v1/kept-records?a=1&a=2');
  await post('/v1/session', 'a.b.c', '{}');
  const told = lines.slice(before).filter(({ event }) => event === 'request');
  expect(
    told.map(({ facts }) => [Reflect.get(facts, 'route'), Reflect.get(facts, 'status')]),
  ).toEqual([
    ['POST /v1/session', 200],
    ['GET /v1/kept-records', 403],
    ['GET /v1/kept-records', 403],
    ['GET /v1/kept-records', 403],
    ['POST /v1/session', 401],
  ]);
});

test('V16.4.1, V14.2.1: the log has the route and never the address, so nothing of a call gets into it', async () => {
  const { app, lines } = await world();
  const before = lines.length;
  const path = '/v1/kept-records/canary%0d%0a{"level":50}?token=canary';
  await app.request(`${publicUrl}${path}`, {
    headers: { 'x-forwarded-for': 'canary', referer: 'canary' },
  });
  await app.request(`${publicUrl}/connect/callback/canary?state=canary&code=canary`);
  expect(lines.length).toBeGreaterThan(before);
  expect(JSON.stringify(lines)).not.toContain('canary');
});

test('V15.3.7: a parameter that stands twice, in any place, is refused', async () => {
  const { app, bearer } = await world();
  const headers = { authorization: `Bearer ${await bearer()}` };
  for (const query of ['a=1&a=1', 'a=1&a=2', 'a&a', 'a%5B%5D=1&a%5B%5D=2'])
    expect((await app.request(`${publicUrl}/v1/kept-records?${query}`, { headers })).status).toBe(
      400,
    );
  const two = new Headers(headers);
  two.append('authorization', headers.authorization);
  expect((await app.request(`${publicUrl}/v1/kept-records`, { headers: two })).status).toBe(401);
});

test('V16.2.1, V16.3.1, V16.3.2: an entry of the trail says when, where, who, what and how it ended', async () => {
  const { audited, bearer, get, openSession } = await world();
  await get('/v1/kept-records', await bearer({ roles: ['reader'] }));
  await openSession({ org: 'https://evil.example' });
  const told = audited.slice(-3);
  expect(told).toEqual([
    expect.objectContaining({
      action: 'session',
      outcome: 'ok',
      marketplaceId: 'market',
      tenantId: tenantOf('reseller-1'),
      installationId: 'inst-1',
      actor: 'user-1',
      requestId: expect.any(String),
    }),
    expect.objectContaining({
      action: 'role',
      outcome: 'refused',
      object: 'GET /v1/kept-records',
      actor: 'user-1',
      reason: 'role viewer',
      requestId: expect.any(String),
    }),
    expect.objectContaining({ action: 'session', outcome: 'refused', reason: 'origin' }),
  ]);
});

test('V5.2.3: no packed body is taken, however it says that it is packed', async () => {
  const access = await createAccessWorld({
    routes: [
      route(
        'POST /v1/connections/:connectionId/pause',
        { role: 'operator', body: pauseBody },
        async () => {
          throw new Error('reached');
        },
      ),
    ],
  });
  await access.install();
  const authorization = `Bearer ${await access.bearer()}`;
  const packed = new Uint8Array(gzipSync('{"paused":true}'));
  for (const headers of [
    { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    { 'content-type': 'application/json' },
    { 'content-type': 'application/gzip' },
  ]) {
    const response = await access.app.request(`${publicUrl}/v1/connections/c1/pause`, {
      method: 'POST',
      headers: { ...headers, authorization },
      body: packed,
    });
    expect(response.status).toBe(400);
  }
});

test('V1.2.1: a name with line ends writes no lines of its own into a mail', () => {
  const name = 'Ember\r\n\r\nPay here: https://evil.example\r\n.\r\nSubject: x\u2028y';
  const row = { name, value: '1', next: name, link: null };
  const text = textOf({ title: name, lines: [name], rows: [row], foot: [name] }, 'Open it');
  const lines = text.split(/[\r\n\u2028\u2029]/).filter((line) => line !== '');
  expect(lines).toHaveLength(5);
  expect(lines.filter((line) => /^(Pay|Subject|\.)/.test(line))).toEqual([]);
});
