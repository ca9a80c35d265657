import * as v from 'valibot';

const tokenMaxBytes = 8 * 1024;
const headerSchema = v.strictObject({
  alg: v.string(),
  typ: v.string(),
  kid: v.pipe(v.string(), v.regex(/^[A-Za-z0-9._-]{1,64}$/)),
});
const claimsSchema = v.record(v.string(), v.unknown());
export type TokenHeader = v.InferOutput<typeof headerSchema>;

/**
 * R4.2: the one place of a token. Two `Authorization` headers arrive joined by a comma, which no token
 * contains. Each part must be the one spelling of its bytes (RFC 7515 2): base64url leaves unused bits
 * in the last letter, and a second spelling of a token would be a second token.
 */
export function tokenOf(authorization: string | null): string | null {
  if (authorization === null || authorization.length > tokenMaxBytes + 'Bearer '.length)
    return null;
  const token = /^Bearer ([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)$/.exec(
    authorization,
  )?.[1];
  return token?.split('.').every(isCanonical) === true ? token : null;
}

const isCanonical = (part: string): boolean =>
  Buffer.from(part, 'base64url').toString('base64url') === part;

/** R4.3 (RFC 8725 3.1, 3.11): exactly `alg`, `typ`, `kid`; so no `jwk`, `jku`, `x5u`, `crit`, `b64`. */
export function headerOf(token: string): TokenHeader | null {
  const header = v.safeParse(headerSchema, jsonPart(token, 0));
  return header.success ? header.output : null;
}

/** What the token says, with nothing of it proven. */
export function unprovenClaims(token: string): Record<string, unknown> | null {
  const claims = v.safeParse(claimsSchema, jsonPart(token, 1));
  return claims.success ? claims.output : null;
}

const jsonPart = (token: string, at: 0 | 1): unknown =>
  jsonOf(Buffer.from(token.split('.')[at] ?? '', 'base64url'));

/** JSON of exact UTF-8; undefined where it is none. */
export function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
