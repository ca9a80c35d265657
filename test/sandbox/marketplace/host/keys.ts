import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

export interface SigningKeys {
  /** The public set: `kid`, `alg`, `use: sig` on each. */
  publicSet(): Promise<{ keys: JWK[] }>;
  sign(options: {
    typ: string;
    claims: Record<string, unknown>;
    header?: Record<string, unknown> | undefined;
  }): Promise<string>;
  /** A new key signs from now on; the old one stays in the set, or leaves it at once with `drop`. */
  rotate(options?: { drop?: boolean }): Promise<string>;
}

const KEYS_MAX = 4;

/** ES256 keys, made at the start and known to nobody else: nothing secret crosses the wire at an install. */
export function createSigningKeys(): SigningKeys {
  let ring = [makeKey()];
  const newest = async () => {
    const [key] = ring;
    if (!key) throw new Error('the marketplace has no signing key');
    return key;
  };
  return {
    publicSet: async () => ({ keys: (await Promise.all(ring)).map((key) => key.jwk) }),
    sign: async ({ typ, claims, header }) => {
      const { kid, privateKey } = await newest();
      // Header members exactly alg, typ, kid; others only where an attack test asks for them.
      return new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES256', typ, kid, ...header })
        .sign(privateKey);
    },
    rotate: async ({ drop = false } = {}) => {
      ring = drop ? [makeKey()] : [makeKey(), ...ring].slice(0, KEYS_MAX);
      return (await newest()).kid;
    },
  };
}

async function makeKey() {
  const kid = `mkt-${randomBytes(6).toString('hex')}`;
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const jwk: JWK = { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' };
  return { kid, privateKey, jwk };
}
