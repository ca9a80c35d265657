import type { Connection } from '../domain/connection.ts';
import { instant, millisecondsOf } from '../domain/dates.ts';
import { AppError, type Failure, retryLater } from '../domain/errors.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Run } from '../domain/intent.ts';
import type { NewLogEntry } from '../domain/log-entry.ts';
import { totals } from '../domain/money.ts';
import type { Transaction } from '../domain/ports/store.ts';
import type { Actor } from '../domain/tenant.ts';
import { type Awaits, isAbove, limitsFor, secondWaitMaxMs } from '../domain/two-people.ts';
import type { EngineContext } from './context.ts';
import { applyRemap, revertRemap, targetNow } from './correct/remap.ts';
import { type Judging, reassess, reassessTasks } from './reassess.ts';

/**
 * Why a run may not begin before another person has said yes; null where it may. The limit is the one
 * at this moment: raising it later frees nothing that waits already.
 */
export function awaitsOf(
  connection: Connection,
  {
    by,
    parts,
    notBy,
    mayApprove,
    at,
  }: Pick<Run, 'by' | 'parts'> & {
    notBy: readonly string[];
    mayApprove: boolean;
    at: Run['startedAt'];
  },
): Awaits | null {
  const people = [...new Set([...(by.kind === 'user' ? [by.id] : []), ...notBy])];
  const amounts = parts.flatMap(({ amount }) => amount ?? []);
  const { settings, loosened } = connection;
  const limit = limitsFor({ now: settings.twoPeopleAbove, loosened }, by, at).find((one) =>
    isAbove(one, amounts),
  );
  if (limit !== undefined) return { why: 'limit', limit, notBy: people };
  return mayApprove ? null : { why: 'grant', limit: null, notBy: people };
}

/** What a task says while its run waits for somebody else. */
const waitsForSecond: Failure = {
  code: 'run.second',
  said: null,
  retry: retryLater(),
  reference: null,
};

type Within = {
  context: Judging;
  tx: Transaction;
  tenantId: TenantId;
  connection: Connection;
};

/** A run that waits: its tasks say why, and the log says who prepared it. */
export function askSecond({ context, tx, tenantId, connection }: Within, run: Run): void {
  const ids = tasksOf(run);
  for (const id of ids) {
    const task = tx.get('task', id);
    if (task !== null) tx.put('task', { ...task, failure: waitsForSecond });
  }
  reassess({ context, tx, tenantId, connection }, ids);
  tx.log(entry(run, 'second-asked', run.by, 'waits'));
}

/**
 * The other person's answer. What waits never changes, so they answer what they saw; a document that
 * changed since is left out when it is written, as in any run. A run that is declined writes nothing,
 * and its tasks are free again. Throws `run.same-person` for one who prepared it.
 */
export function answerSecond(
  { context, tx, tenantId, connection }: Within,
  run: Run,
  { by, answer }: { by: Actor; answer: NonNullable<Run['second']>['answer'] },
): Run {
  const { awaits } = run;
  if (awaits === null || run.endedAt !== null) throw new AppError('request.conflict');
  const isOwn = by.kind !== 'user' || awaits.notBy.includes(by.id);
  if (answer === 'given' && isOwn) throw new AppError('run.same-person');
  if (answer === 'given' && connection.paused !== null) throw new AppError('work.paused');
  const at = instant(context.clock.nowMs());
  const answered: Run = {
    ...run,
    awaits: null,
    second: { by, at, answer },
    ...(answer === 'given'
      ? {}
      : { endedAt: at, parts: run.parts.map((part) => ({ ...part, state: 'blocked' as const })) }),
  };
  tx.put('run', answered);
  const ids = tasksOf(run);
  for (const id of ids) {
    const task = tx.get('task', id);
    if (task?.failure?.code === 'run.second') tx.put('task', { ...task, failure: null });
  }
  if (answer === 'given') takeEffect({ context, tx, tenantId, connection }, answered);
  reassess({ context, tx, tenantId, connection }, ids);
  // What came to nothing by itself is told to whoever waits for it.
  tx.log(entry(run, `second-${answer}`, by, answer === 'expired' ? 'asks' : 'ok'));
  return answered;
}

/** Ends every run of a tenant that waited longer than anybody may take; gives how many. */
export async function expireSeconds(
  context: Judging & Pick<EngineContext, 'store' | 'publish'>,
  tenantId: TenantId,
): Promise<number> {
  const nowMs = context.clock.nowMs();
  const isOver = ({ awaits, endedAt, startedAt }: Run): boolean =>
    awaits !== null && endedAt === null && nowMs - millisecondsOf(startedAt) >= secondWaitMaxMs;
  if (!(await context.store.read(tenantId)).list('run').some(isOver)) return 0;
  const over = await context.store.transact(tenantId, (tx) => {
    const runs = tx.list('run').filter(isOver);
    for (const run of runs) {
      const connection = tx.get('connection', run.connectionId);
      if (connection === null) continue;
      const by: Actor = { kind: 'app' };
      answerSecond({ context, tx, tenantId, connection }, run, { by, answer: 'expired' });
    }
    return runs;
  });
  for (const { connectionId } of over)
    context.publish(tenantId, ['run', 'tasks', 'log'], connectionId);
  return over.length;
}

/**
 * What begins with a run, in the transaction that lets it begin: a correction maps, and the undo of one
 * maps back. Throws `plan.stale` where somebody has mapped anew meanwhile.
 */
export function takeEffect({ context, tx, tenantId, connection }: Within, run: Run): void {
  const { corrects, by } = run;
  if (corrects === null) return;
  const change = { tx, connectionId: connection.id, by, at: instant(context.clock.nowMs()) };
  if (run.kind === 'undo') revertRemap(change, corrects);
  else {
    if (targetNow(tx, connection.id, corrects.of) !== corrects.was)
      throw new AppError('plan.stale');
    applyRemap(change, corrects);
  }
  reassessTasks(context, tx, tenantId, connection.id);
}

const dayMs = 24 * 60 * 60_000;
const tasksOf = ({ parts }: Run): string[] => [...new Set(parts.flatMap(({ taskIds }) => taskIds))];

function entry(
  run: Run,
  action: Extract<NewLogEntry['action'], `second-${string}`>,
  actor: Actor,
  result: NewLogEntry['result'],
): NewLogEntry {
  const [amount = null] = totals(run.parts.flatMap((part) => part.amount ?? []));
  return {
    actor,
    action,
    result,
    connectionId: run.connectionId,
    customerId: null,
    subject: run.id,
    taskId: null,
    orderId: null,
    documentId: null,
    documentUrl: null,
    amount,
    failure: null,
    facts: {
      documents: String(run.parts.length),
      prepared: run.by.kind === 'user' ? run.by.name : run.by.kind,
      days: String(secondWaitMaxMs / dayMs),
    },
    details: { awaits: run.awaits, parts: run.parts.map(({ ref, seen }) => ({ ref, seen })) },
  };
}
