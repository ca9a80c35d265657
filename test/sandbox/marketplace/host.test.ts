import { createHash } from 'node:crypto';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { must } from '../must.ts';
import { isTaken } from './host/installations.ts';
import { sessionToken } from './host/session.ts';
import { APP_URL, MARKETPLACE_URL, TENANT, type TestMarket, testMarket } from './testing.ts';

async function verified({ marketplace, clock }: TestMarket, token: string, audience: string) {
  const set = await (
    await marketplace.fetch(new Request(`${MARKETPLACE_URL}/.well-known/jwks.json`))
  ).json();
  return jwtVerify(token, createLocalJWKSet(set), {
    issuer: MARKETPLACE_URL,
    audience,
    algorithms: ['ES256'],
    currentDate: new Date(clock.nowMs()),
  });
}

const bearer = (request: Request | undefined) =>
  must(request?.headers.get('Authorization')?.slice(7), 'a token');

describe('keys', () => {
  it('serves public ES256 keys, each with kid, alg and use, and never a private member', async () => {
    const { marketplace } = testMarket();
    const { keys } = await marketplace.keys.publicSet();
    expect(keys[0]).toMatchObject({ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig' });
    expect(keys[0]).not.toHaveProperty('d');
  });

  it('rotates: the new key signs, the old one stays in the set unless it is dropped', async () => {
    const { marketplace } = testMarket();
    const [old] = (await marketplace.keys.publicSet()).keys;
    const kid = await marketplace.keys.rotate();
    expect((await marketplace.keys.publicSet()).keys.map((key) => key.kid)).toEqual([
      kid,
      old?.kid,
    ]);
    await marketplace.keys.rotate({ drop: true });
    expect((await marketplace.keys.publicSet()).keys).toHaveLength(1);
  });
});

describe('lifecycle events', () => {
  it('a first tile sends installed, then enabled, each signed over method, address and body', async () => {
    const market = testMarket();
    await market.marketplace.installations.addTile(TENANT, 'xero', 'bluegum-owner');
    expect(market.sentToApp.map(({ url }) => url)).toEqual([
      `${APP_URL}/lifecycle/installed`,
      `${APP_URL}/lifecycle/enabled`,
    ]);
    const [installed] = market.sentToApp;
    const body = await must(installed, 'installed').text();
    expect(JSON.parse(body)).toEqual({
      tid: TENANT.tenantId,
      iid: 'inst-reseller-1000-1',
      evt: 'installed',
      tenant: { name: TENANT.name },
      plan: 'standard',
      apiBase: `${MARKETPLACE_URL}/simpleapi`,
      modules: ['xero'],
    });
    const token = bearer(installed);
    expect(Object.keys(decodeProtectedHeader(token)).sort()).toEqual(['alg', 'kid', 'typ']);
    const { payload, protectedHeader } = await verified(market, token, `${APP_URL}/lifecycle`);
    expect(protectedHeader.typ).toBe('mkt-lifecycle+jwt');
    expect(Object.keys(payload).sort()).toEqual([
      'act',
      'aud',
      'bsh',
      'eid',
      'env',
      'evt',
      'exp',
      'htm',
      'htu',
      'iat',
      'iid',
      'iss',
      'jti',
      'prev',
      'seq',
      'tid',
    ]);
    expect(payload).toMatchObject({
      htm: 'POST',
      htu: `${APP_URL}/lifecycle/installed`,
      bsh: createHash('sha256').update(body).digest('base64url'),
      prev: null,
      env: 'sandbox',
      act: 'bluegum-owner',
    });
    expect(must(payload.exp, 'exp') - must(payload.iat, 'iat')).toBeLessThanOrEqual(60);
  });

  it('tries again after a server error, with the same eid and a new jti, a few times at most', async () => {
    const market = testMarket();
    market.appAnswers(() => new Response('', { status: 503 }));
    const answer = await market.marketplace.installations.addTile(TENANT, 'xero', 'bluegum-owner');
    expect(isTaken(answer)).toBe(false);
    const payloads = await Promise.all(
      market.sentToApp.map(
        async (request) =>
          (await verified(market, bearer(request), `${APP_URL}/lifecycle`)).payload,
      ),
    );
    expect(payloads).toHaveLength(4);
    expect(new Set(payloads.map(({ eid }) => eid)).size).toBe(1);
    expect(new Set(payloads.map(({ jti }) => jti)).size).toBe(4);
    expect(market.marketplace.installations.of(TENANT.tenantId)).toMatchObject({
      state: 'none',
      modules: [],
    });
  });

  it('does not try again what the app refused', async () => {
    const market = testMarket();
    market.appAnswers(() => new Response('', { status: 409 }));
    await market.marketplace.installations.addTile(TENANT, 'xero', 'bluegum-owner');
    expect(market.sentToApp).toHaveLength(1);
  });

  it('seq grows with every event; the last tile that goes uninstalls; a new install names the one before', async () => {
    const market = testMarket();
    const { installations } = market.marketplace;
    await installations.addTile(TENANT, 'xero', 'bluegum-owner');
    await installations.removeTile(TENANT, 'xero', 'bluegum-owner');
    await installations.addTile(TENANT, 'xero', 'bluegum-owner');
    const payloads = await Promise.all(
      market.sentToApp.map(
        async (request) =>
          (await verified(market, bearer(request), `${APP_URL}/lifecycle`)).payload,
      ),
    );
    expect(payloads.map(({ evt }) => evt)).toEqual([
      'installed',
      'enabled',
      'uninstalled',
      'installed',
      'enabled',
    ]);
    const seqs = payloads.map(({ seq }) => Number(seq));
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
    expect(payloads[3]).toMatchObject({
      iid: 'inst-reseller-1000-2',
      prev: 'inst-reseller-1000-1',
    });
  });

  it('a further tile sends installed again with the same installation and all modules', async () => {
    const market = testMarket();
    const { installations } = market.marketplace;
    await installations.addTile(TENANT, 'xero', 'bluegum-owner');
    await installations.addTile(TENANT, 'another', 'bluegum-owner');
    const body = JSON.parse(await must(market.sentToApp[2], 'the third').text());
    expect(body).toMatchObject({
      evt: 'installed',
      iid: 'inst-reseller-1000-1',
      modules: ['xero', 'another'],
    });
    expect(installations.of(TENANT.tenantId).state).toBe('enabled');
    await installations.removeTile(TENANT, 'another', 'bluegum-owner');
    expect(JSON.parse(await must(market.sentToApp[3], 'the fourth').text())).toMatchObject({
      evt: 'installed',
      modules: ['xero'],
    });
  });
});

describe('session tokens', () => {
  const ask = (market: TestMarket, init: RequestInit = {}) =>
    market.marketplace.fetch(
      new Request(`${MARKETPLACE_URL}/host/session-token`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ module: 'xero' }),
        ...init,
      }),
    );

  it('are given for an enabled app, with the user, the roles in the marketplace words and the framing origin', async () => {
    const market = testMarket();
    expect((await ask(market)).status).toBe(409);
    await market.marketplace.installations.addTile(TENANT, 'xero', 'bluegum-owner');
    const { token } = await (await ask(market)).json();
    const { payload, protectedHeader } = await verified(market, token, `${APP_URL}/session`);
    expect(protectedHeader.typ).toBe('mkt-session+jwt');
    expect(Object.keys(payload).sort()).toEqual([
      'aud',
      'ctx',
      'env',
      'exp',
      'iat',
      'iid',
      'iss',
      'jti',
      'name',
      'org',
      'roles',
      'sid',
      'sub',
      'tid',
    ]);
    expect(payload).toMatchObject({
      sub: 'bluegum-owner',
      tid: TENANT.tenantId,
      roles: ['owner'],
      ctx: { module: 'xero' },
      org: MARKETPLACE_URL,
      env: 'sandbox',
      name: 'Owner',
    });
  });

  it('follow the user of the browser, and are new each time', async () => {
    const market = testMarket();
    await market.marketplace.installations.addTile(TENANT, 'xero', 'bluegum-owner');
    const { setCookie } = market.marketplace.visitors.switchTo('bluegum-reader');
    const headers = { 'Content-Type': 'application/json', Cookie: setCookie.split(';')[0] ?? '' };
    const tokens = await Promise.all(
      [ask(market, { headers }), ask(market, { headers })].map(
        async (each) => (await (await each).json()).token,
      ),
    );
    expect(new Set(tokens).size).toBe(2);
    const { payload } = await verified(market, tokens[0], `${APP_URL}/session`);
    expect(payload).toMatchObject({ sub: 'bluegum-reader', roles: ['reader'] });
  });

  it('are refused to a page of another origin', async () => {
    const market = testMarket();
    await market.marketplace.installations.addTile(TENANT, 'xero', 'bluegum-owner');
    const headers = { 'Content-Type': 'application/json', Origin: APP_URL };
    expect((await ask(market, { headers })).status).toBe(403);
  });

  it('can be made wrong for an attack test: a claim laid over, a claim left out, another header', async () => {
    const market = testMarket();
    const { keys, config } = market.marketplace;
    const token = await sessionToken(
      {
        tenantId: TENANT.tenantId,
        installationId: 'inst-1',
        user: must(TENANT.users[0], 'a user'),
        sessionId: 'ses-1',
        module: 'xero',
        overrides: {
          claims: { aud: `${APP_URL}/lifecycle`, sid: null },
          header: { jku: 'https://evil.example' },
        },
      },
      { config, keys, nowMs: market.clock.nowMs() },
    );
    expect(decodeProtectedHeader(token)).toHaveProperty('jku');
    const { payload } = await verified(market, token, `${APP_URL}/lifecycle`);
    expect(payload).not.toHaveProperty('sid');
  });
});
