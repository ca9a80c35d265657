import * as v from 'valibot';
import type { Clock } from '../domain/ports/machine.ts';
import { type LifecycleClaims, type SessionClaims, type TokenKind, tokenKinds } from './claims.ts';
import { jsonOf } from './compact-token.ts';
import {
  type LifecycleBody,
  type LifecycleEvent,
  lifecycleBodySchema,
} from './lifecycle-events.ts';
import type { MarketplaceEntry } from './marketplaces.ts';

export const signedBodyMaxBytes = 64 * 1024;
export const lifeMaxSeconds = 60;
export const clockToleranceSeconds = 10;

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
  | 'life'
  | 'expired'
  | 'environment'
  | 'address'
  | 'body-hash'
  | 'body'
  | 'origin'
  | 'resource'
  | 'key'
  | 'signature';

/** What a call says once its signature holds. */
export type Said =
  | { kind: 'lifecycle'; claims: LifecycleClaims; body: LifecycleBody }
  | { kind: 'session'; claims: SessionClaims };

/** R4.1: only what a signed call looks like. An empty body needs no type. */
export function isPlain(request: SignedRequest): boolean {
  const { method, search, contentType, contentEncoding, body } = request;
  const isJson = /^application\/json(; ?charset=utf-8)?$/i.test(contentType ?? '');
  return (
    method === 'POST' &&
    search === '' &&
    contentEncoding === null &&
    body.length <= signedBodyMaxBytes &&
    (isJson || (body.length === 0 && contentType === null))
  );
}

/**
 * R4.6 and R4.7: everything of a call that can be judged without a key, so that no key is asked for on
 * behalf of a token that would be refused anyway.
 */
export async function readCall(options: {
  kind: TokenKind;
  claims: Record<string, unknown>;
  request: SignedRequest;
  entry: MarketplaceEntry;
  publicUrl: string;
  clock: Clock;
}): Promise<Said | Refusal> {
  const { kind, claims, request, entry, publicUrl, clock } = options;
  const { forbidden, audience } = tokenKinds[kind];
  if (forbidden.some((name) => Object.hasOwn(claims, name))) return 'forbidden-claim';
  const parsed = v.safeParse(tokenKinds[kind].schema, claims);
  // An array of audiences would let one token serve two apps: `aud` is one exact text.
  if (!parsed.success || parsed.output.aud !== `${publicUrl}${audience}`) return 'claims';
  const late = timeFault(parsed.output, clock);
  if (late) return late;
  if (parsed.output.env !== entry.env) return 'environment';
  return 'evt' in parsed.output
    ? lifecycleCall(parsed.output, request, publicUrl)
    : sessionCall(parsed.output, entry);
}

function timeFault({ iat, exp }: { iat: number; exp: number }, clock: Clock): Refusal | null {
  const nowSeconds = Math.floor(clock.nowMs() / 1000);
  const life = exp - iat;
  if (life <= 0 || life > lifeMaxSeconds) return 'life';
  if (iat - nowSeconds > clockToleranceSeconds) return 'claims';
  return exp + clockToleranceSeconds <= nowSeconds ? 'expired' : null;
}

/** R4.7: the call is the one that was signed: method, configured address, every byte of the body. */
async function lifecycleCall(
  claims: LifecycleClaims,
  request: SignedRequest,
  publicUrl: string,
): Promise<Said | Refusal> {
  const isHere =
    claims.htm === 'POST' &&
    claims.evt === request.event &&
    claims.htu === `${publicUrl}/lifecycle/${request.event}`;
  if (!isHere) return 'address';
  const digest = await globalThis.crypto.subtle.digest('SHA-256', request.body);
  if (claims.bsh !== Buffer.from(digest).toString('base64url')) return 'body-hash';
  const body = v.safeParse(lifecycleBodySchema, jsonOf(request.body));
  const isOwn =
    body.success &&
    body.output.evt === claims.evt &&
    body.output.tid === claims.tid &&
    body.output.iid === claims.iid;
  return isOwn ? { kind: 'lifecycle', claims, body: body.output } : 'body';
}

function sessionCall(claims: SessionClaims, entry: MarketplaceEntry): Said | Refusal {
  if (!entry.uiOrigins.includes(claims.org)) return 'origin';
  // R10: a token for one thing must not open everything, and no page here is about one thing.
  if (claims.ctx.resource !== undefined) return 'resource';
  return { kind: 'session', claims };
}
