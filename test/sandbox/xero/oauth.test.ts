import { createHash, createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  APP,
  authorizeAddress,
  BASE_URL,
  basic,
  connectXero,
  consentCode,
  createTestXero,
  replyOf,
  VERIFIER,
} from './connect.ts';

const REDIRECT = APP.redirectUris[0] ?? '';
const codeForm = (code: string) => ({
  grant_type: 'authorization_code',
  code,
  redirect_uri: REDIRECT,
  code_verifier: VERIFIER,
});

async function authorizeAt(members: Record<string, string>) {
  const { xero } = createTestXero();
  return xero.fetch(new Request(authorizeAddress(members)));
}

describe('authorise', () => {
  it('shows every organisation and the Cancel button', async () => {
    const text = await (await authorizeAt({})).text();
    expect(text).toContain('Demo Company (AU)');
    expect(text).toContain('Cloud Reseller (US)');
    expect(text).toContain('Cancel');
  });

  it('refuses a broad scope of a new app', async () => {
    const answer = await authorizeAt({ scope: 'offline_access accounting.transactions' });
    expect(answer.headers.get('location')).toContain('error=invalid_scope');
  });

  it('keeps an unknown redirect address on its own error page', async () => {
    const answer = await authorizeAt({ redirect_uri: 'https://app.test/other' });
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  });

  it('refuses a plain challenge', async () => {
    const answer = await authorizeAt({ code_challenge_method: 'plain' });
    expect(answer.headers.get('location')).toContain('error=invalid_request');
  });

  it('sends Cancel back as access_denied with the state', async () => {
    const { xero } = createTestXero();
    const page = await (await xero.fetch(new Request(authorizeAddress()))).text();
    const request = /name="request" value="(\w+)"/.exec(page)?.[1] ?? '';
    const address = new URL(xero.person.consent(request, { allow: false }));
    expect(address.searchParams.get('error')).toBe('access_denied');
    expect(address.searchParams.get('state')).toBe('state-1');
  });

  it('does not let an invoice-only user connect an app', async () => {
    const { xero } = createTestXero();
    const page = await (await xero.fetch(new Request(authorizeAddress()))).text();
    const request = /name="request" value="(\w+)"/.exec(page)?.[1] ?? '';
    expect(() => xero.person.consent(request, { userId: xero.users()[2]?.id ?? '' })).toThrow(
      'role',
    );
  });
});

describe('token', () => {
  it('takes a code once', async () => {
    const connected = await connectXero();
    const code = await consentCode(connected.xero);
    expect((await connected.token(codeForm(code))).status).toBe(200);
    expect((await connected.token(codeForm(code))).json.error).toBe('invalid_grant');
  });

  it('lets a code die after five minutes', async () => {
    const connected = await connectXero();
    const code = await consentCode(connected.xero);
    connected.clock.ms += 5 * 60_000;
    expect((await connected.token(codeForm(code))).json.error).toBe('invalid_grant');
  });

  it('refuses a wrong verifier', async () => {
    const connected = await connectXero();
    const code = await consentCode(connected.xero);
    const reply = await connected.token({ ...codeForm(code), code_verifier: 'w'.repeat(64) });
    expect(reply.json.error).toBe('invalid_grant');
  });

  it('refuses a wrong client secret', async () => {
    const { xero } = await connectXero();
    const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'x' });
    const reply = await replyOf(
      xero.fetch(
        new Request(`${BASE_URL}/connect/token`, {
          method: 'POST',
          headers: { authorization: basic('wrong') },
          body,
        }),
      ),
    );
    expect([reply.status, reply.json.error]).toEqual([401, 'invalid_client']);
  });

  it('carries the authentication event in the access token', async () => {
    const { accessToken, xero } = await connectXero();
    const claims = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString());
    const answer = await xero.fetch(
      new Request(`${BASE_URL}/connections?authEventId=${claims.authentication_event_id}`, {
        headers: { authorization: `Bearer ${accessToken}` },
      }),
    );
    expect(await answer.json()).toHaveLength(1);
  });

  it('rotates refresh tokens and lets the old one be retried for 30 minutes', async () => {
    const { token, refreshToken, clock } = await connectXero();
    const refresh = () => token({ grant_type: 'refresh_token', refresh_token: refreshToken });
    expect((await refresh()).json.refresh_token).not.toBe(refreshToken);
    clock.ms += 29 * 60_000;
    expect((await refresh()).status).toBe(200);
    clock.ms += 2 * 60_000;
    expect((await refresh()).json.error).toBe('invalid_grant');
  });

  it('forgets a refresh token after 60 unused days', async () => {
    const { token, refreshToken, clock } = await connectXero();
    clock.ms += 60 * 86_400_000;
    expect(
      (await token({ grant_type: 'refresh_token', refresh_token: refreshToken })).json.error,
    ).toBe('invalid_grant');
  });
});

