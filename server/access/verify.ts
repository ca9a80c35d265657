import { decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import * as v from 'valibot';
import type { Clock } from '../domain/ports.ts';
import { type LifecycleClaims, type SessionClaims, type TokenKind, tokenKinds } from './claims.ts';
import type { KeySet } from './key-set.ts';
import {
  type LifecycleBody,
  type LifecycleEvent,
  lifecycleBodySchema,
} from './lifecycle-events.ts';
import type { MarketplaceEntry } from './marketplaces.ts';

export const signedBodyMaxBytes = 64 * 1024;
const tokenMaxBytes = 8 * 1024;
const lifeMaxSeconds = 60;
const clockToleranceSeconds = 10;

/** A signed request as it came in; nothing of it is trusted yet. */
export interface SignedRequest {
  method: string;
  /** The query with its `?`, empty when there is none. */
  search: string;
  contentType: string | null;
  contentEncoding: string | null;
  authorization: string | null;
  body: Uint8Array<ArrayBuffer>;
  /** The route's own event; null on the session exchange. */
  event: LifecycleEvent | null;
}

/** Why a token was refused. For the audit alone: outside there is one error for all of them. */
export type Refusal =
  | 'request'
  | 'token-form'
  | 'header'
  | 'issuer'
  | 'claims'
  | 'forbidden-claim'
  | 'key'
  | 'signature'
  | 'expired'
  | 'life'
  | 'environment'
  | 'address'
  | 'body-hash'
  | 'body'
  | 'origin'
  | 'resource';

export type Verified =
  | {
      status: 'verified';
      kind: 'lifecycle';
      entry: MarketplaceEntry;
      kid: string;
      claims: LifecycleClaims;
      body: LifecycleBody;
    }
  | {
      status: 'verified';
      kind: 'session';
      entry: MarketplaceEntry;
      kid: string;
      claims: SessionClaims;
    }
  | { status: 'refused'; reason: Refusal; marketplaceId: string | null };

export interface Verifier {
  verify(kind: TokenKind, request: SignedRequest): Promise<Verified>;
}

/** R3 and R4 in their order, for both kinds of token. `publicUrl` is configured, never a `Host` header. */
export function createVerifier(options: {
  entries: readonly MarketplaceEntry[];
  keySet(entry: MarketplaceEntry): KeySet;
  clock: Clock;
  publicUrl: string;
}): Verifier {
  const { clock, publicUrl } = options;
  const issuers = new Map(
    options.entries.map((entry) => [entry.issuer, { entry, keys: options.keySet(entry) }]),
  );

  return {
    verify: async (kind, request) => {
      const refused = (reason: Refusal, marketplaceId: string | null = null): Verified => ({
        status: 'refused',
        reason,
        marketplaceId,
      });
      if (!isPlain(request)) return refused('request');
      const token = tokenOf(request.authorization);
      if (token === null) return refused('token-form');
      const header = headerOf(token, tokenKinds[kind].typ);
      if (header === null) return refused('header');
      const unproven = unprovenClaims(token);
      const issuer = typeof unproven?.iss === 'string' ? issuers.get(unproven.iss) : undefined;
      if (!unproven || !issuer || issuer.entry.status !== 'active') return refused('issuer');
      const { entry, keys } = issuer;
      const refusedHere = (reason: Refusal) => refused(reason, entry.id);

      if (header.alg !== entry.alg) return refusedHere('header');
      const claimed = claimsFault(kind, unproven, `${publicUrl}${tokenKinds[kind].audience}`);
      if (claimed) return refusedHere(claimed);
      const key = await keys.find(header.kid);
      if (!key) return refusedHere('key');
      const proven = await prove(token, { kind, entry, key, publicUrl, nowMs: clock.nowMs() });
      if (typeof proven === 'string') return refusedHere(proven);

      return kind === 'lifecycle'
        ? lifecycleFact({ proven, request, entry, kid: header.kid, publicUrl })
        : sessionFact({ proven, entry, kid: header.kid });
    },
  };
}

/** R4.1: only what a signed call looks like. An empty body needs no type. */
function isPlain({ method, search, contentType, contentEncoding, body }: SignedRequest): boolean {
  const isJson = /^application\/json(; ?charset=utf-8)?$/i.test(contentType ?? '');
  return (
    method === 'POST' &&
    search === '' &&
    contentEncoding === null &&
    body.length <= signedBodyMaxBytes &&
    (isJson || (body.length === 0 && contentType === null))
  );
}

/** R4.2: two `Authorization` headers arrive joined by a comma, which no token contains. */
function tokenOf(authorization: string | null): string | null {
  if (authorization === null || authorization.length > tokenMaxBytes + 'Bearer '.length)
    return null;
  return (
    /^Bearer ([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)$/.exec(authorization)?.[1] ?? null
  );
}

const headerSchema = v.strictObject({
  alg: v.string(),
  typ: v.string(),
  kid: v.pipe(v.string(), v.regex(/^[A-Za-z0-9._-]{1,64}$/)),
});

/** R4.3 (RFC 8725 3.1, 3.11): exactly `alg`, `typ`, `kid`; so no `jwk`, `jku`, `x5u`, `crit`, `b64`. */
function headerOf(token: string, typ: string): v.InferOutput<typeof headerSchema> | null {
  try {
    const header = v.safeParse(headerSchema, decodeProtectedHeader(token));
    return header.success && header.output.typ === typ ? header.output : null;
  } catch {
    return null;
  }
}

function unprovenClaims(token: string): Record<string, unknown> | null {
  try {
    return decodeJwt(token);
  } catch {
    return null;
  }
}

/** R4.6: forms and forbidden claims, before any key is asked for. */
function claimsFault(
  kind: TokenKind,
  claims: Record<string, unknown>,
  audience: string,
): Refusal | null {
  const { schema, forbidden } = tokenKinds[kind];
  const parsed = v.safeParse(schema, claims);
  // An array of audiences would let one token serve two apps: `aud` is one exact string.
  if (!parsed.success || parsed.output.aud !== audience) return 'claims';
  if (forbidden.some((name) => Object.hasOwn(claims, name))) return 'forbidden-claim';
  const lifeSeconds = parsed.output.exp - parsed.output.iat;
  return lifeSeconds > 0 && lifeSeconds <= lifeMaxSeconds ? null : 'life';
}

/** R4.5: jose with every check on. */
async function prove(
  token: string,
  options: {
    kind: TokenKind;
    entry: MarketplaceEntry;
    key: CryptoKey;
    publicUrl: string;
    nowMs: number;
  },
): Promise<Record<string, unknown> | Refusal> {
  const { typ, audience, required } = tokenKinds[options.kind];
  try {
    const { payload } = await jwtVerify(token, options.key, {
      algorithms: [options.entry.alg],
      issuer: options.entry.issuer,
      audience: `${options.publicUrl}${audience}`,
      typ,
      requiredClaims: [...required],
      maxTokenAge: lifeMaxSeconds,
      clockTolerance: clockToleranceSeconds,
      currentDate: new Date(options.nowMs),
    });
    return payload.env === options.entry.env ? payload : 'environment';
  } catch (error) {
    if (error instanceof errors.JWTExpired) return 'expired';
    return error instanceof errors.JWTClaimValidationFailed ? 'claims' : 'signature';
  }
}

/** R4.7: the call is the one that was signed: method, configured address, every byte of the body. */
async function lifecycleFact(options: {
  proven: Record<string, unknown>;
  request: SignedRequest;
  entry: MarketplaceEntry;
  kid: string;
  publicUrl: string;
}): Promise<Verified> {
  const { proven, request, entry, kid, publicUrl } = options;
  const refused = (reason: Refusal): Verified => ({
    status: 'refused',
    reason,
    marketplaceId: entry.id,
  });
  const claims = v.parse(tokenKinds.lifecycle.schema, proven);
  const isHere =
    claims.htm === 'POST' &&
    claims.evt === request.event &&
    claims.htu === `${publicUrl}/lifecycle/${request.event}`;
  if (!isHere) return refused('address');
  const digest = await globalThis.crypto.subtle.digest('SHA-256', request.body);
  if (claims.bsh !== Buffer.from(digest).toString('base64url')) return refused('body-hash');
  const body = v.safeParse(lifecycleBodySchema, parsedJson(request.body));
  const isOwn =
    body.success &&
    body.output.evt === claims.evt &&
    body.output.tid === claims.tid &&
    body.output.iid === claims.iid;
  if (!isOwn) return refused('body');
  return { status: 'verified', kind: 'lifecycle', entry, kid, claims, body: body.output };
}

function sessionFact(options: {
  proven: Record<string, unknown>;
  entry: MarketplaceEntry;
  kid: string;
}): Verified {
  const { proven, entry, kid } = options;
  const claims = v.parse(tokenKinds.session.schema, proven);
  if (!entry.uiOrigins.includes(claims.org))
    return { status: 'refused', reason: 'origin', marketplaceId: entry.id };
  // R10: a token for one thing must not open everything, and no page here is about one thing.
  if (claims.ctx.resource !== undefined)
    return { status: 'refused', reason: 'resource', marketplaceId: entry.id };
  return { status: 'verified', kind: 'session', entry, kid, claims };
}

function parsedJson(bytes: Uint8Array<ArrayBuffer>): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
