import { canonical } from '../domain/json.ts';
import type { Clock, Crypto, Logger } from '../domain/ports.ts';

/** One fact of the audit trail. Never a token, code, `state`, secret or body. */
export interface AuditFact {
  action: 'lifecycle' | 'session' | 'role' | 'connect' | 'disconnect' | 'settings' | 'keys';
  outcome: 'ok' | 'refused';
  marketplaceId: string | null;
  tenantId: string | null;
  installationId?: string | null;
  actor?: string | null;
  object?: string | null;
  /** The exact reason, which no caller is ever told. */
  reason?: string | null;
  eid?: string | null;
  jti?: string | null;
  kid?: string | null;
  requestId?: string | null;
}
export interface AuditEntry extends AuditFact {
  at: string;
  /** Position in its tenant's chain since the start of this process. */
  position: number;
  /** Hash of the entry before; the first of a process starts from zeros. */
  previous: string;
  hash: string;
}
export interface Audit {
  record(fact: AuditFact): void;
}

const genesis = '0'.repeat(64);
const chainsMax = 10_000;

/** Writes each fact to the log as one JSON line, chained to the one before it by SHA-256. */
export function createAudit(options: { clock: Clock; crypto: Crypto; logger: Logger }): Audit {
  const { clock, crypto, logger } = options;
  const heads = new Map<string, { position: number; hash: string }>();

  return {
    record: (fact) => {
      const chain = fact.tenantId ?? '';
      const head = heads.get(chain) ?? { position: 0, hash: genesis };
      const unsigned = {
        ...fact,
        at: new Date(clock.nowMs()).toISOString(),
        position: head.position + 1,
        previous: head.hash,
      };
      const entry: AuditEntry = { ...unsigned, hash: crypto.hash(canonical(unsigned)) };
      const [oldest] = heads.keys();
      if (heads.size >= chainsMax && oldest !== undefined) heads.delete(oldest);
      heads.delete(chain);
      heads.set(chain, { position: entry.position, hash: entry.hash });
      logger.info('audit', entry);
    },
  };
}

/** The position of the first entry that was changed, left out or put in; null when all are whole. */
export function brokenAt(entries: readonly AuditEntry[], crypto: Crypto): number | null {
  let previous = genesis;
  let position = 1;
  for (const { hash, ...unsigned } of entries) {
    const whole =
      unsigned.previous === previous &&
      unsigned.position === position &&
      crypto.hash(canonical(unsigned)) === hash;
    if (!whole) return position;
    previous = hash;
    position += 1;
  }
  return null;
}