describe('access', () => {
  it('answers an expired access token with 401 TokenExpired', async () => {
    const { api, clock } = await connectXero();
    clock.ms += 30 * 60_000;
    const reply = await api('GET', '/Organisation');
    expect([reply.status, String(reply.json.Detail).startsWith('TokenExpired')]).toEqual([
      401,
      true,
    ]);
  });

  it('answers a missing scope with 401 AuthorizationUnsuccessful', async () => {
    const { api } = await connectXero({ scope: 'accounting.contacts.read' });
    expect((await api('GET', '/Contacts')).status).toBe(200);
    const reply = await api('GET', '/Invoices');
    expect([reply.status, reply.json.Detail]).toEqual([401, 'AuthorizationUnsuccessful']);
  });

  it('answers 403 once the connection was deleted, while the refresh still works', async () => {
    const { api, xero, accessToken, token, refreshToken } = await connectXero();
    const headers = { authorization: `Bearer ${accessToken}` };
    const list: { id: string }[] = await (
      await xero.fetch(new Request(`${BASE_URL}/connections`, { headers }))
    ).json();
    const gone = await xero.fetch(
      new Request(`${BASE_URL}/connections/${list[0]?.id}`, { method: 'DELETE', headers }),
    );
    expect(gone.status).toBe(204);
    const reply = await api('GET', '/Organisation');
    expect([reply.status, reply.json.Detail]).toEqual([403, 'AuthenticationUnsuccessful']);
    expect((await token({ grant_type: 'refresh_token', refresh_token: refreshToken })).status).toBe(
      200,
    );
  });

  it('answers 403 for an organisation that was not chosen', async () => {
    const { api, xero } = await connectXero();
    const other = xero.organisations()[1]?.tenantId ?? '';
    expect((await api('GET', '/Organisation', undefined, { 'xero-tenant-id': other })).status).toBe(
      403,
    );
  });

  it('ends every connection of the user by revoking', async () => {
    const { api, xero, refreshToken } = await connectXero();
    const body = new URLSearchParams({ token: refreshToken });
    await xero.fetch(
      new Request(`${BASE_URL}/connect/revocation`, {
        method: 'POST',
        headers: { authorization: basic() },
        body,
      }),
    );
    expect((await api('GET', '/Organisation')).status).toBe(401);
    expect(xero.journal().at(-1)?.kind).toBe('connection.removed');
  });
});

describe('who signed in', () => {
  const claimsOf = (token: string) =>
    JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

  it('is told to an app that asks for openid, signed with the published key', async () => {
    const { xero, clock } = createTestXero();
    const code = await consentCode(xero, { scope: 'openid email offline_access', nonce: 'n-1' });
    const post = new Request(`${BASE_URL}/connect/token`, {
      method: 'POST',
      headers: { authorization: basic() },
      body: new URLSearchParams(codeForm(code)),
    });
    const { json } = await replyOf(xero.fetch(post));
    const get = async (path: string) =>
      (await replyOf(xero.fetch(new Request(BASE_URL + path)))).json;
    const found = await get('/.well-known/openid-configuration');
    const keys = await get(String(found.jwks_uri).slice(BASE_URL.length));
    const [head = '', body = '', signature = ''] = String(json.id_token).split('.');
    const key = createPublicKey({ key: JSON.parse(JSON.stringify(keys.keys?.[0])), format: 'jwk' });
    const bytes = Buffer.from(signature, 'base64url');
    expect(verify('sha256', Buffer.from(`${head}.${body}`), key, bytes)).toBe(true);
    const half = createHash('sha256').update(String(json.access_token)).digest().subarray(0, 16);
    expect(claimsOf(String(json.id_token))).toMatchObject({
      iss: found.issuer,
      aud: APP.clientId,
      nonce: 'n-1',
      at_hash: half.toString('base64url'),
      exp: Math.floor(clock.ms / 1000) + 300,
      email: xero.users()[0]?.email,
    });
  });

  it('is not told to an app that does not', async () => {
    const { xero } = createTestXero();
    const code = await consentCode(xero);
    const post = new Request(`${BASE_URL}/connect/token`, {
      method: 'POST',
      headers: { authorization: basic() },
      body: new URLSearchParams(codeForm(code)),
    });
    expect((await replyOf(xero.fetch(post))).json).not.toHaveProperty('id_token');
  });
});
