import * as v from 'valibot';
import type { Connection } from '../domain/connection.ts';
import { instant, millisecondsOf } from '../domain/dates.ts';
import { AppError } from '../domain/errors.ts';
import { installationIdSchema, type TenantId, tenantKey } from '../domain/ids.ts';
import { plainEntry } from '../domain/log-entry.ts';
import type { Clock } from '../domain/ports/machine.ts';
import type { Store, Transaction } from '../domain/ports/store.ts';
import type { Actor, Installation } from '../domain/tenant.ts';
import type { Audit } from './audit.ts';
import { disconnectConnections } from './disconnect.ts';
import { installationAfter } from './installation-after.ts';
import { isLive } from './installations.ts';
import { judge, type LifecycleChange, type LifecycleVerdict } from './lifecycle-rules.ts';
import { useLifecycleToken } from './replay.ts';
import type { Sessions } from './sessions.ts';
import { createTurns } from './turns.ts';
import type { Vault } from './vault.ts';
import type { Verified } from './verify.ts';

export type LifecycleCall = Extract<Verified, { kind: 'lifecycle' }>;

export interface LifecycleServices {
  store: Store;
  clock: Clock;
  vault: Vault;
  sessions: Sessions;
  audit: Audit;
  /**
   * Reads what is needed to end these connections at their vendors, before their secrets go. What it
   * gives is run after the commit, unwaited: the marketplace gets its answer within 5 s.
   */
  release(tenantId: TenantId, connections: readonly Connection[]): Promise<() => Promise<void>>;
  /** Deletes the tenant's audit trail at its redaction. */
  forget(tenantId: TenantId): Promise<void>;
  /** Told after the commit: queued work of the tenant stops or starts. */
  changed(tenantId: TenantId, change: LifecycleChange): void;
}

export interface Lifecycle {
  /**
   * One effect for each `eid`, and its stored answer from then on (R7, R9). Gives the HTTP status:
   * 200, or 409 where the event cannot follow on what is there. Throws `access.unauthenticated` for
   * a token used before.
   */
  apply(call: LifecycleCall, requestId: string): Promise<{ status: 200 | 409 }>;
  /**
   * Deletes everything of a tenant whose last installation ended at that time or before, as a redaction
   * does. False where one is live, ended later, or nothing is left to delete.
   */
  expire(tenantId: TenantId, endedByMs: number): Promise<boolean>;
}

interface Outcome {
  verdict: LifecycleVerdict;
  disconnected: readonly Connection[];
}

const marketplaceActor: Actor = { kind: 'marketplace' };
/** Answers kept for retries; a marketplace retries within minutes. */
const answersMax = 200;

export function createLifecycle(services: LifecycleServices): Lifecycle {
  const { store, sessions, audit } = services;
  // A redaction is several steps, and an install that came between them would be deleted with what was
  // there before.
  const inTurn = createTurns<TenantId>();

  return {
    apply: (call, requestId) => {
      const tenantId = tenantKey(call.entry.id, call.claims.tid);
      return inTurn(tenantId, () => applyOne(call, tenantId, requestId));
    },
    expire: (tenantId, endedByMs) => inTurn(tenantId, () => expireOne(tenantId, endedByMs)),
  };

  async function expireOne(tenantId: TenantId, endedByMs: number): Promise<boolean> {
    const known = (await store.read(tenantId)).list('installation');
    const ended = known.filter(({ state }) => state === 'uninstalled');
    const isOver = ended.every(
      ({ uninstalledAt }) => uninstalledAt !== null && millisecondsOf(uninstalledAt) <= endedByMs,
    );
    const [last] = ended.slice(-1);
    if (last === undefined || !isOver || known.some(isLive)) return false;
    await purge(tenantId, last, services);
    audit.record({
      action: 'lifecycle',
      outcome: 'ok',
      reason: 'retention',
      marketplaceId: last.marketplaceId,
      tenantId: null,
      installationId: last.id,
      object: 'redact',
    });
    return true;
  }

  async function applyOne(
    call: LifecycleCall,
    tenantId: TenantId,
    requestId: string,
  ): Promise<{ status: 200 | 409 }> {
    const { entry, claims, kid } = call;
    const record = (outcome: 'ok' | 'refused', reason: string | null) =>
      audit.record({
        action: 'lifecycle',
        outcome,
        reason,
        marketplaceId: entry.id,
        // The tenant's own trail goes with a redaction: that it happened is the operator's to keep.
        tenantId: outcome === 'ok' && claims.evt === 'redact' ? null : tenantId,
        installationId: claims.iid,
        actor: claims.act,
        object: claims.evt,
        eid: claims.eid,
        jti: claims.jti,
        kid,
        requestId,
      });

    const ending = endingConnections((await store.read(tenantId)).list('connection'), call);
    const release = ending.length > 0 ? await services.release(tenantId, ending) : null;
    const outcome = await store.transact(tenantId, (tx) =>
      effect(tx, { call, tenantId, services }),
    );
    if (outcome === 'replayed') {
      record('refused', 'replay');
      throw new AppError('access.unauthenticated');
    }
    if (outcome === 'answered') return { status: 200 };
    const { verdict, disconnected } = outcome;
    if (verdict.status === 'conflict') {
      record('refused', verdict.reason);
      return { status: 409 };
    }
    if (claims.evt === 'redact') {
      const id = v.parse(installationIdSchema, claims.iid);
      const own = { id, seq: claims.seq, marketplaceId: entry.id, marketplaceTenantId: claims.tid };
      await purge(tenantId, own, services);
      await store.transact(tenantId, (tx) => useLifecycleToken(tx, claims, services.clock.nowMs()));
    }
    if (verdict.change && endsSessions(verdict.change)) sessions.endAll(tenantId);
    record('ok', verdict.change);
    if (verdict.change) services.changed(tenantId, verdict.change);
    if (release && disconnected.length > 0)
      void release().catch(() => record('refused', 'release-failed'));
    return { status: 200 };
  }
}

