import * as v from 'valibot';
import { AppError } from '../../domain/errors.ts';
import { plainEntry } from '../../domain/log-entry.ts';
import type { Task, TaskState } from '../../domain/task.ts';
import { assessTask } from '../../sync/assess.ts';
import { needsPerson } from '../../sync/check/set-aside.ts';
import { newTask } from '../../sync/check/tasks.ts';
import type { PlanWorld } from '../../sync/plan/world.ts';
import { taskBulkBody } from '../bodies.ts';
import { pageSize, type TaskViewName } from '../contract.ts';
import { atConnection, changeConnection, type Desk, pageOf } from '../desk.ts';
import { taskRow, taskView } from '../present/task.ts';
import { type AnyRoute, route, type Session } from '../route.ts';
import type { TaskRow } from '../views/tasks.ts';

const statesOf: Readonly<Record<TaskViewName, readonly TaskState[]>> = {
  needs: ['needs-action', 'failed'],
  ready: ['ready'],
  waiting: ['waiting', 'applying'],
  snoozed: ['needs-action', 'failed', 'ready', 'waiting'],
  ignored: ['ignored'],
  done: ['synced'],
  all: ['needs-action', 'failed', 'ready', 'waiting', 'applying', 'ignored', 'synced'],
};
const filter = v.strictObject({
  view: v.picklist(['needs', 'ready', 'waiting', 'snoozed', 'ignored', 'done', 'all']),
  search: v.optional(v.pipe(v.string(), v.maxLength(200))),
  customerId: v.optional(v.string()),
  page: v.optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/))),
});

/** What waits, ranked by money; what is done is read from the orders and their links. */
export const taskRoutes = (desk: Desk): AnyRoute[] => [
  route(
    'GET /v1/connections/:connectionId/tasks',
    { role: 'viewer', query: filter },
    async ({ session, params, query, requestId }) => {
      const { reader, world, connector } = await atConnection(
        desk,
        session.tenantId,
        params.connectionId,
      );
      const shown = { reader, world, connector, requestId, ...presentTo(desk, session) };
      const counts: Record<string, number> = {};
      for (const name of viewNames) counts[name] = tasksOf(world, name).length;
      counts.setAside = reader
        .list('keptRecord')
        .filter(({ what, setAside }) => what !== 'plan' && setAside !== null)
        .filter(({ setAside }) => setAside !== null && needsPerson(setAside)).length;
      const done =
        query.view === 'done' || query.view === 'all' ? doneTasks(desk, world, reader) : [];
      counts.done = query.view === 'done' ? done.length : (counts.done ?? 0);
      const text = query.search?.toLowerCase() ?? '';
      const rows = [...tasksOf(world, query.view), ...done]
        .filter((task) => query.customerId === undefined || task.customerId === query.customerId)
        .filter(
          (task) =>
            text === '' ||
            task.orderNumber.toLowerCase().includes(text) ||
            (world.customer(task.customerId)?.name.toLowerCase().includes(text) ?? false),
        )
        .sort(query.view === 'done' ? newestFirst : byMoney);
      const page = pageOf(rows, query.page, pageSize);
      return { ...page, rows: page.rows.map((task): TaskRow => taskRow(shown, task)), counts };
    },
  ),
  route(
    'GET /v1/connections/:connectionId/tasks/:taskId',
    { role: 'viewer' },
    async ({ session, params, requestId }) => {
      const { reader, world, connector } = await atConnection(
        desk,
        session.tenantId,
        params.connectionId,
      );
      const task =
        world.tasks().find(({ id }) => id === params.taskId) ??
        doneTasks(desk, world, reader).find(({ id }) => id === params.taskId);
      if (task === undefined) throw new AppError('request.not-found');
      return taskView({ reader, world, connector, requestId, ...presentTo(desk, session) }, task);
    },
  ),
  route(
    'POST /v1/connections/:connectionId/tasks/ignore',
    { role: 'operator', body: taskBulkBody },
    async ({ session, params, body }) =>
      changeConnection(desk, session.tenantId, params.connectionId, (tx, connection, at) => {
        const { reason } = body;
        if (reason === undefined)
          throw new AppError('request.invalid', { facts: { field: 'reason' } });
        const tasks = body.taskIds
          .flatMap((id) => tx.get('task', id) ?? [])
          .filter((task) => task.connectionId === connection.id && task.state !== 'applying');
        for (const task of tasks) {
          tx.put('task', { ...task, state: 'ignored', ignored: { reason, by: session.actor, at } });
          logTask('task-ignored', task, { reason });
        }
        return { changed: tasks.length };
        function logTask(action: 'task-ignored', task: Task, facts: Record<string, string>): void {
          tx.log(
            plainEntry({
              actor: session.actor,
              action,
              connectionId: connection.id,
              customerId: task.customerId,
              subject: task.orderNumber,
              taskId: task.id,
              orderId: task.orderId,
              amount: task.amount,
              facts,
            }),
          );
        }
      }),
  ),
  route(
    'POST /v1/connections/:connectionId/tasks/restore',
    { role: 'operator', body: taskBulkBody },
    async ({ session, params, body }) =>
      changeConnection(desk, session.tenantId, params.connectionId, (tx, connection, at) => {
        const tasks = body.taskIds
          .flatMap((id) => tx.get('task', id) ?? [])
          .filter((task) => task.connectionId === connection.id);
        for (const task of tasks) {
          // What "bill from" left out is billed after all by an answer of its own, for this order alone.
          if (task.ignored?.reason === 'already-billed' || task.ignored?.reason === 'linked')
            tx.put('decision', {
              id: desk.context.crypto.hash(`restore\n${task.id}`).slice(0, 32),
              connectionId: connection.id,
              scope: { kind: 'order', orderId: task.orderId },
              value: { kind: 'straddle', answer: 'bill' },
              by: session.actor,
              at,
            });
          tx.put('task', {
            ...task,
            state: 'needs-action',
            ignored: null,
            failure: null,
            refusedOn: null,
          });
          tx.log(
            plainEntry({
              actor: session.actor,
              action: 'task-restored',
              connectionId: connection.id,
              customerId: task.customerId,
              subject: task.orderNumber,
              taskId: task.id,
              orderId: task.orderId,
              amount: task.amount,
            }),
          );
        }
        return { changed: tasks.length };
      }),
  ),
];

