import * as v from 'valibot';
import type { TenantId } from '../domain/ids.ts';
import type { CheckedChain } from './chain-check.ts';

const text = v.nullable(v.string());
const maybe = v.exactOptional(text);
const factMembers = {
  action: v.picklist([
    'lifecycle',
    'session',
    'role',
    'connect',
    'disconnect',
    'settings',
    'export',
    'grant',
    'second',
    'keys',
    'audit',
    'hint',
  ]),
  outcome: v.picklist(['ok', 'refused']),
  marketplaceId: text,
  /** Whose trail it belongs to; null is the operator's own. */
  tenantId: text,
  installationId: maybe,
  actor: maybe,
  object: maybe,
  /** The exact reason, which no caller is ever told. */
  reason: maybe,
  eid: maybe,
  jti: maybe,
  kid: maybe,
  requestId: maybe,
};
const factSchema = v.strictObject(factMembers);
/** One fact of the audit trail. Never a token, code, `state`, secret or body. */
export type AuditFact = v.InferOutput<typeof factSchema>;

export const auditEntrySchema = v.strictObject({
  ...factMembers,
  at: v.string(),
  /** Counted from one, without a gap. */
  position: v.number(),
  /** Hash of the entry before; the first has zeros. */
  previous: v.string(),
  hash: v.string(),
});
export type AuditEntry = v.InferOutput<typeof auditEntrySchema>;

export interface Audit {
  /** Throws `store.queue-full` when what waits to be written is too much: nothing happens unrecorded. */
  record(fact: AuditFact): void;
}
export interface AuditPage {
  /** Newest first. */
  entries: AuditEntry[];
  /** The `before` of the next page; null at the end. */
  next: number | null;
}
export interface AuditQuery {
  before: number | null;
  limit: number;
}
export interface AuditTrail extends Audit {
  page(tenantId: TenantId, query: AuditQuery): Promise<AuditPage>;
  /** Looks through the tenant's whole chain. */
  check(tenantId: TenantId): Promise<CheckedChain>;
  /** Deletes a tenant's trail; that it was there, and how far it went, stays in the operator's. */
  forget(tenantId: TenantId): Promise<void>;
  /** Every chain's end under the newest master key. Throws `store.failed` where one cannot be written. */
  reseal(): Promise<void>;
  /** Resolves when everything recorded so far is on disk, or could not be written. */
  flush(): Promise<void>;
}
