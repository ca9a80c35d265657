import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { errorCodes } from '../../server/domain/errors.ts';
import { errorTexts, filled } from '../../server/http/error-texts.ts';
import { connectRoutes } from '../../server/http/routes/connect.ts';
import { createAccessWorld, publicUrl } from '../kit/access-world.ts';
import { createFlowWorld, sessionOf } from '../kit/flow-world.ts';

async function world() {
  const flowWorld = await createFlowWorld();
  const assets = async () =>
    new TextEncoder().encode(
      '<html><head><meta name="connect-outcome" content="" /></head></html>',
    );
  const mounts = connectRoutes({ flows: flowWorld.flows, assets, publicUrl });
  const access = await createAccessWorld({ mounts });
  const get = (path: string, init: RequestInit = {}) =>
    access.app.request(`${publicUrl}${path}`, init);
  return { ...access, flowWorld, get };
}

test('T23, V3.4.6: only the marketplace’s own pages may frame the shell', async () => {
  const { get } = await world();
  const known = await get('/embed?mp=market');
  expect(known.headers.get('content-security-policy')).toContain(
    'frame-ancestors https://ui.example.com',
  );
  expect(known.headers.get('x-frame-options')).toBeNull();
  const html = await known.text();
  expect(html).toContain('<meta name="host-origins" content="https://ui.example.com">');
  expect(html).toContain('<meta name="app-base" content="https://app.example.com">');
  expect(html).toContain('src="/assets/a.js"');
  expect(html.match(/host-origins/g)).toHaveLength(1);
  for (const path of [
    '/embed',
    '/embed?mp=nobody',
    '/embed?mp=__proto__',
    '/',
    '/v1/shell',
    '/connect/launch',
    '/healthz',
    '/assets/a.js',
    '/assets/no.js',
    '/.well-known/marketplace-app.json',
  ])
    expect((await get(path)).headers.get('content-security-policy')).toContain(
      "frame-ancestors 'none'",
    );
});

test('V3.4.1, V3.4.4, V3.4.5: every reply, errors too, has the headers of all', async () => {
  const { get } = await world();
  for (const path of [
    '/embed?mp=market',
    '/nothing',
    '/v1/shell',
    '/connect/launch',
    '/assets/a.js',
  ]) {
    const { headers } = await get(path);
    expect(headers.get('strict-transport-security')).toContain('max-age=31536000');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('origin-agent-cluster')).toBe('?1');
    expect(headers.get('permissions-policy')).toContain('camera=()');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  }
});

test('T34, V3.2.1: the popup keeps its opener, the API does not', async () => {
  const { get } = await world();
  expect((await get('/connect/launch')).headers.get('cross-origin-opener-policy')).toBe(
    'unsafe-none',
  );
  expect((await get('/v1/shell')).headers.get('cross-origin-opener-policy')).toBe('same-origin');
});

test.each([
  '/assets/..%2fpackage.json',
  '/assets/%2e%2e',
  '/assets/a.html',
  '/assets/.env',
  '/assets/a%00.js',
])('V1.1.1, V13.4.1: the file %s is not served', async (path) => {
  expect((await (await world()).get(path)).status).toBe(404);
});

test('T27, V3.4.3, V3.7.1: no page has anything inline, and scripts are held by Trusted Types', async () => {
  const { get } = await world();
  for (const path of ['/embed?mp=market', '/connect/launch']) {
    const policy = (await get(path)).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("require-trusted-types-for 'script'; trusted-types 'none'");
    expect(policy).not.toMatch(/unsafe-(inline|eval)/);
  }
});

test('T27, V3.2.2, V1.3.2: the page makes no HTML from text', () => {
  const sources = readdirSync('ui', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(tsx?|html)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  expect(sources.length).toBeGreaterThan(50);
  const sinks =
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc|<script>|\son[a-z]+="/;
  expect(sources.filter((file) => sinks.test(readFileSync(file, 'utf8')))).toEqual([]);
});

test('T30, V3.3.1, V3.3.2, V3.3.3, V3.3.4: the popup’s way over HTTP is bound by a cookie, which is dropped at its end', async () => {
  const { get, flowWorld } = await world();
  const ada = await sessionOf('ada');
  const started = await flowWorld.flows.start(ada, { systemId: 'xero' });
  const begin = (headers: Record<string, string>) =>
    get('/connect/begin', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(started),
    });
  expect((await begin({ origin: 'https://evil.example' })).status).toBe(403);
  expect((await begin({ 'sec-fetch-site': 'same-site' })).status).toBe(403);
  const begun = await begin({ origin: publicUrl, 'sec-fetch-site': 'same-origin' });
  const cookie = begun.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(
    /^__Host-connect=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600; Secure$/,
  );
  // A page of a stranger's that leads here knows no state: the cookie of what is under way stays.
  for (const query of ['', '?state=x&code=c', '?error=access_denied'])
    expect((await get(`/connect/callback/xero${query}`)).headers.get('set-cookie')).toBeNull();
  const { authorizeUrl } = Object(await begun.json());
  const state = new URL(String(authorizeUrl)).searchParams.get('state') ?? '';
  const back = await get(`/connect/callback/xero?code=c&state=${state}&next=https://evil.example`, {
    headers: { cookie: cookie.split(';')[0] ?? '' },
  });
  expect(back.status).toBe(200);
  expect(back.headers.get('set-cookie')).toContain('Max-Age=0');
  expect(back.headers.get('cache-control')).toBe('no-store');
  expect(await back.text()).toContain('<meta name="connect-outcome" content="returned">');
  expect((await flowWorld.flows.complete(ada, started.flowId)).state).toBe('choose');
});

test('every error code has a text that says what happened and what to do', () => {
  for (const code of errorCodes) {
    const { message, next } = errorTexts[code];
    for (const text of [message, next]) {
      expect(filled(text, {})).not.toMatch(/[{}|]/);
      expect(filled(text, {})).toMatch(/^[A-Z].*\.$/s);
    }
  }
  expect(filled(errorTexts['system.rejected'].message, { system: 'Xero' })).toMatch(
    /^Xero refused/,
  );
});
