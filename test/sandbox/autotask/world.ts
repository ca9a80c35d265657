import type { Calls } from '../calls.ts';
import type { Journal } from '../journal.ts';
import type { LateCommits } from '../late-commits.ts';
import type { PostedPeriods } from './billing/posted.ts';
import type { FaultSwitches } from './faults.ts';
import type { Limits } from './gate/limits.ts';
import type { Tables } from './tables.ts';

/** A user with the licence "API User (API-only)" (help: Adding an API user). */
export interface ApiUser {
  /** The user name, called key on the page where it is made. */
  userName: string;
  secret: string;
  /** The resource that stands as creator of what it makes. */
  resourceId: number;
  isActive: boolean;
}

/** Everything of one sandbox Autotask between two resets. */
export interface World {
  /** The sandbox clock, or the due moment while a late commit is applied. */
  nowMs(): number;
  baseUrl: string;
  /** The tenant's name, as its own company record (id 0) has it. */
  name: string;
  /** The number in `webservices{zone}.autotask.net`; here a part of the path. */
  zone: number;
  apiUsers: ApiUser[];
  /** The resource of the person who works on the pages. */
  personId: number;
  /** Tracking identifiers that this tenant knows: a listed vendor's, or made with an API user (help: API tracking identifier). */
  trackingIds: string[];
  /** The security level "Can't read costs". */
  hidesCosts: boolean;
  tables: Tables;
  posted: PostedPeriods;
  journal: Journal;
  record(entry: { kind: string; actor: string; data: unknown }): void;
  faults: FaultSwitches;
  limits: Limits;
  late: LateCommits;
  calls: Calls;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}
