import * as v from 'valibot';
import { instant } from '../../domain/dates.ts';
import { AppError, retryLater, retryReconnect } from '../../domain/errors.ts';
import { parseForeign } from '../../domain/json.ts';
import type { Clock, Crypto, Fetch } from '../../domain/ports/machine.ts';
import type { OAuthClient, Tokens } from '../../domain/ports/system-access.ts';
import { createHttp, type HttpReply } from './http.ts';
import { saidOf } from './redact.ts';

const tokenTimeoutMs = 20_000;
const verifierBytes = 32;

/** A PKCE verifier of 43 characters (RFC 7636, 4.1). */
export const createVerifier = (crypto: Crypto): string =>
  Buffer.from(crypto.randomBytes(verifierBytes)).toString('base64url');

/** The S256 challenge of a verifier (RFC 7636, 4.2). */
export const challengeOf = (options: { verifier: string; crypto: Crypto }): string =>
  Buffer.from(options.crypto.hash(options.verifier), 'hex').toString('base64url');

/** The address of a consent with a code and PKCE (RFC 6749, 4.1.1; RFC 7636, 4.3). */
export function authorizeUrl(options: {
  endpoint: string;
  client: OAuthClient;
  redirectUri: string;
  scopes: readonly string[];
  state: string;
  challenge: string;
}): string {
  const url = new URL(options.endpoint);
  const parameters = {
    response_type: 'code',
    client_id: options.client.clientId,
    redirect_uri: options.redirectUri,
    scope: options.scopes.join(' '),
    state: options.state,
    code_challenge: options.challenge,
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

/**
 * Posts a grant to a token endpoint, the client in a Basic header (RFC 6749, 2.3.1 and 3.2), and gives
 * the new token set. `clock` dates its end. Throws `system.reconnect` (the grant is used up),
 * `system.scope`, `connect.refused` (the client is not accepted), or the failures of `Http`.
 */
export async function requestTokens(options: {
  endpoint: string;
  client: OAuthClient;
  grant: Readonly<Record<string, string>>;
  fetch: Fetch;
  clock: Clock;
  /** The set that is refreshed: what the answer leaves out stays. */
  previous?: Tokens;
}): Promise<Tokens> {
  const { endpoint, client, grant, fetch, clock, previous } = options;
  const reply = await createHttp({ fetch, clock }).send({
    method: 'POST',
    url: endpoint,
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      Authorization: `Basic ${basic(client)}`,
    },
    body: new URLSearchParams({ ...grant }).toString(),
    timeoutMs: tokenTimeoutMs,
  });
  if (reply.status !== 200) throw refusal(reply);
  const body = v.safeParse(tokenSchema, reply.body.kind === 'json' ? reply.body.value : null);
  const refreshToken = body.success
    ? (body.output.refresh_token ?? previous?.refreshToken)
    : undefined;
  if (!body.success || refreshToken === undefined)
    throw new AppError('system.answer', { retry: retryLater() });
  return {
    accessToken: body.output.access_token,
    refreshToken,
    expiresAt: instant(clock.nowMs() + body.output.expires_in * 1000),
    scope: body.output.scope ?? previous?.scope ?? '',
  };
}

/**
 * A claim of an access token, read without checking its signature: only right for a token that came
 * straight from its issuer's own TLS answer. Null where the token is opaque or has no such claim.
 */
export function claimOf(token: string, name: string): string | null {
  try {
    const claims = parseForeign(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    const known = v.safeParse(v.record(v.string(), v.unknown()), claims);
    const claim = known.success ? known.output[name] : null;
    return typeof claim === 'string' ? claim : null;
  } catch {
    return null;
  }
}

const tokenSchema = v.object({
  access_token: v.pipe(v.string(), v.minLength(1)),
  refresh_token: v.optional(v.pipe(v.string(), v.minLength(1))),
  expires_in: v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number)),
  scope: v.optional(v.string()),
});
const refusalSchema = v.object({
  error: v.string(),
  error_description: v.optional(v.string()),
});

// Both halves are form-encoded before they are joined (RFC 6749, 2.3.1).
const basic = ({ clientId, clientSecret }: OAuthClient): string =>
  Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString(
    'base64',
  );

function refusal({ status, body }: HttpReply): AppError {
  if (status === 429) return new AppError('system.limited', { retry: retryLater() });
  if (status >= 500) return new AppError('system.unreachable', { retry: retryLater() });
  const told = v.safeParse(refusalSchema, body.kind === 'json' ? body.value : null);
  if (!told.success) return new AppError('system.answer', { retry: retryLater() });
  const { error, error_description: description } = told.output;
  const said = saidOf([error, description]);
  if (error === 'invalid_grant')
    return new AppError('system.reconnect', { said, retry: retryReconnect });
  if (error === 'invalid_scope' || error === 'unauthorized_client')
    return new AppError('system.scope', { said, retry: retryReconnect });
  return new AppError('connect.refused', { said, retry: retryReconnect });
}
