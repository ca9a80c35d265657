import { randomBytes } from 'node:crypto';
import { TOKEN_LIFE_SECONDS } from '../../limits.ts';
import type { AppConfig, User } from '../config.ts';
import type { SigningKeys } from './keys.ts';
import { overridden } from './lifecycle.ts';

export interface SessionTokenInput {
  tenantId: string;
  installationId: string;
  user: User;
  /** The browser session of the marketplace's own page. */
  sessionId: string;
  module: string;
  resource?: string | undefined;
  overrides?:
    | {
        claims?: Record<string, unknown> | undefined;
        header?: Record<string, unknown> | undefined;
        typ?: string | undefined;
      }
    | undefined;
}

/** The token that the host page hands to the framed app: a minute long, used once, with the roles in the marketplace's words. */
export function sessionToken(
  input: SessionTokenInput,
  { config, keys, nowMs }: { config: AppConfig; keys: SigningKeys; nowMs: number },
): Promise<string> {
  const issuedAt = Math.floor(nowMs / 1000);
  const claims = overridden(
    {
      iss: config.issuer,
      aud: `${config.appBaseUrl}/session`,
      iat: issuedAt,
      exp: issuedAt + TOKEN_LIFE_SECONDS,
      jti: randomBytes(24).toString('base64url'),
      sub: input.user.id,
      tid: input.tenantId,
      iid: input.installationId,
      sid: input.sessionId,
      roles: [input.user.role],
      ctx: { module: input.module, ...(input.resource ? { resource: input.resource } : {}) },
      org: config.uiOrigin,
      env: config.env,
      name: input.user.name,
    },
    input.overrides?.claims,
  );
  return keys.sign({
    typ: input.overrides?.typ ?? 'mkt-session+jwt',
    claims,
    header: input.overrides?.header,
  });
}