/** Everything of one event in one transaction: `jti`, `eid`, state, secrets, log. */
function effect(
  tx: Transaction,
  options: { call: LifecycleCall; tenantId: TenantId; services: LifecycleServices },
): Outcome | 'replayed' | 'answered' {
  const { call, tenantId, services } = options;
  const { claims, body, entry } = call;
  const nowMs = services.clock.nowMs();
  if (!useLifecycleToken(tx, claims, nowMs)) return 'replayed';
  if (tx.get('lifecycleEvent', claims.eid)) return 'answered';
  const installations = tx.list('installation');
  const verdict = apiIsAllowed(call)
    ? judge(installations, {
        event: claims.evt,
        installationId: claims.iid,
        seq: claims.seq,
        previous: claims.prev,
      })
    : ({ status: 'conflict', reason: 'state' } as const);
  if (verdict.status === 'conflict') return { verdict, disconnected: [] };

  const before = installations.find(({ id }) => id === claims.iid) ?? null;
  const after = installationAfter(before, {
    change: verdict.change,
    seq: claims.seq,
    body,
    entry,
    tenantId,
    installationId: v.parse(installationIdSchema, claims.iid),
    marketplaceTenantId: claims.tid,
    nowMs,
  });
  if (after) tx.put('installation', after);
  const disconnected = endingConnections(tx.list('connection'), call);
  disconnectConnections(tx, disconnected, { actor: marketplaceActor, vault: services.vault });
  if (verdict.change === 'uninstalled') {
    // Vendor secrets and the key that opened them go now; a later install makes a new one.
    services.vault.shred(tx);
    if (tx.get('marketplaceAccess', 'marketplace')) tx.remove('marketplaceAccess', 'marketplace');
  }
  logChange(tx, verdict.change, after);
  // A redaction is answered anew until it is done: its own record goes with everything else.
  if (claims.evt !== 'redact') keepAnswer(tx, claims.eid, nowMs);
  return { verdict, disconnected };
}

/**
 * Deletes everything of the tenant. What stays is which installations ended: without that, an event or
 * token of before, late or recorded, would find nothing in its way and install again.
 */
async function purge(
  tenantId: TenantId,
  own: Pick<Installation, 'id' | 'seq' | 'marketplaceId' | 'marketplaceTenantId'>,
  { store, clock, forget }: LifecycleServices,
): Promise<void> {
  const known = (await store.read(tenantId)).list('installation');
  const ended = new Map(known.map(({ id, seq }) => [id, seq]));
  ended.set(own.id, Math.max(ended.get(own.id) ?? 0, own.seq));
  await store.redact(tenantId);
  await forget(tenantId);
  await store.transact(tenantId, (tx) => {
    for (const [id, seq] of ended)
      tx.put('installation', {
        id,
        marketplaceId: own.marketplaceId,
        tenantId,
        marketplaceTenantId: own.marketplaceTenantId,
        name: '',
        state: 'purged',
        epoch: 0,
        seq,
        apiBase: '',
        modules: [],
        installedAt: instant(0),
        uninstalledAt: instant(clock.nowMs()),
      });
  });
}

/** R7: the API's address must be one that the operator allowed. */
function apiIsAllowed({ body, entry }: LifecycleCall): boolean {
  return body.evt !== 'installed' || entry.apiOrigins.includes(new URL(body.apiBase).origin);
}

/** All of them at the end, else those whose tile was taken away. */
function endingConnections(
  connections: readonly Connection[],
  { claims, body }: LifecycleCall,
): Connection[] {
  const live = connections.filter(({ state }) => state !== 'disconnected');
  if (claims.evt === 'uninstalled') return live;
  return body.evt === 'installed'
    ? live.filter(({ systemId }) => !body.modules.includes(systemId))
    : [];
}

const endsSessions = (change: LifecycleChange): boolean =>
  change === 'disabled' || change === 'uninstalled' || change === 'purged';

function logChange(
  tx: Transaction,
  change: LifecycleChange | null,
  installation: Installation | null,
): void {
  if (!installation || change === null || change === 'updated' || change === 'purged') return;
  tx.log(plainEntry({ actor: marketplaceActor, action: change, subject: installation.name }));
}

function keepAnswer(tx: Transaction, eid: string, nowMs: number): void {
  const kept = tx.list('lifecycleEvent').sort((a, b) => (a.at < b.at ? -1 : 1));
  for (const { id } of kept.slice(0, Math.max(0, kept.length - answersMax + 1)))
    tx.remove('lifecycleEvent', id);
  tx.put('lifecycleEvent', { id: eid, status: 200, at: instant(nowMs) });
}
