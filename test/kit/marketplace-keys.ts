import { createHash, randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

/** A marketplace that signs: real keys, made for the test. */
export interface MarketplaceKeys {
  kid: string;
  jwks: { keys: JWK[] };
  /** A compact JWS with exactly these header members and claims. */
  sign(claims: Record<string, unknown>, header?: Record<string, unknown>): Promise<string>;
}

export async function createMarketplaceKeys(
  alg: 'ES256' | 'EdDSA' | 'RS256' = 'ES256',
  kid = 'key-1',
): Promise<MarketplaceKeys> {
  const { publicKey, privateKey } = await generateKeyPair(alg, {
    extractable: true,
    modulusLength: 3072,
  });
  const jwk = { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' };
  return {
    kid,
    jwks: { keys: [jwk] },
    sign: (claims, header = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg, kid, ...header }).sign(privateKey),
  };
}

export const tokenId = (): string => randomBytes(24).toString('base64url');
export const bodyHash = (body: string): string =>
  createHash('sha256').update(body).digest('base64url');

/** Claims without the members that are undefined, to leave one out. */
export const without = (claims: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
