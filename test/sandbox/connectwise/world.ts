import type { Calls } from '../calls.ts';
import type { Journal } from '../journal.ts';
import type { LateCommits } from '../late-commits.ts';
import type { Invoicings } from './billing/invoicings.ts';
import type { CallbackDesk } from './callbacks.ts';
import type { Documents } from './documents.ts';
import type { FaultSwitches } from './faults.ts';
import type { Limits } from './gate/limits.ts';
import type { Role } from './schema/rights.ts';
import type { Tables } from './tables.ts';

/** A member of the type API: no licence, no pages, keys only (vendor guide: API members). */
export interface ApiMember {
  /** The record of the member. */
  memberId: number;
  identifier: string;
  publicKey: string;
  privateKey: string;
  isActive: boolean;
}

/** Everything of one sandbox ConnectWise between two resets. */
export interface World {
  /** The sandbox clock, or the due moment while a late commit is applied. */
  nowMs(): number;
  baseUrl: string;
  /** The tenant's name, and the company id with which people and keys sign in. */
  name: string;
  companyId: string;
  /** The part of the path that discovery tells, without slashes: `v2026_4`. */
  codebase: string;
  member: ApiMember;
  /** The member who works on the pages. */
  personId: number;
  /** Integrations that the developer network knows. */
  clientIds: readonly string[];
  role: Role;
  tables: Tables;
  invoicings: Invoicings;
  documents: Documents;
  callbacks: CallbackDesk;
  journal: Journal;
  record(entry: { kind: string; actor: string; data: unknown }): void;
  faults: FaultSwitches;
  limits: Limits;
  late: LateCommits;
  calls: Calls;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}
