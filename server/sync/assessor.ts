import { instant } from '../domain/dates.ts';
import type { TenantId } from '../domain/ids.ts';
import type { Connector } from '../domain/ports/connector.ts';
import type { Clock, Crypto } from '../domain/ports/machine.ts';
import type { Reader } from '../domain/ports/store.ts';
import type { Task } from '../domain/task.ts';
import { assessTask } from './assess.ts';
import { type PlanWorld, worldOf } from './plan/world.ts';

/**
 * Judges tasks inside a transaction with one world for all of them: orders are taken in by batches,
 * and indexing the tenant again for each would make a first reading quadratic.
 */
export function createAssessor({
  clock,
  crypto,
  connector,
}: {
  clock: Clock;
  crypto: Pick<Crypto, 'hash'>;
  connector(systemId: string): Connector;
}): (reader: Reader, tenantId: TenantId, task: Task) => Task {
  const worlds = new WeakMap<Reader, Map<string, PlanWorld>>();
  return (reader, tenantId, task) => {
    const connection = reader.get('connection', task.connectionId);
    if (connection === null) return task;
    const own = worlds.get(reader) ?? new Map<string, PlanWorld>();
    worlds.set(reader, own);
    const world =
      own.get(connection.id) ??
      worldOf({
        reader,
        tenantId,
        connection,
        manifest: connector(connection.systemId).manifest,
        crypto,
        nowMs: clock.nowMs(),
      });
    own.set(connection.id, world);
    return assessTask(world, task, instant(clock.nowMs()));
  };
}
