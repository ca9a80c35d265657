import * as v from 'valibot';
import { AppError, retryReconnect } from '../../domain/errors.ts';
import { parseForeign } from '../../domain/json.ts';
import type { MarketplaceContext } from '../../domain/ports/marketplace.ts';
import type { Answer, Call, Send } from './client.ts';
import { notAnAnswer, refusal } from './refusals.ts';

/** A token is replaced when this part of its life is over. */
const refreshAtShare = 0.8;

const seconds = v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number), v.minValue(1));
const nativeSchema = v.pipe(
  v.object({ token: v.pipe(v.string(), v.minLength(1)), expiresInSeconds: seconds }),
  v.transform(({ token, expiresInSeconds }) => ({ token, lifeMs: expiresInSeconds * 1000 })),
);
const oidcSchema = v.pipe(
  v.object({ access_token: v.pipe(v.string(), v.minLength(1)), expires_in: seconds }),
  v.transform(({ access_token, expires_in }) => ({
    token: access_token,
    lifeMs: expires_in * 1000,
  })),
);

/**
 * The bearer token, in memory alone. The documented one wraps a whole session, so it is as secret
 * as a password. However many ask at once, one call fetches it.
 */
export function createTokens({ context, send }: { context: MarketplaceContext; send: Send }) {
  let current: { token: string; refreshAtMs: number } | null = null;
  let pending: Promise<string> | null = null;

  async function fetchToken(): Promise<string> {
    const { call, schema, metered } = tokenCall(context);
    if (metered) await context.spend('background');
    const askedAtMs = context.clock.nowMs();
    const answer = await send(call);
    const secrets = Object.values(context.credentials);
    if (answer.status < 200 || answer.status > 299)
      throw refusedLogin(answer, context.clock.nowMs(), secrets);
    const { token, lifeMs } = parsed(schema, answer, secrets);
    current = { token, refreshAtMs: askedAtMs + lifeMs * refreshAtShare };
    return token;
  }

  function renewed(): Promise<string> {
    pending ??= fetchToken().finally(() => {
      pending = null;
    });
    return pending;
  }

  return {
    /** The token in hand, or a new one when most of its life is over. */
    async current(): Promise<string> {
      if (current !== null && context.clock.nowMs() < current.refreshAtMs) return current.token;
      return renewed();
    },
    /** A token other than the one that was just refused. */
    async instead(refused: string): Promise<string> {
      if (current !== null && current.token !== refused) return current.token;
      current = null;
      return renewed();
    },
  };
}

/** Both documented ways; only the native call passes the gateway and counts against its limits. */
function tokenCall(context: MarketplaceContext) {
  const field = (id: string): string => context.credentials[id]?.trim() ?? '';
  const password = context.credentials.password ?? '';
  if (context.method === 'oidc') {
    const body = new URLSearchParams({
      grant_type: 'password',
      username: field('username'),
      password,
      client_id: field('clientId'),
      client_secret: field('clientSecret'),
      scope: 'openid',
    });
    const call: Call = {
      method: 'POST',
      url: field('tokenUrl'),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: body.toString(),
    };
    return { call, schema: oidcSchema, metered: false };
  }
  const path = field('tokenPath') || '/token';
  const basic = Buffer.from(`${field('username')}:${password}`, 'utf8').toString('base64');
  const call: Call = {
    method: 'POST',
    url: `${context.apiBase.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`,
    headers: {
      authorization: `Basic ${basic}`,
      'x-subscription-key': field('subscriptionKey'),
      'content-type': 'application/json',
    },
    body: JSON.stringify({ marketplace: field('marketplace') }),
  };
  return { call, schema: nativeSchema, metered: true };
}

/** At the door a bad request is a bad login too: Keycloak answers `invalid_grant` with 400. */
function refusedLogin(answer: Answer, nowMs: number, secrets: readonly string[]): AppError {
  const error = refusal(answer, nowMs, secrets);
  if (answer.status !== 400) return error;
  const { said, reference } = error;
  return new AppError('marketplace.credentials', { said, reference, retry: retryReconnect });
}

function parsed(
  schema: typeof nativeSchema | typeof oidcSchema,
  answer: Answer,
  secrets: readonly string[],
) {
  try {
    return v.parse(schema, parseForeign(answer.text));
  } catch {
    throw notAnAnswer(answer, secrets);
  }
}
