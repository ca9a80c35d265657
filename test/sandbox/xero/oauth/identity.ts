import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { XeroUser } from './users.ts';

const KEY_ID = 'sandbox-signing-key';
const ID_TOKEN_LIFE_S = 5 * 60;

let pair: { publicKey: KeyObject; privateKey: KeyObject } | undefined;

/** Made when the first id token is asked for: few tests need one. */
const keys = () => {
  pair ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
  return pair;
};

/** The addresses of login and identity, as the issuer's discovery document names them (OpenID Connect Discovery 1.0). */
export function discovery(baseUrl: string): Record<string, unknown> {
  return {
    issuer: baseUrl,
    jwks_uri: `${baseUrl}/.well-known/openid-configuration/jwks`,
    authorization_endpoint: `${baseUrl}/identity/connect/authorize`,
    token_endpoint: `${baseUrl}/connect/token`,
    revocation_endpoint: `${baseUrl}/connect/revocation`,
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic'],
  };
}

/** The key that id tokens are signed with. */
export function jwks(): Record<string, unknown> {
  const { n, e } = keys().publicKey.export({ format: 'jwk' });
  return { keys: [{ kty: 'RSA', use: 'sig', alg: 'RS256', kid: KEY_ID, n, e }] };
}

/**
 * Who signed in, for an app that asked for `openid` (OpenID Connect Core 1.0, 2 and 3.1.3.6); `profile` and `email` add
 * their claims.
 */
export function idToken(options: {
  issuer: string;
  clientId: string;
  user: XeroUser;
  scopes: readonly string[];
  nonce: string | undefined;
  accessToken: string;
  sessionId: string;
  nowS: number;
}): string {
  const { user, scopes, nonce, nowS } = options;
  const half = createHash('sha256').update(options.accessToken).digest().subarray(0, 16);
  const claims = {
    nbf: nowS,
    exp: nowS + ID_TOKEN_LIFE_S,
    iss: options.issuer,
    aud: options.clientId,
    ...(nonce === undefined ? {} : { nonce }),
    iat: nowS,
    at_hash: half.toString('base64url'),
    sid: options.sessionId,
    sub: user.id.replaceAll('-', ''),
    auth_time: nowS,
    xero_userid: user.id,
    global_session_id: options.sessionId,
    ...(scopes.includes('profile')
      ? { preferred_username: user.email, given_name: user.role, family_name: 'Bookkeeper' }
      : {}),
    ...(scopes.includes('email') ? { email: user.email } : {}),
  };
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'RS256', kid: KEY_ID, typ: 'JWT' })}.${part(claims)}`;
  return `${text}.${sign('sha256', Buffer.from(text), keys().privateKey).toString('base64url')}`;
}
