import type { Journal } from '../journal.ts';
import type { LateCommits } from '../late-commits.ts';
import type { FaultSwitches } from './faults.ts';
import type { Calls } from './gate/calls.ts';
import type { Idempotency } from './gate/idempotency.ts';
import type { RateLimits } from './gate/rate-limits.ts';
import type { Access } from './oauth/access.ts';
import type { Organisation } from './state.ts';

export interface XeroClientRegistration {
  clientId: string;
  clientSecret: string;
  redirectUris: string[];
  name: string;
  /** True for apps created from 2 March 2026 on, which get granular scopes only (developer.xero.com/faq/granular-scopes). */
  granularScopesOnly: boolean;
}

/** Everything of one sandbox Xero between two resets. */
export interface World {
  /** The sandbox clock, or the due moment while a late commit is applied. */
  nowMs(): number;
  baseUrl: string;
  clients: readonly XeroClientRegistration[];
  organisations: Map<string, Organisation>;
  guid(): string;
  /** An id that names only an answer; drawn apart, so that reading does not move the ids of what is made. */
  traceId(): string;
  /** Hex digits from the seed, for tokens and codes. */
  hex(length: number): string;
  journal: Journal;
  record(entry: { kind: string; actor: string; data: unknown }): void;
  faults: FaultSwitches;
  access: Access;
  limits: RateLimits;
  idempotency: Idempotency;
  late: LateCommits;
  calls: Calls;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}
