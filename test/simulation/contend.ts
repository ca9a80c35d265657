import * as v from 'valibot';
import { instant } from '../../server/domain/dates.ts';
import { AppError } from '../../server/domain/errors.ts';
import { connectionIdSchema, tenantIdSchema } from '../../server/domain/ids.ts';
import type { Clock } from '../../server/domain/ports/machine.ts';
import { openLowdbStore } from '../../server/store/lowdb/index.ts';
import { thisProcess } from '../../server/store/this-process.ts';
import { createLeases } from '../../server/sync/lease.ts';
import { SimulatedDisk } from '../store/simulated-disk.ts';
import { BrokenLaw } from './broken-law.ts';
import { dataFolder, type Scene } from './scene.ts';

const workers = 3;
const turns = 3;
const writesPerTurn = 3;
/** Longer than a lease lasts: the worker is believed dead, and comes back. */
const standsStillMaxMs = 400_000;
const tenantId = v.parse(tenantIdSchema, 'sandbox:reseller-1000');
const connectionId = v.parse(connectionIdSchema, '00000000-0000-4000-8000-999999999999');

/**
 * Workers of one store that want the same connection, each of which may stand still for minutes in
 * the middle of its work. One app is one process (store, C7), so they share a store without an app:
 * a worker that was overtaken must not store anything any more.
 */
export async function contend({ timeline, chance }: Scene): Promise<void> {
  const { moves, crypto, ids } = chance;
  const clock: Clock = {
    nowMs: timeline.nowMs,
    waitUntil: (ms) => new Promise((resolve) => void timeline.at(ms, resolve)),
  };
  const store = await openLowdbStore({
    folder: dataFolder,
    disk: new SimulatedDisk(),
    crypto,
    clock,
    process: { ...thisProcess(), isAlive: () => false },
    onFatal: (error) => {
      throw error;
    },
  });
  const leases = createLeases({ store, clock, ids });
  let newest = 0;
  const pause = (): Promise<void> =>
    clock.waitUntil(
      timeline.nowMs() + moves.integer(1, moves.chance(25) ? standsStillMaxMs : 20_000),
    );
  const work = async (): Promise<void> => {
    for (let turn = 0; turn < turns; turn += 1) {
      await pause();
      await leases
        .with(tenantId, connectionId, async (lease) => {
          newest = Math.max(newest, lease.fence);
          for (let write = 0; write < writesPerTurn; write += 1) {
            await pause();
            await store.transact(tenantId, (tx) => {
              lease.check(tx);
              if (lease.fence < newest)
                throw new BrokenLaw('one-writer', `${lease.fence} wrote after ${newest} began`);
              tx.put('cursor', {
                id: 'contended',
                position: String(lease.fence),
                checkedAt: instant(clock.nowMs()),
              });
            });
          }
        })
        .catch((error: unknown) => {
          if (!(error instanceof AppError) || error.code !== 'work.busy') throw error;
        });
    }
  };
  const all = Promise.all(Array.from({ length: workers }, work)).then(() => true);
  await timeline.until(all, () => false);
  await store.close();
}
