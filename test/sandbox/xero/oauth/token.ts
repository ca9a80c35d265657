import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import type { World, XeroClientRegistration } from '../world.ts';
import type { AuthorizationCode, RefreshToken } from './access.ts';
import { idToken } from './identity.ts';
import { USERS } from './users.ts';

const ACCESS_LIFE_S = 30 * 60;
const REFRESH_LIFE_MS = 60 * 86_400_000;
/** A replaced refresh token can be retried for 30 minutes when the answer was lost (developer.xero.com/faq/oauth2). */
const REFRESH_GRACE_MS = 30 * 60_000;

/** POST /connect/token: authorization_code and refresh_token. */
export async function token(context: Context, world: World): Promise<Response> {
  const faults = world.faults.meet({ method: 'POST', path: '/connect/token' });
  const form = await context.req.parseBody();
  const text = (name: string) => (typeof form[name] === 'string' ? form[name] : '');
  const client = clientOf(context.req.header('authorization'), world);
  if (!client) {
    context.header('WWW-Authenticate', 'Basic');
    return context.json({ error: 'invalid_client' }, 401);
  }
  if (text('grant_type') === 'authorization_code') {
    const code = spendCode(world, client, {
      code: text('code'),
      redirectUri: text('redirect_uri'),
    });
    if (!code || !verifies(code, text('code_verifier')))
      return context.json({ error: 'invalid_grant' }, 400);
    const granted = grant(world, code);
    const issued = issue(world, {
      ...code,
      clientId: client.clientId,
      scopes: granted,
      setId: world.guid(),
    });
    return context.json({ ...issued, ...identityOf(world, code, issued.access_token) });
  }
  if (text('grant_type') !== 'refresh_token')
    return context.json({ error: 'unsupported_grant_type' }, 400);
  const refresh = world.access.refreshTokens.get(text('refresh_token'));
  const usable = refresh?.clientId === client.clientId && refresh.expiresMs > world.nowMs();
  if (!usable || faults.has('expired-refresh'))
    return context.json({ error: 'invalid_grant' }, 400);
  rotate(world, refresh);
  return context.json(issue(world, refresh));
}

/** POST /connect/revocation (RFC 7009): ends every connection of that user and this app. */
export async function revocation(context: Context, world: World): Promise<Response> {
  const client = clientOf(context.req.header('authorization'), world);
  if (!client) return context.json({ error: 'invalid_client' }, 401);
  const form = await context.req.parseBody();
  const refresh = world.access.refreshTokens.get(typeof form.token === 'string' ? form.token : '');
  if (refresh?.clientId === client.clientId) {
    const { access } = world;
    const same = (other: { clientId: string; userId: string }) =>
      other.clientId === refresh.clientId && other.userId === refresh.userId;
    for (const [key, value] of access.refreshTokens)
      if (same(value)) access.refreshTokens.delete(key);
    for (const [key, value] of access.tokens) if (same(value)) access.tokens.delete(key);
    for (const [key, value] of access.connections) {
      if (!same(value)) continue;
      access.connections.delete(key);
      world.record({ kind: 'connection.removed', actor: `api:${client.clientId}`, data: value });
    }
    access.granted.delete(`${refresh.clientId} ${refresh.userId}`);
  }
  return context.body(null, 200);
}

/** An id token beside the others when `openid` was asked for (OpenID Connect Core 1.0, 3.1.3.3). */
function identityOf(
  world: World,
  code: AuthorizationCode,
  accessToken: string,
): { id_token?: string } {
  const { scopes, clientId, nonce } = code.request;
  const user = USERS.find(({ id }) => id === code.userId);
  if (!user || !scopes.includes('openid')) return {};
  const nowS = Math.floor(world.nowMs() / 1000);
  const sessionId = code.authEventId.replaceAll('-', '');
  const issuer = world.baseUrl;
  return {
    id_token: idToken({ issuer, clientId, user, scopes, nonce, accessToken, sessionId, nowS }),
  };
}

