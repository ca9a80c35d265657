import type { Instant } from '../domain/dates.ts';
import { isOpen as isOpenDocument } from '../domain/document.ts';
import type { Need, Task, TaskGroup, TaskState } from '../domain/task.ts';
import { type GroupResult, isOpen } from './plan/draft-line.ts';
import { evaluateSafely, notPlannable } from './plan/evaluate-safely.ts';
import { need } from './plan/needs.ts';
import { placeNeeds } from './plan/plan.ts';
import type { PlanWorld } from './plan/world.ts';

/** The most urgent state first; a task shows the most urgent one of its groups. */
const urgency: readonly TaskState[] = [
  'failed',
  'needs-action',
  'applying',
  'waiting',
  'ready',
  'ignored',
  'synced',
];

/**
 * A task with its groups and state as the world makes them now. `applying` and a wait for a time
 * belong to the run that set them and stay until it ends them.
 */
export function assessTask(world: PlanWorld, task: Task, at: Instant): Task {
  if (task.ignored !== null && task.ignored.by.kind !== 'app') return { ...task, state: 'ignored' };
  const order = world.order(task.orderId);
  if (order === null) return task;
  const open = withoutMootRefusal(world, task);
  const groups = evaluateSafely(world, order).map((result) => groupOf(world, open, result));
  const state = groups.length === 0 ? 'synced' : mostUrgent(groups);
  const ignored =
    state === 'ignored'
      ? {
          reason: ignoredReason(world, order.id, task),
          by: { kind: 'app' as const },
          at: task.createdAt,
        }
      : null;
  const next: Task = { ...open, groups, state, ignored };
  return same(task, next) ? task : { ...next, updatedAt: at };
}

/**
 * A person closed the document between our last look and our write: what was refused there goes to
 * another document now, or asks. Nobody has to try again what cannot happen again.
 */
function withoutMootRefusal(world: PlanWorld, task: Task): Task {
  if (task.refusedOn === null) return task;
  const document = world.snapshot(task.refusedOn)?.document ?? null;
  const takesLines =
    document !== null && isOpenDocument(document.state) && document.locked === null;
  return takesLines ? task : { ...task, failure: null, refusedOn: null };
}

function groupOf(world: PlanWorld, task: Task, result: GroupResult): TaskGroup {
  const needs = [
    ...result.needs,
    ...(isOpen(result) ? placeNeedsSafely(world, task, result) : []),
    ...failureNeeds(task, result),
  ];
  return {
    subscriptionId: result.subscriptionId,
    chargeKeys: result.chargeKeys,
    written: result.written,
    state: stateOf(task, result, needs),
    needs,
  };
}

/** A fault of ours in choosing the place asks too, like one in working the order out. */
function placeNeedsSafely(world: PlanWorld, task: Task, result: GroupResult): Need[] {
  try {
    return placeNeeds(world, task.customerId, result);
  } catch (error) {
    return [notPlannable(task.orderId, error)];
  }
}

function stateOf(task: Task, result: GroupResult, needs: readonly Need[]): TaskState {
  if (!isOpen(result))
    return result.written > 0 || result.left.every(({ reason }) => isNothing(reason))
      ? 'synced'
      : 'ignored';
  if (result.unknown) return 'waiting';
  if (needs.some(({ guard }) => guard)) return 'failed';
  if (needs.length > 0) return 'needs-action';
  if (task.failure !== null && task.failure.retry.kind === 'later') return 'waiting';
  return task.state === 'applying' ? 'applying' : 'ready';
}

/** What the system refused stays in front of a person until somebody tries again. */
function failureNeeds(task: Task, result: GroupResult): Need[] {
  if (task.failure === null || task.failure.retry.kind !== 'never' || !isOpen(result)) return [];
  return [
    need('write-rejected', task.id, { code: task.failure.code, said: task.failure.said ?? '' }),
  ];
}

/** Charges that were never meant to be a line leave a task finished, not ignored. */
const isNothing = (reason: string): boolean =>
  [
    'movement',
    'zero',
    'kept-refund',
    'migrated',
    'no-change',
    'in-parts',
    'netted',
    'blended',
  ].includes(reason);

function mostUrgent(groups: readonly TaskGroup[]): TaskState {
  return urgency.find((state) => groups.some((group) => group.state === state)) ?? 'synced';
}

function ignoredReason(world: PlanWorld, orderId: string, task: Task): string {
  const order = world.order(orderId);
  const left = order === null ? [] : evaluateSafely(world, order).flatMap((group) => group.left);
  return left[0]?.reason ?? task.ignored?.reason ?? 'already-billed';
}

const same = (a: Task, b: Task): boolean =>
  JSON.stringify(a, bigints) === JSON.stringify(b, bigints);
const bigints = (_name: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value;