const viewNames = ['needs', 'ready', 'waiting', 'snoozed', 'ignored', 'done', 'all'] as const;

/** What is put off is in a view of its own, and in "all". */
const tasksOf = (world: PlanWorld, view: TaskViewName): Task[] =>
  world
    .tasks()
    .filter(
      ({ id, state }) =>
        statesOf[view].includes(state) &&
        (view === 'all' || world.isSnoozed(id) === (view === 'snoozed')),
    );

const presentTo = ({ presence }: Desk, { tenantId, user }: Session) => ({
  present: (taskId: string) => presence.others(tenantId, user.id, taskId),
});

/** Finished tasks left the working set; they are made again from the orders whose charges are linked. */
function doneTasks(
  { context }: Desk,
  world: Parameters<typeof taskRow>[0]['world'],
  reader: Parameters<typeof taskRow>[0]['reader'],
): Task[] {
  const open = new Set(world.tasks().map(({ orderId }) => orderId));
  const orders = new Set(
    reader
      .list('link')
      .filter((link) => link.connectionId === world.connection.id && link.state === 'live')
      .map(({ orderId }) => orderId),
  );
  return [...orders].flatMap((orderId): Task[] => {
    const order = open.has(orderId) ? null : world.order(orderId);
    return order === null
      ? []
      : [
          assessTask(
            world,
            newTask({
              crypto: context.crypto,
              connectionId: world.connection.id,
              order,
              at: order.placedAt,
            }),
            order.placedAt,
          ),
        ];
  });
}

export const byMoney = (a: Task, b: Task): number =>
  Number(b.amount.amountMinor - a.amount.amountMinor) || newestFirst(a, b);
const newestFirst = (a: Task, b: Task): number =>
  a.placedOn < b.placedOn ? 1 : a.placedOn > b.placedOn ? -1 : 0;
