import * as v from 'valibot';
import { lifecycleEvents } from './lifecycle-events.ts';

/** Ids as a marketplace writes them: visible ASCII, so that nothing can be hidden in a log or a name. */
const id = v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,100}$/));
const seconds = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** At least 128 random bits, base64url or hex. */
const tokenId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22,128}$/));
const personName = v.pipe(v.string(), v.regex(/^[^\p{C}\p{Zl}\p{Zp}]{1,200}$/u));

const common = {
  iss: v.string(),
  aud: v.string(),
  iat: seconds,
  exp: seconds,
  jti: tokenId,
  tid: id,
  iid: id,
  env: v.picklist(['production', 'sandbox']),
};

export const lifecycleClaimsSchema = v.object({
  ...common,
  /** The acting administrator, or `system`. */
  act: v.pipe(v.string(), v.maxLength(200)),
  evt: v.picklist(lifecycleEvents),
  /** The same on every retry of one event. */
  eid: id,
  seq: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  /** The installation this one replaces. */
  prev: v.nullable(id),
  htm: v.string(),
  htu: v.string(),
  /** base64url SHA-256 of the raw body. */
  bsh: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/)),
});
export type LifecycleClaims = v.InferOutput<typeof lifecycleClaimsSchema>;

export const sessionClaimsSchema = v.object({
  ...common,
  sub: id,
  name: v.optional(personName),
  sid: id,
  roles: v.pipe(v.array(v.pipe(v.string(), v.maxLength(100))), v.maxLength(50)),
  ctx: v.object({
    module: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,39}$/)),
    resource: v.optional(id),
  }),
  org: v.string(),
});
export type SessionClaims = v.InferOutput<typeof sessionClaimsSchema>;

/** The table of token kinds (R3): what one must carry, the other must not, so neither passes as the other. */
export const tokenKinds = {
  lifecycle: {
    typ: 'mkt-lifecycle+jwt',
    audience: '/lifecycle',
    required: [
      'iat',
      'exp',
      'jti',
      'tid',
      'iid',
      'env',
      'act',
      'evt',
      'eid',
      'seq',
      'prev',
      'htm',
      'htu',
      'bsh',
    ],
    forbidden: ['sub', 'roles', 'sid', 'ctx'],
    schema: lifecycleClaimsSchema,
  },
  session: {
    typ: 'mkt-session+jwt',
    audience: '/session',
    required: ['iat', 'exp', 'jti', 'tid', 'iid', 'env', 'sub', 'sid', 'roles', 'ctx', 'org'],
    forbidden: ['evt', 'eid', 'seq', 'bsh'],
    schema: sessionClaimsSchema,
  },
} as const;
export type TokenKind = keyof typeof tokenKinds;
