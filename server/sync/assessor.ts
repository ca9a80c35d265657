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
 * and indexing the tenant again for each would make a first reading quadratic. A cancellation where lines
 * stay open has a world of its own: what it ends may wait to be opened by an order of the same batch, which
 * the shared world does not know yet; judged by that, it would be done with nothing ended.
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
  const shared = (reader: Reader, connectionId: string, make: () => PlanWorld): PlanWorld => {
    const own = worlds.get(reader) ?? new Map<string, PlanWorld>();
    worlds.set(reader, own);
    const world = own.get(connectionId) ?? make();
    own.set(connectionId, world);
    return world;
  };
  return (reader, tenantId, task) => {
    const connection = reader.get('connection', task.connectionId);
    if (connection === null) return task;
    const { manifest } = connector(connection.systemId);
    const newWorld = (): PlanWorld =>
      worldOf({ reader, tenantId, connection, manifest, crypto, nowMs: clock.nowMs() });
    const isEnd = task.orderType === 'cancellation' && manifest.kind === 'standing';
    return assessTask(
      isEnd ? newWorld() : shared(reader, connection.id, newWorld),
      task,
      instant(clock.nowMs()),
    );
  };
}
