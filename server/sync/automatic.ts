import type { Connection } from '../domain/connection.ts';
import {
  addDays,
  type CalendarDate,
  dateAt,
  type Instant,
  instant,
  minuteOfDayAt,
} from '../domain/dates.ts';
import { ownKey, type TenantId } from '../domain/ids.ts';
import type { Reader } from '../domain/ports/store.ts';
import type { Task } from '../domain/task.ts';
import type { EngineContext } from './context.ts';
import { mayBeAutomatic, switchedOnBy } from './may-be-automatic.ts';
import { planTasks } from './plan/plan.ts';
import { type PlanWorld, worldOf } from './plan/world.ts';
import { type Confirmed, startRun } from './run.ts';
import { added } from './settle.ts';
import { canBeWritten } from './write-plan.ts';

/**
 * Starts what may be written without a person: only on a connection whose setting says so, only for
 * customers whose switch is on, and never what asks, what was undone or what already bills itself.
 */
export async function startAutomatic(
  context: EngineContext,
  tenantId: TenantId,
  connection: Connection,
): Promise<boolean> {
  const nowMs = context.clock.nowMs();
  const reader = await context.store.read(tenantId);
  if (!isDue(reader, connection, nowMs)) return false;
  const { manifest } = context.connector(connection.systemId);
  const world = worldOf({ reader, tenantId, connection, manifest, crypto: context.crypto, nowMs });
  const parts = automaticParts(world);
  if (connection.settings.automatic.mode === 'daily') await noteDay(context, tenantId, connection);
  if (parts.length === 0) return false;
  await startRun({
    context,
    tenantId,
    connectionId: connection.id,
    by: { kind: 'app' },
    kind: 'automatic',
    // An admin's setting lets it approve; above the limit it asks all the same.
    mayApprove: true,
    notBy: switchedOnBy(reader, connection.id, ({ customerId }) =>
      parts.some((part) => part.customerId === customerId),
    ),
    parts,
  });
  return true;
}

/** What automatic would write now: the same plans a person would see. */
export function automaticParts(world: PlanWorld): Confirmed[] {
  const { plans } = planTasks(world, automaticTasks(world));
  return plans
    .filter((plan) => canBeWritten(world, plan))
    .map((plan) => ({
      ref: plan.ref,
      seen: plan.fingerprint,
      customerId: plan.customerId,
      taskIds: plan.taskIds,
      amount: added(plan),
    }));
}

/** The tasks that automatic takes, or would take with more customers switched on. */
export const automaticTasks = (world: PlanWorld, switchedOn?: ReadonlySet<string>): Task[] =>
  world
    .tasks()
    .filter(
      (task) =>
        task.state === 'ready' &&
        !world.isSnoozed(task.id) &&
        mayBeAutomatic(world, task, switchedOn),
    );

/** When automatic writes next: with the next check, or at a time of a day of the books; null where never. */
export type NextAutomatic =
  | { kind: 'check'; at: Instant | null }
  | { kind: 'day'; on: CalendarDate; minuteOfDay: number };

export function nextAutomatic(
  reader: Reader,
  connection: Connection,
  nowMs: number,
  nextCheckAt: Instant | null,
): NextAutomatic | null {
  const { automatic } = connection.settings;
  if (!mayWrite(connection) || automatic.mode === 'off') return null;
  if (automatic.mode === 'every-5-minutes') return { kind: 'check', at: nextCheckAt };
  const { timeZone } = connection.account;
  const { minuteOfDay } = automatic;
  const today = dateAt(nowMs, timeZone);
  if (reader.get('note', noteId(connection))?.text === today)
    return { kind: 'day', on: addDays(today, 1), minuteOfDay };
  return minuteOfDayAt(nowMs, timeZone) >= minuteOfDay
    ? { kind: 'check', at: nextCheckAt }
    : { kind: 'day', on: today, minuteOfDay };
}

const mayWrite = ({ state, paused, billFrom }: Connection): boolean =>
  state === 'active' && paused === null && billFrom !== null;

function isDue(reader: Reader, connection: Connection, nowMs: number): boolean {
  const { automatic } = connection.settings;
  const ready = mayWrite(connection) && connection.marksAdopted;
  const busy = reader
    .list('run')
    .some(
      ({ connectionId, endedAt, awaits }) =>
        connectionId === connection.id && endedAt === null && awaits === null,
    );
  if (!ready || busy || automatic.mode === 'off') return false;
  if (automatic.mode === 'every-5-minutes') return true;
  const { timeZone } = connection.account;
  const ranOn = reader.get('note', noteId(connection))?.text;
  return (
    ranOn !== dateAt(nowMs, timeZone) && minuteOfDayAt(nowMs, timeZone) >= automatic.minuteOfDay
  );
}

async function noteDay(
  { store, clock }: EngineContext,
  tenantId: TenantId,
  connection: Connection,
): Promise<void> {
  const nowMs = clock.nowMs();
  await store.transact(tenantId, (tx) =>
    tx.put('note', {
      id: noteId(connection),
      at: instant(nowMs),
      text: dateAt(nowMs, connection.account.timeZone),
    }),
  );
}

const noteId = ({ id }: Connection): string => ownKey(id, 'automatic-ran-on');
