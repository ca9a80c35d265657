import * as v from 'valibot';
import type { AuditEntry, AuditTrail } from '../../access/audit.ts';
import { csvOf } from '../../domain/csv.ts';
import type { TenantId } from '../../domain/ids.ts';
import type { Clock } from '../../domain/ports/machine.ts';
import type { Store } from '../../domain/ports/store.ts';
import { pageSize } from '../contract.ts';
import { auditEntryView, auditSentence } from '../present/audit.ts';
import { type AnyRoute, route } from '../route.ts';
import type { AuditCheckView } from '../views/audit.ts';

export interface AuditServices {
  trail: Pick<AuditTrail, 'page' | 'check'>;
  clock: Clock;
  /** Knows the people who have opened the app. */
  store: Pick<Store, 'read'>;
}

/** Rows of one file; older ones are asked for from where it ends. */
const exportRowsMax = 50_000;
/** A look through the whole chain costs reading it: within this time the last answer is given again. */
const checkEveryMs = 60_000;
const checksKeptMax = 1_000;

const filter = v.strictObject({
  before: v.optional(v.pipe(v.string(), v.regex(/^\d{1,12}$/))),
});
const beforeOf = ({ before }: v.InferOutput<typeof filter>): number | null =>
  before === undefined ? null : Number(before);

/** The tenant's own audit trail, for its administrators. It is read here and never changed. */
export function auditRoutes({ trail, clock, store }: AuditServices): AnyRoute[] {
  const check = checkedAtTimes({ trail, clock });
  return [
    route('GET /v1/audit', { role: 'admin', query: filter }, async ({ session, query }) => {
      const before = beforeOf(query);
      const page = await trail.page(session.tenantId, { before, limit: pageSize });
      const reader = await store.read(session.tenantId);
      const nameOf = (actor: string) => reader.get('visit', actor)?.name ?? null;
      return {
        rows: page.entries.map((entry) => auditEntryView(entry, nameOf)),
        next: page.next === null ? null : String(page.next),
      };
    }),
    route('GET /v1/audit/check', { role: 'admin' }, ({ session }) => check(session.tenantId)),
    route(
      'GET /v1/audit.csv',
      { role: 'admin', stepUp: true, audit: 'export', query: filter, csv: true },
      async ({ session, query }) => {
        const before = beforeOf(query);
        const page = await trail.page(session.tenantId, { before, limit: exportRowsMax });
        return csvOf([[...columns.map(([head]) => head), inWords], ...page.entries.map(rowOf)]);
      },
    ),
  ];
}

/** One look at a time for a tenant, and its answer kept for a while. */
function checkedAtTimes({ trail, clock }: Pick<AuditServices, 'trail' | 'clock'>) {
  const kept = new Map<TenantId, { untilMs: number; answer: Promise<AuditCheckView> }>();
  return (tenantId: TenantId): Promise<AuditCheckView> => {
    const known = kept.get(tenantId);
    if (known !== undefined && known.untilMs > clock.nowMs()) return known.answer;
    const checkedAt = new Date(clock.nowMs()).toISOString();
    const answer = trail
      .check(tenantId)
      .then(({ entries, fault }) => ({ checkedAt, entries, fault }));
    answer.catch(() => kept.delete(tenantId));
    const [oldest] = kept.keys();
    if (kept.size >= checksKeptMax && oldest !== undefined) kept.delete(oldest);
    kept.delete(tenantId);
    kept.set(tenantId, { untilMs: clock.nowMs() + checkEveryMs, answer });
    return answer;
  };
}

/** With everything that an entry's hash is made of, so that a reader can follow the chain; words at the end. */
const inWords = 'In words';
const columns: readonly [string, keyof AuditEntry][] = [
  ['Number', 'position'],
  ['Time', 'at'],
  ['Action', 'action'],
  ['Outcome', 'outcome'],
  ['Who', 'actor'],
  ['What', 'object'],
  ['Reason', 'reason'],
  ['Marketplace', 'marketplaceId'],
  ['Tenant', 'tenantId'],
  ['Installation', 'installationId'],
  ['Event', 'eid'],
  ['Token', 'jti'],
  ['Key', 'kid'],
  ['Request', 'requestId'],
  ['Previous hash', 'previous'],
  ['Hash', 'hash'],
];
const rowOf = (entry: AuditEntry): (string | null)[] => [
  ...columns.map(([, name]) => {
    const value = entry[name];
    return value === undefined || value === null ? null : String(value);
  }),
  auditSentence(entry),
];
