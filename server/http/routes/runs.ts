import { addMonths, dateAt, millisecondsOf } from '../../domain/dates.ts';
import { AppError } from '../../domain/errors.ts';
import { type Money, totals } from '../../domain/money.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { Task } from '../../domain/task.ts';
import { automaticTasks } from '../../sync/automatic.ts';
import { planTasks } from '../../sync/plan/plan.ts';
import type { PlanWorld } from '../../sync/plan/world.ts';
import { startRun } from '../../sync/run.ts';
import { answerSecond } from '../../sync/second-person.ts';
import { added } from '../../sync/settle.ts';
import { wakeKey } from '../../sync/wake-keys.ts';
import { canBeWritten } from '../../sync/write-plan.ts';
import { type PreviewBody, previewBody, runBody, secondBody } from '../bodies.ts';
import { atConnection, changeConnection, type Desk } from '../desk.ts';
import { isApproving, mayApproveHere } from '../may-approve.ts';
import { moneyView, totalsView } from '../present/money.ts';
import { planView } from '../present/plan.ts';
import { runView } from '../present/run.ts';
import { type AnyRoute, route } from '../route.ts';
import type { PreviewView } from '../views/plans.ts';

/** See before writing: preview makes plans, a run confirms them by fingerprint, undo takes them back. */
export const runRoutes = (desk: Desk): AnyRoute[] => [
  route(
    'POST /v1/connections/:connectionId/preview',
    { role: 'viewer', body: previewBody },
    async ({ session, params, body }): Promise<PreviewView> => {
      const { reader, world, connector } = await atConnection(
        desk,
        session.tenantId,
        params.connectionId,
      );
      const chosen = chosenBy(world, body.choice);
      const { plans, alsoTaken } = planTasks(world, chosen);
      const months = lastMonthOf(reader, world);
      const lastMonthMinor = (customerId: string, currency: string): bigint | null =>
        months.byCustomer.get(`${customerId} ${currency}`) ?? null;
      const views = plans.map((plan) =>
        planView({ reader, world, connector, lastMonthMinor }, plan),
      );
      const writable = plans.filter((plan) => canBeWritten(world, plan));
      return {
        plans: views.sort((a, b) => Number(b.unusual.length > 0) - Number(a.unusual.length > 0)),
        totals: totalsView(writable.map(added)),
        lastMonth: totals(months.all).map(moneyView),
        documents: writable.length,
        blocked: plans.length - writable.length,
        alsoTaken,
      };
    },
  ),
  route(
    'POST /v1/connections/:connectionId/runs',
    { role: 'operator', body: runBody },
    async ({ session, params, body, requestId }) => {
      const { connection, world } = await atConnection(desk, session.tenantId, params.connectionId);
      const wanted = new Set(body.parts.flatMap(({ taskIds }) => taskIds));
      const { plans } = planTasks(
        world,
        world.tasks().filter(({ id }) => wanted.has(id)),
      );
      const current = new Map(plans.map((plan) => [plan.ref, plan]));
      const parts = body.parts.map(({ ref, fingerprint, taskIds }) => {
        const plan = current.get(ref);
        // What a person saw is what is written: anything else is shown again, and nothing happens.
        if (plan === undefined || plan.fingerprint !== fingerprint)
          throw new AppError('plan.stale');
        if (!canBeWritten(world, plan)) throw new AppError('question.open');
        const amount = added(plan);
        return { ref, seen: fingerprint, customerId: plan.customerId, taskIds, amount };
      });
      await clearFailures(desk, session.tenantId, connection.id, wanted);
      const run = await startRun({
        context: desk.context,
        tenantId: session.tenantId,
        connectionId: connection.id,
        by: session.actor,
        kind: 'manual',
        mayApprove:
          mayApproveHere(connection, session) ||
          !body.parts.some(({ ref }) => isApproving(current.get(ref))),
        parts,
      });
      return runView(desk, await desk.context.store.read(session.tenantId), run, requestId);
    },
  ),
  route(
    'POST /v1/connections/:connectionId/runs/:runId/second',
    { role: 'operator', audit: 'second', body: secondBody },
    async ({ session, params, body, requestId }) => {
      const { context } = desk;
      const { tenantId, actor: by } = session;
      const answered = await changeConnection(
        desk,
        tenantId,
        params.connectionId,
        (tx, connection) => {
          const run = tx.get('run', params.runId);
          if (run === null || run.connectionId !== connection.id)
            throw new AppError('request.not-found');
          const isOwn = run.awaits?.notBy.includes(session.user.id) ?? false;
          // Who prepared it may take it back again; everything else needs the right.
          const withdraws = isOwn && body.answer === 'declined';
          if (!withdraws && !mayApproveHere(connection, session))
            throw new AppError('access.grant');
          const { answer } = body;
          return answerSecond({ context, tx, tenantId, connection }, run, { by, answer });
        },
      );
      if (answered.endedAt === null)
        context.wake.at(wakeKey.run(tenantId, answered.connectionId), context.clock.nowMs());
      context.publish(tenantId, ['run', 'mappings'], answered.connectionId);
      return runView(desk, await context.store.read(tenantId), answered, requestId);
    },
  ),
  route(
    'GET /v1/connections/:connectionId/runs',
    { role: 'viewer' },
    async ({ session, params, requestId }) => {
      const { reader, connection } = await atConnection(
        desk,
        session.tenantId,
        params.connectionId,
      );
      return reader
        .list('run')
        .filter((run) => run.connectionId === connection.id)
        .sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1))
        .map((run) => runView(desk, reader, run, requestId));
    },
  ),
  route(
    'GET /v1/connections/:connectionId/runs/:runId',
    { role: 'viewer' },
    async ({ session, params, requestId }) => {
      const { reader, connection } = await atConnection(
        desk,
        session.tenantId,
        params.connectionId,
      );
      const run = reader.get('run', params.runId);
      if (run === null || run.connectionId !== connection.id)
        throw new AppError('request.not-found');
      return runView(desk, reader, run, requestId);
    },
  ),
];

