import { type CryptoKey, importJWK } from 'jose';
import * as v from 'valibot';
import type { Clock, Fetch } from '../domain/ports/machine.ts';
import { readBytes } from './bounded-body.ts';
import { deadline } from './deadline.ts';
import { isStrong } from './key-strength.ts';
import type { MarketplaceEntry } from './marketplaces.ts';

/** Limits of R5. The library's own remote key set follows the machine's clock; this one follows ours. */
export const keySetLimits = {
  answerMs: 5_000,
  bodyMaxBytes: 64 * 1024,
  keysMax: 16,
  freshMs: 10 * 60_000,
  cooldownMs: 30_000,
  lastGoodMs: 60 * 60_000,
} as const;

export interface KeySet {
  /** The key of that id, or null. Asks the pinned address at most once in 30 s. */
  find(kid: string): Promise<CryptoKey | null>;
}
export type KeySetAlert = (reason: string) => void;

type Entry = Pick<MarketplaceEntry, 'id' | 'jwksUri' | 'alg' | 'deniedKids'>;
type Keys = ReadonlyMap<string, CryptoKey>;

/**
 * A marketplace's public keys (RFC 7517) from the one address the operator pinned. A set with any
 * key that should not be there is refused whole; the last good set serves for an hour, then nothing.
 */
export function createKeySet(options: {
  entry: Entry;
  fetch: Fetch;
  clock: Clock;
  alert: KeySetAlert;
}): KeySet {
  const { entry, clock, alert } = options;
  let good: { keys: Keys; readAtMs: number } | null = null;
  let triedAtMs = Number.NEGATIVE_INFINITY;
  let flight: Promise<void> | null = null;

  const refresh = async () => {
    triedAtMs = clock.nowMs();
    try {
      good = { keys: await readKeys(options), readAtMs: clock.nowMs() };
    } catch (error) {
      alert(error instanceof KeySetError ? error.message : 'unreachable');
    }
  };
  const refreshOnce = async () => {
    flight ??= refresh().finally(() => {
      flight = null;
    });
    await flight;
  };
  const rested = () => clock.nowMs() - triedAtMs >= keySetLimits.cooldownMs;
  const ageMs = () => (good ? clock.nowMs() - good.readAtMs : Number.POSITIVE_INFINITY);
  /** A clock that is set back neither keeps anybody from asking again nor keeps old keys for longer. */
  const followClock = () => {
    const nowMs = clock.nowMs();
    if (triedAtMs > nowMs) triedAtMs = Number.NEGATIVE_INFINITY;
    if (good && good.readAtMs > nowMs) good = { ...good, readAtMs: nowMs };
  };

  return {
    find: async (kid) => {
      if (entry.deniedKids.includes(kid)) return null;
      followClock();
      const known = good?.keys.has(kid) === true && ageMs() < keySetLimits.freshMs;
      if (!known && (flight || rested())) await refreshOnce();
      return ageMs() < keySetLimits.lastGoodMs ? (good?.keys.get(kid) ?? null) : null;
    },
  };
}

class KeySetError extends Error {}

async function readKeys({
  entry,
  fetch,
  clock,
}: {
  entry: Entry;
  fetch: Fetch;
  clock: Clock;
}): Promise<Keys> {
  const limit = deadline(clock, keySetLimits.answerMs);
  try {
    const response = await fetch(
      new Request(entry.jwksUri, {
        headers: { accept: 'application/json' },
        redirect: 'error',
        signal: limit.signal,
      }),
    );
    const type = response.headers.get('content-type') ?? '';
    if (response.status !== 200 || !/^application\/(jwk-set\+)?json\b/i.test(type))
      throw new KeySetError('not a key set');
    const bytes = await readBytes(response.body, keySetLimits.bodyMaxBytes, limit.signal);
    if (bytes === null) throw new KeySetError('too large');
    return await importKeys(
      entry,
      JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)),
    );
  } finally {
    limit.done();
  }
}

const base64url = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/), v.maxLength(2_048));
const common = {
  kid: v.pipe(v.string(), v.regex(/^[A-Za-z0-9._-]{1,64}$/)),
  use: v.literal('sig'),
};
/** What a public key of each algorithm looks like; `looseObject` members are checked for privacy below. */
const keySchemas = {
  ES256: v.looseObject({
    ...common,
    kty: v.literal('EC'),
    crv: v.literal('P-256'),
    alg: v.literal('ES256'),
    x: base64url,
    y: base64url,
  }),
  EdDSA: v.looseObject({
    ...common,
    kty: v.literal('OKP'),
    crv: v.literal('Ed25519'),
    alg: v.literal('EdDSA'),
    x: base64url,
  }),
  RS256: v.looseObject({
    ...common,
    kty: v.literal('RSA'),
    alg: v.literal('RS256'),
    n: base64url,
    e: base64url,
  }),
} as const;
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

async function importKeys(entry: Entry, set: unknown): Promise<Keys> {
  const keySchema = keySchemas[entry.alg];
  const parsed = v.safeParse(
    v.looseObject({
      keys: v.pipe(v.array(v.unknown()), v.minLength(1), v.maxLength(keySetLimits.keysMax)),
    }),
    set,
  );
  if (!parsed.success) throw new KeySetError('not a key set');
  const keys = new Map<string, CryptoKey>();
  for (const candidate of parsed.output.keys) {
    const jwk = v.safeParse(keySchema, candidate);
    if (!jwk.success) throw new KeySetError('a key of another kind');
    if (privateMembers.some((name) => Object.hasOwn(jwk.output, name)))
      throw new KeySetError('a private key');
    if (keys.has(jwk.output.kid)) throw new KeySetError('a key id twice');
    const { kid } = jwk.output;
    if (!isStrong(jwk.output)) throw new KeySetError('a weak key');
    const key = await importJWK(publicPart(jwk.output), entry.alg).catch(() => null);
    if (key === null || key instanceof Uint8Array) throw new KeySetError('not a key');
    keys.set(kid, key);
  }
  return keys;
}

/** Only the members the key is made of: nothing else of the document reaches the library. */
function publicPart(
  jwk:
    | { kty: 'EC'; crv: string; x: string; y: string }
    | { kty: 'OKP'; crv: string; x: string }
    | { kty: 'RSA'; n: string; e: string },
) {
  if (jwk.kty === 'EC') return { kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y };
  if (jwk.kty === 'OKP') return { kty: jwk.kty, crv: jwk.crv, x: jwk.x };
  return { kty: jwk.kty, n: jwk.n, e: jwk.e };
}
