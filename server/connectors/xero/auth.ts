import * as v from 'valibot';
import { AppError, retryLater } from '../../domain/errors.ts';
import type { OAuthConnector } from '../../domain/ports/connector.ts';
import type { CallContext } from '../../domain/ports/session.ts';
import type { Tokens } from '../../domain/ports/system-access.ts';
import { createHttp, type HttpReply, type HttpRequest } from '../kit/http.ts';
import { authorizeUrl, claimOf, requestTokens } from '../kit/oauth.ts';
import { errorOf } from './faults.ts';
import { readTimeoutMs } from './limits.ts';
import { manifest } from './manifest.ts';
import { connectionsSchema } from './schema.ts';

export interface Hosts {
  /** Where a person signs in, without a path. */
  loginUrl: string;
  /** Where tokens are given. */
  identityUrl: string;
  /** Where connections and books are. */
  apiUrl: string;
}

type Auth = Pick<
  OAuthConnector,
  'authorizeUrl' | 'exchange' | 'refresh' | 'accounts' | 'disconnect'
>;

/**
 * Consent, tokens and connections.
 * https://developer.xero.com/documentation/guides/oauth2/auth-flow
 */
export function createAuth({ loginUrl, identityUrl, apiUrl }: Hosts): Auth {
  const token = `${identityUrl}/connect/token`;
  return {
    authorizeUrl: (options) =>
      authorizeUrl({
        ...options,
        endpoint: `${loginUrl}/identity/connect/authorize`,
        scopes: manifest.scopes.map(({ scope }) => scope),
      }),

    exchange: ({ client, redirectUri, code, verifier, fetch, clock }) =>
      requestTokens({
        endpoint: token,
        client,
        grant: {
          grant_type: 'authorization_code',
          code,
          redirect_uri: redirectUri,
          code_verifier: verifier,
        },
        fetch,
        clock,
      }),

    // Every refresh gives a new refresh token; the old one works 30 minutes more if the answer is lost.
    refresh: ({ client, tokens, fetch, clock }) =>
      requestTokens({
        endpoint: token,
        client,
        grant: { grant_type: 'refresh_token', refresh_token: tokens.refreshToken },
        fetch,
        clock,
        previous: tokens,
      }),

    async accounts({ tokens, fetch, clock }) {
      const authEventId = claimOf(tokens.accessToken, 'authentication_event_id') ?? undefined;
      const reply = await call({
        fetch,
        clock,
        tokens,
        request: { method: 'GET', url: `${apiUrl}/connections`, query: { authEventId } },
      });
      if (reply.status !== 200) throw errorOf(reply, clock.nowMs());
      const value = reply.body.kind === 'json' ? reply.body.value : null;
      const known = v.safeParse(connectionsSchema, value);
      if (!known.success) throw new AppError('system.answer', { retry: retryLater() });
      return known.output
        .filter(({ tenantType }) => tenantType === 'ORGANISATION')
        .map(({ id, tenantId, tenantName }) => ({
          id: tenantId,
          name: tenantName ?? tenantId,
          vendorConnectionId: id,
        }));
    },

    // A connection that is already gone is what was asked for.
    async disconnect({ tokens, vendorConnectionId, fetch, clock }) {
      const url = `${apiUrl}/connections/${encodeURIComponent(vendorConnectionId)}`;
      const reply = await call({ fetch, clock, tokens, request: { method: 'DELETE', url } });
      if (reply.status >= 300 && reply.status !== 404) throw errorOf(reply, clock.nowMs());
    },
  };
}

function call(
  options: CallContext & {
    tokens: Tokens;
    request: Pick<HttpRequest, 'method' | 'url' | 'query'>;
  },
): Promise<HttpReply> {
  const { fetch, clock, tokens, request } = options;
  return createHttp({ fetch, clock }).send({
    ...request,
    headers: { Authorization: `Bearer ${tokens.accessToken}` },
    timeoutMs: readTimeoutMs,
  });
}
