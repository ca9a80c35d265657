import * as v from 'valibot';
import { instant } from '../domain/dates.ts';
import { AppError } from '../domain/errors.ts';
import { type ConnectionId, type RunId, runIdSchema, type TenantId } from '../domain/ids.ts';
import type { Run } from '../domain/intent.ts';
import type { Remap } from '../domain/mapping.ts';
import type { Money } from '../domain/money.ts';
import type { Transaction } from '../domain/ports/store.ts';
import type { Actor } from '../domain/tenant.ts';
import type { EngineContext } from './context.ts';
import { askSecond, awaitsOf, takeEffect } from './second-person.ts';
import { wakeKey } from './wake-keys.ts';

/** Ended runs are kept for the screen this long, newest first. */
export const runsKeptMax = 20;

export interface Confirmed {
  ref: string;
  seen: string;
  customerId: string;
  taskIds: readonly string[];
  /** What it comes to in money, as it was shown. */
  amount: Money;
}
interface RunOptions {
  context: EngineContext;
  tenantId: TenantId;
  connectionId: ConnectionId;
  by: Actor;
  kind: Run['kind'];
  /** The links that an undo or a correction takes back. */
  takesBack?: readonly string[];
  corrects?: Remap | null;
  /** Whether who prepared it may also approve; without, another person has to say yes. */
  mayApprove: boolean;
  /** Who else had a part in it, by id, and cannot be the second person. */
  notBy?: readonly string[];
  parts: readonly Confirmed[];
}

/**
 * Stores what was confirmed and lets the worker take it up; the answer does not wait for a call. What
 * needs a second person is stored too, and waits for them.
 */
export async function startRun(options: RunOptions): Promise<Run> {
  const { context, tenantId, connectionId, mayApprove, notBy = [] } = options;
  const run = await context.store.transact(tenantId, (tx) => {
    const connection = tx.get('connection', connectionId);
    if (connection === null || connection.state !== 'active')
      throw new AppError('system.not-connected');
    if (connection.paused !== null) throw new AppError('work.paused');
    const made = runOf(options);
    const at = made.startedAt;
    const awaits = awaitsOf(connection, { ...made, mayApprove, notBy, at });
    const run = { ...made, awaits };
    forgetOld(tx);
    tx.put('run', run);
    const within = { context, tx, tenantId, connection };
    if (awaits === null) takeEffect(within, run);
    else askSecond(within, run);
    return run;
  });
  if (run.awaits === null)
    context.wake.at(wakeKey.run(tenantId, connectionId), context.clock.nowMs());
  context.publish(tenantId, ['run', 'tasks', 'mappings'], connectionId);
  return run;
}

function forgetOld(tx: Transaction): void {
  const ended = tx
    .list('run')
    .filter(({ endedAt }) => endedAt !== null)
    .sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  for (const old of ended.slice(runsKeptMax - 1)) tx.remove('run', old.id);
}

const runOf = ({
  context,
  connectionId,
  by,
  kind,
  parts,
  corrects = null,
  takesBack = [],
}: RunOptions): Run => ({
  id: newRunId(context),
  connectionId,
  by,
  kind,
  startedAt: instant(context.clock.nowMs()),
  endedAt: null,
  attempts: 0,
  takesBack: [...takesBack],
  corrects,
  awaits: null,
  second: null,
  parts: parts.map(({ ref, seen, customerId, taskIds, amount }) => ({
    ref,
    seen,
    customerId,
    taskIds: [...taskIds],
    amount,
    state: 'waiting',
    documentId: null,
    documentNumber: null,
    documentUrl: null,
    failure: null,
    vain: null,
  })),
});

export const newRunId = ({ ids }: Pick<EngineContext, 'ids'>): RunId =>
  v.parse(runIdSchema, ids.next());
