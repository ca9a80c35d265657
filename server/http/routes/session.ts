import * as v from 'valibot';
import type { Audit } from '../../access/audit.ts';
import { jsonOf } from '../../access/compact-token.ts';
import type { SessionReplay } from '../../access/replay.ts';
import { roleOf } from '../../access/roles.ts';
import type { Sessions } from '../../access/sessions.ts';
import type { Verified, Verifier } from '../../access/verify.ts';
import { AppError } from '../../domain/errors.ts';
import { tenantKey } from '../../domain/ids.ts';
import type { Store } from '../../domain/ports/store.ts';
import { jsonAnswer } from '../answer.ts';
import type { SessionReply } from '../contract.ts';
import type { RateLimits } from '../limits.ts';
import type { Mount } from '../mount.ts';
import { signedRequest } from '../signed-request.ts';

export interface SessionServices {
  verifier: Verifier;
  replay: SessionReplay;
  sessions: Sessions;
  store: Store;
  limits: RateLimits;
  audit: Audit;
}
type Proven = Extract<Verified, { kind: 'session' }>;

/** What a page may say beside its token: the bearer that it used until now, which ends. */
const renewalBody = v.strictObject({
  replaces: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/))),
});

/** `POST /v1/session`: a host token, once, for a bearer of five minutes (R8.4). */
export function sessionRoutes(services: SessionServices): Mount[] {
  const { verifier, limits, audit } = services;
  return [
    {
      method: 'POST',
      path: '/v1/session',
      routeClass: 'api',
      sameOrigin: true,
      handle: async (call) => {
        const { address, requestId } = call;
        if (address !== null) limits.check('refusedPerAddress', address);
        const signed = await signedRequest(call, null);
        const verified = await verifier.verify('session', signed);
        if (verified.status === 'refused' || verified.kind !== 'session') {
          if (address !== null) limits.spend('refusedPerAddress', address);
          const refusal = verified.status === 'refused' ? verified : null;
          audit.record({
            action: 'session',
            outcome: 'refused',
            reason: refusal?.reason ?? null,
            marketplaceId: refusal?.marketplaceId ?? null,
            tenantId: null,
            requestId,
          });
          throw new AppError('access.unauthenticated');
        }
        const { replaces } = renewalOf(signed.body);
        const { reply, family } = await exchange(verified, services, requestId);
        if (replaces !== undefined) services.sessions.end(replaces, family);
        return jsonAnswer(JSON.stringify(reply));
      },
    },
  ];
}

async function exchange(
  { claims, entry, kid }: Proven,
  { replay, sessions, store, limits, audit }: SessionServices,
  requestId: string,
): Promise<{ reply: SessionReply; family: string }> {
  const tenantId = tenantKey(entry.id, claims.tid);
  const record = (outcome: 'ok' | 'refused', reason: string | null) =>
    audit.record({
      action: 'session',
      outcome,
      reason,
      marketplaceId: entry.id,
      tenantId,
      installationId: claims.iid,
      actor: claims.sub,
      jti: claims.jti,
      kid,
      requestId,
    });
  const refuse = (
    code: 'access.unauthenticated' | 'access.disabled' | 'access.forbidden',
    reason: string,
  ): never => {
    record('refused', reason);
    throw new AppError(code);
  };

  if (!replay.use(claims)) refuse('access.unauthenticated', 'replay');
  limits.spend('sessionsPerUser', `${tenantId} ${claims.sub}`);
  const installation = (await store.read(tenantId))
    .list('installation')
    .find(({ id }) => id === claims.iid);
  if (installation?.state !== 'enabled')
    return refuse('access.disabled', installation?.state ?? 'none');
  const role = roleOf(entry, claims.roles);
  if (!role) return refuse('access.forbidden', 'role');
  const user = { id: claims.sub, name: claims.name ?? claims.sub };
  const family = JSON.stringify([tenantId, claims.sub, claims.sid]);
  const { token, expiresInSeconds } = sessions.open({
    tenantId,
    installationId: installation.id,
    epoch: installation.epoch,
    user,
    role,
    actor: { kind: 'user', ...user },
    module: claims.ctx.module,
    family,
    hostTokenIssuedAtMs: claims.iat * 1000,
  });
  record('ok', null);
  const reply = {
    token,
    expiresInSeconds,
    user: { ...user, role },
    tenant: { name: installation.name, marketplace: entry.name },
    module: claims.ctx.module,
  };
  return { reply, family };
}

/** Throws `request.invalid`. */
function renewalOf(body: Uint8Array): v.InferOutput<typeof renewalBody> {
  if (body.length === 0) return {};
  const parsed = v.safeParse(renewalBody, jsonOf(body));
  if (!parsed.success) throw new AppError('request.invalid');
  return parsed.output;
}
