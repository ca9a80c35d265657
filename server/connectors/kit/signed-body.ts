import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether the signature is the base64 HMAC-SHA-256 (RFC 2104) of exactly these bytes under the key, in its
 * one spelling. Takes the same time wherever a wrong one differs.
 */
export function isSignedBody({
  body,
  signature,
  key,
}: {
  body: Uint8Array;
  signature: string | null;
  key: string | Uint8Array;
}): boolean {
  const own = Buffer.from(createHmac('sha256', key).update(body).digest('base64'));
  const given = Buffer.from(signature ?? '');
  return given.length === own.length && timingSafeEqual(given, own);
}
