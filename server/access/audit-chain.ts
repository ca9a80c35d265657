import { createHmac, timingSafeEqual } from 'node:crypto';
import * as v from 'valibot';
import { canonical } from '../domain/json.ts';
import type { Crypto } from '../domain/ports/machine.ts';
import type { AuditEntry, AuditFact } from './audit.ts';
import type { MasterKey } from './master-keys.ts';

const genesis = '0'.repeat(64);
/** How far a chain goes. */
export interface ChainEnd {
  position: number;
  hash: string;
}
export const chainStart: ChainEnd = { position: 0, hash: genesis };

/** The fact as the next entry of a chain (SHA-256 over everything but its own hash). */
export function chained(
  end: ChainEnd,
  fact: AuditFact & { at: string },
  crypto: Crypto,
): AuditEntry {
  const unsigned = { ...fact, position: end.position + 1, previous: end.hash };
  return { ...unsigned, hash: crypto.hash(canonical(unsigned)) };
}

/** True when the entry follows on that end and is as it was written. */
export function follows(end: ChainEnd, entry: AuditEntry, crypto: Crypto): boolean {
  const { hash, ...unsigned } = entry;
  return (
    entry.position === end.position + 1 &&
    entry.previous === end.hash &&
    crypto.hash(canonical(unsigned)) === hash
  );
}

export const sealedEndSchema = v.strictObject({
  position: v.number(),
  hash: v.string(),
  keyId: v.string(),
  seal: v.string(),
});
export type SealedEnd = v.InferOutput<typeof sealedEndSchema>;

/**
 * The end of a chain under the newest master key (HMAC, RFC 2104). Who can write the files could compute
 * every hash of a chain anew, or cut its tail off; this they cannot.
 */
export function sealed(name: string, end: ChainEnd, masterKeys: readonly MasterKey[]): SealedEnd {
  const [key] = masterKeys;
  if (key === undefined) throw new Error('there is no master key');
  return { ...end, keyId: key.id, seal: sealOf(name, end, key).toString('base64url') };
}

export function isSealed(name: string, end: SealedEnd, masterKeys: readonly MasterKey[]): boolean {
  const key = masterKeys.find(({ id }) => id === end.keyId);
  if (key === undefined) return false;
  const [expected, given] = [sealOf(name, end, key), Buffer.from(end.seal, 'base64url')];
  return expected.length === given.length && timingSafeEqual(expected, given);
}

function sealOf(name: string, { position, hash }: ChainEnd, { key }: MasterKey): Buffer {
  const own = createHmac('sha256', key).update('audit trail').digest();
  return createHmac('sha256', own)
    .update(canonical([name, position, hash]))
    .digest();
}
