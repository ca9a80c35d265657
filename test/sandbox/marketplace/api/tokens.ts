import { randomBytes } from 'node:crypto';
import type { SandboxClock } from '../../clock.ts';
import { isRecord } from '../../must.ts';
import { API_TOKEN_LIFE_SECONDS, type TenantConfig } from '../config.ts';
import { refusal, reply } from './reply.ts';

export interface ApiTokens {
  /** Operation generateAuthToken: Basic user and password, JSON `{marketplace}`. */
  native(request: Request, tenant: TenantConfig): Promise<Response>;
  /** The OpenID Connect password grant of the platform's identity service. */
  openId(request: Request, tenants: readonly TenantConfig[], realm: string): Promise<Response>;
  /** Whose token it is; undefined when it is unknown or has expired. */
  tenantOf(authorization: string | null): string | undefined;
  clear(): void;
}

const OPENID_FIELDS = new Set([
  'grant_type',
  'username',
  'password',
  'client_id',
  'client_secret',
  'scope',
]);

export function createApiTokens(clock: SandboxClock): ApiTokens {
  const tokens = new Map<string, { tenantId: string; expiresAtMs: number }>();
  // The real token wraps a session and is not a three-part JWT, so nothing can be read from it here either.
  const issue = (tenantId: string) => {
    const token = randomBytes(48).toString('base64url');
    tokens.set(token, { tenantId, expiresAtMs: clock.nowMs() + API_TOKEN_LIFE_SECONDS * 1000 });
    return token;
  };
  return {
    native: async (request, { api, tenantId }) => {
      const basic = `Basic ${Buffer.from(`${api.user}:${api.password}`).toString('base64')}`;
      if (request.headers.get('authorization') !== basic)
        return refusal(401, 'Unauthorized', 'The user or the password is wrong.');
      const body: unknown = await request.json().catch(() => undefined);
      if (!isRecord(body) || Object.keys(body).join() !== 'marketplace')
        return refusal(400, 'BadRequest', 'The body must hold the marketplace, and nothing else.');
      if (body.marketplace !== api.marketplaceCode)
        return refusal(400, 'BadRequest', 'There is no such marketplace.');
      return reply(200, { token: issue(tenantId), expiresInSeconds: API_TOKEN_LIFE_SECONDS });
    },
    openId: async (request, tenants, realm) => {
      if (!request.headers.get('content-type')?.startsWith('application/x-www-form-urlencoded'))
        return reply(400, { error: 'invalid_request' });
      const form = new URLSearchParams(await request.text());
      if ([...form.keys()].some((key) => !OPENID_FIELDS.has(key)))
        return reply(400, { error: 'invalid_request' });
      if (form.get('grant_type') !== 'password')
        return reply(400, { error: 'unsupported_grant_type' });
      if (form.get('scope') !== 'openid') return reply(400, { error: 'invalid_scope' });
      const client = tenants.find(
        ({ api: { oidc } }) =>
          oidc.realm === realm &&
          oidc.clientId === form.get('client_id') &&
          oidc.clientSecret === form.get('client_secret'),
      );
      if (!client) return reply(401, { error: 'invalid_client' });
      if (client.api.user !== form.get('username') || client.api.password !== form.get('password'))
        return reply(401, { error: 'invalid_grant' });
      return reply(200, {
        access_token: issue(client.tenantId),
        expires_in: API_TOKEN_LIFE_SECONDS,
        token_type: 'Bearer',
        scope: 'openid',
      });
    },
    tenantOf: (authorization) => {
      const token = tokens.get(authorization?.match(/^Bearer (\S+)$/)?.[1] ?? '');
      return token && token.expiresAtMs > clock.nowMs() ? token.tenantId : undefined;
    },
    clear: () => tokens.clear(),
  };
}
