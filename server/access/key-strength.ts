/** NIST SP 800-57 part 1, table 2: 128 bits of strength. */
export const rsaMinBits = 3072;
/** OpenSSL takes no larger exponent beside a modulus of this size; larger ones only cost time. */
const rsaExponentMaxBits = 64;

type PublicKey =
  | { kty: 'EC' }
  | { kty: 'OKP'; crv: 'Ed25519'; x: string }
  | { kty: 'RSA'; n: string; e: string };

/**
 * Whether nobody but its owner can sign for a public key, as far as the key itself tells. The library
 * looks at the point of an elliptic curve, and takes whatever else has the right length.
 */
export function isStrong(key: PublicKey): boolean {
  if (key.kty === 'EC') return true;
  if (key.kty === 'OKP') return isStrongPoint(Buffer.from(key.x, 'base64url'));
  const n = numberOf(Buffer.from(key.n, 'base64url'));
  const e = numberOf(Buffer.from(key.e, 'base64url'));
  return bitsOf(n) >= rsaMinBits && n % 2n === 1n && isStrongExponent(e) && !isOfRoca(n);
}

/** FIPS 186-5 A.1.1: odd, and above 2^16. Under an exponent of one, the message is its own signature. */
const isStrongExponent = (e: bigint): boolean =>
  e % 2n === 1n && e > 65_536n && bitsOf(e) <= rsaExponentMaxBits;

const roca = [
  3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101,
  103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
].map((prime) => ({ prime: BigInt(prime), powers: powersOf(65_537 % prime, prime) }));

/** CVE-2017-15361: the chip's primes are powers of 65537 by every small prime, and so is their product. */
const isOfRoca = (n: bigint): boolean =>
  roca.every(({ prime, powers }) => powers.has(Number(n % prime)));

function powersOf(base: number, prime: number): ReadonlySet<number> {
  const powers = new Set<number>();
  for (let power = 1; !powers.has(power); power = (power * base) % prime) powers.add(power);
  return powers;
}

const field = 2n ** 255n - 19n;
/** The `y` of a point of order 8; the other one's is its negative. */
const eighth = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;
/** The points of order 1, 2, 4 and 8 by their `y` (RFC 8032 5.1.7 multiplies by 8): anybody signs for them. */
const weakPoints: ReadonlySet<bigint> = new Set([0n, 1n, field - 1n, eighth, field - eighth]);

function isStrongPoint(bytes: Uint8Array): boolean {
  // Little end first; the highest bit is the sign of `x` (RFC 8032 5.1.2).
  const y = numberOf(bytes.toReversed()) % 2n ** 255n;
  return y < field && !weakPoints.has(y);
}

const numberOf = (bytes: Uint8Array): bigint =>
  bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
const bitsOf = (value: bigint): number => (value === 0n ? 0 : value.toString(2).length);
