import type { AuditEntry } from '../../access/audit.ts';
import type { ChainFault } from '../../access/chain-check.ts';

/** One entry of the audit trail: who had access, who was refused, and why. */
export interface AuditEntryView {
  position: number;
  at: string;
  action: AuditEntry['action'];
  outcome: AuditEntry['outcome'];
  /** By name, where they have opened the app. */
  actor: string | null;
  /** What was done, in words. */
  sentence: string;
  reason: string | null;
}
export interface AuditPageView {
  rows: AuditEntryView[];
  next: string | null;
}
/** What a look through the whole trail found. */
export interface AuditCheckView {
  checkedAt: string;
  entries: number;
  fault: ChainFault | null;
}