function chosenBy(world: PlanWorld, choice: PreviewBody['choice']): Task[] {
  switch (choice.kind) {
    case 'tasks':
      return world.tasks().filter(({ id }) => choice.taskIds.includes(id));
    case 'all':
      return world.tasks().filter(({ id, state }) => state === 'ready' && !world.isSnoozed(id));
    case 'automatic': {
      if (choice.customerIds === 'all') return automaticTasks(world);
      const named = new Set(choice.customerIds);
      return automaticTasks(world, named).filter(({ customerId }) => named.has(customerId));
    }
    default:
      return choice satisfies never;
  }
}

/** Confirming again is the answer to "refused": the refusal no longer stands in the way. */
async function clearFailures(
  desk: Desk,
  tenantId: Parameters<typeof changeConnection>[1],
  connectionId: string,
  taskIds: ReadonlySet<string>,
): Promise<void> {
  const reader = await desk.context.store.read(tenantId);
  if (![...taskIds].some((id) => (reader.get('task', id)?.failure ?? null) !== null)) return;
  await changeConnection(desk, tenantId, connectionId, (tx) => {
    for (const id of taskIds) {
      const task = tx.get('task', id);
      if (task !== null && task.failure !== null)
        tx.put('task', { ...task, failure: null, refusedOn: null });
    }
  });
}

/** What was written in the month before today, in total and by customer, for comparison. */
function lastMonthOf(
  reader: Reader,
  { connection, today }: PlanWorld,
): { all: Money[]; byCustomer: Map<string, bigint> } {
  const from = addMonths(today, -1);
  const all: Money[] = [];
  const byCustomer = new Map<string, bigint>();
  for (const link of reader.list('link')) {
    if (
      link.connectionId !== connection.id ||
      link.state !== 'live' ||
      dateAt(millisecondsOf(link.at), connection.account.timeZone) < from
    )
      continue;
    const amount =
      link.documentKind === 'creditNote'
        ? { ...link.amount, amountMinor: -link.amount.amountMinor }
        : link.amount;
    all.push(amount);
    const key = `${link.customerId} ${amount.currency}`;
    byCustomer.set(key, (byCustomer.get(key) ?? 0n) + amount.amountMinor);
  }
  return { all, byCustomer };
}