function clientOf(header: string | undefined, world: World): XeroClientRegistration | undefined {
  const [scheme, encoded] = (header ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'basic' || !encoded) return undefined;
  const [id, secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return world.clients.find(
    ({ clientId, clientSecret }) => clientId === id && clientSecret === secret,
  );
}

/** A code works once, for five minutes, for the app and the address it was made for. */
function spendCode(
  world: World,
  client: XeroClientRegistration,
  sent: { code: string; redirectUri: string },
): AuthorizationCode | undefined {
  const code = world.access.codes.get(sent.code);
  if (!code || code.request.clientId !== client.clientId) return undefined;
  world.access.codes.delete(sent.code);
  const fits = code.request.redirectUri === sent.redirectUri && code.expiresMs > world.nowMs();
  return fits ? code : undefined;
}

/** RFC 7636, 4.6; a verifier has 43 to 128 characters. */
function verifies(code: AuthorizationCode, verifier: string): boolean {
  const challenge = code.request.codeChallenge;
  if (challenge === undefined) return verifier === '';
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) return false;
  return createHash('sha256').update(verifier).digest('base64url') === challenge;
}

/** Scopes add up and can only be dropped by revoking. */
function grant(world: World, code: AuthorizationCode): string[] {
  const key = `${code.request.clientId} ${code.userId}`;
  const scopes = new Set([...(world.access.granted.get(key) ?? []), ...code.request.scopes]);
  world.access.granted.set(key, scopes);
  return [...scopes];
}

/** Every refresh gives a new token that replaces the others of its set; the one just used keeps its grace period. */
function rotate(world: World, used: RefreshToken): void {
  for (const [key, other] of world.access.refreshTokens)
    if (other.setId === used.setId && key !== used.token) world.access.refreshTokens.delete(key);
  const untilMs = Math.min(used.expiresMs, world.nowMs() + REFRESH_GRACE_MS);
  world.access.refreshTokens.set(used.token, { ...used, expiresMs: untilMs });
}

interface Issued {
  access_token: string;
  expires_in: number;
  token_type: 'Bearer';
  scope: string;
  refresh_token?: string;
}

function issue(
  world: World,
  set: { clientId: string; userId: string; scopes: string[]; authEventId: string; setId: string },
): Issued {
  const { clientId, userId, scopes, authEventId, setId } = set;
  const nowS = Math.floor(world.nowMs() / 1000);
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    nbf: nowS,
    exp: nowS + ACCESS_LIFE_S,
    iss: 'https://identity.xero.com',
    aud: 'https://identity.xero.com/resources',
    client_id: clientId,
    sub: userId.replaceAll('-', ''),
    auth_time: nowS,
    xero_userid: userId,
    jti: world.hex(32),
    authentication_event_id: authEventId,
    scope: scopes,
  };
  const access = `${part({ alg: 'RS256', typ: 'JWT', kid: 'sandbox' })}.${part(claims)}.${part(world.hex(64))}`;
  const expiresMs = world.nowMs() + ACCESS_LIFE_S * 1000;
  world.access.tokens.set(access, { token: access, clientId, userId, scopes, expiresMs });
  world.record({
    kind: 'token.issued',
    actor: `api:${clientId}`,
    data: { userId, authEventId, scopes },
  });
  const answer: Issued = {
    access_token: access,
    expires_in: ACCESS_LIFE_S,
    token_type: 'Bearer',
    scope: scopes.join(' '),
  };
  if (!scopes.includes('offline_access')) return answer;
  const refresh = world.hex(48);
  world.access.refreshTokens.set(refresh, {
    token: refresh,
    setId,
    clientId,
    userId,
    scopes,
    authEventId,
    expiresMs: world.nowMs() + REFRESH_LIFE_MS,
  });
  return { ...answer, refresh_token: refresh };
}
