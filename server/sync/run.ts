import * as v from 'valibot';
import { instant } from '../domain/dates.ts';
import { AppError } from '../domain/errors.ts';
import { type ConnectionId, type RunId, runIdSchema, type TenantId } from '../domain/ids.ts';
import type { Run } from '../domain/intent.ts';
import type { Remap } from '../domain/mapping.ts';
import type { Transaction } from '../domain/ports.ts';
import type { Actor } from '../domain/tenant.ts';
import type { EngineContext } from './context.ts';
import { wakeKey } from './wake-keys.ts';

/** Ended runs are kept for the screen this long, newest first. */
export const runsKeptMax = 20;

export interface Confirmed {
  ref: string;
  seen: string;
  customerId: string;
  taskIds: readonly string[];
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
  /** What changes together with the run: all of it is stored, or nothing. */
  along?(tx: Transaction): void;
  parts: readonly Confirmed[];
}

/** Stores what was confirmed and lets the worker take it up; the answer does not wait for a call. */
export async function startRun({
  context,
  tenantId,
  connectionId,
  by,
  kind,
  takesBack,
  corrects = null,
  along,
  parts,
}: RunOptions): Promise<Run> {
  const run = await context.store.transact(tenantId, (tx) => {
    const connection = tx.get('connection', connectionId);
    if (connection === null || connection.state !== 'active')
      throw new AppError('system.not-connected');
    if (connection.paused !== null) throw new AppError('work.paused');
    along?.(tx);
    return putRun(tx, {
      context,
      connectionId,
      by,
      kind,
      parts,
      corrects,
      ...(takesBack ? { takesBack } : {}),
    });
  });
  context.wake.at(wakeKey.run(tenantId, connectionId), context.clock.nowMs());
  context.publish(tenantId, ['run'], connectionId);
  return run;
}

function putRun(
  tx: Transaction,
  {
    context,
    connectionId,
    by,
    kind,
    parts,
    corrects = null,
    takesBack = [],
  }: Omit<RunOptions, 'tenantId' | 'along'>,
): Run {
  const ended = tx
    .list('run')
    .filter(({ endedAt }) => endedAt !== null)
    .sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  for (const old of ended.slice(runsKeptMax - 1)) tx.remove('run', old.id);
  const run: Run = {
    id: newRunId(context),
    connectionId,
    by,
    kind,
    startedAt: instant(context.clock.nowMs()),
    endedAt: null,
    attempts: 0,
    takesBack: [...takesBack],
    corrects,
    parts: parts.map(({ ref, seen, customerId, taskIds }) => ({
      ref,
      seen,
      customerId,
      taskIds: [...taskIds],
      state: 'waiting',
      documentId: null,
      documentNumber: null,
      documentUrl: null,
      failure: null,
      vain: null,
    })),
  };
  tx.put('run', run);
  return run;
}

export const newRunId = ({ ids }: Pick<EngineContext, 'ids'>): RunId =>
  v.parse(runIdSchema, ids.next());
