import { errors, jwtVerify } from 'jose';
import type { Clock } from '../domain/ports/machine.ts';
import { type TokenKind, tokenKinds } from './claims.ts';
import { headerOf, tokenOf, unprovenClaims } from './compact-token.ts';
import type { KeySet } from './key-set.ts';
import type { MarketplaceEntry } from './marketplaces.ts';
import {
  clockToleranceSeconds,
  isPlain,
  lifeMaxSeconds,
  type Refusal,
  readCall,
  type Said,
  type SignedRequest,
} from './signed-call.ts';

export type Verified =
  | (Said & { status: 'verified'; entry: MarketplaceEntry; kid: string })
  | { status: 'refused'; reason: Refusal; marketplaceId: string | null };

export interface Verifier {
  verify(kind: TokenKind, request: SignedRequest): Promise<Verified>;
}

/**
 * R3 and R4, one function for both kinds of token: first everything that needs no key, then the key,
 * then the signature. `publicUrl` is configured, never a `Host` header.
 */
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
      const header = headerOf(token);
      if (header?.typ !== tokenKinds[kind].typ) return refused('header');
      const claims = unprovenClaims(token);
      const issuer = typeof claims?.iss === 'string' ? issuers.get(claims.iss) : undefined;
      if (!claims || issuer?.entry.status !== 'active') return refused('issuer');
      const { entry, keys } = issuer;
      if (header.alg !== entry.alg) return refused('header', entry.id);
      const said = await readCall({ kind, claims, request, entry, publicUrl, clock });
      if (typeof said === 'string') return refused(said, entry.id);
      const key = await keys.find(header.kid);
      if (!key) return refused('key', entry.id);
      const fault = await signatureFault(token, { kind, entry, key, publicUrl, clock });
      return fault === null
        ? { status: 'verified', entry, kid: header.kid, ...said }
        : refused(fault, entry.id);
    },
  };
}

/** R4.5: jose with every check on, though most were made before: the library must agree. */
async function signatureFault(
  token: string,
  options: {
    kind: TokenKind;
    entry: MarketplaceEntry;
    key: CryptoKey;
    publicUrl: string;
    clock: Clock;
  },
): Promise<Refusal | null> {
  const { typ, audience, required } = tokenKinds[options.kind];
  try {
    await jwtVerify(token, options.key, {
      algorithms: [options.entry.alg],
      issuer: options.entry.issuer,
      audience: `${options.publicUrl}${audience}`,
      typ,
      requiredClaims: [...required],
      maxTokenAge: lifeMaxSeconds,
      clockTolerance: clockToleranceSeconds,
      currentDate: new Date(options.clock.nowMs()),
    });
    return null;
  } catch (error) {
    if (error instanceof errors.JWTExpired) return 'expired';
    return error instanceof errors.JWTClaimValidationFailed ? 'claims' : 'signature';
  }
}
