import { createHash } from 'node:crypto';
import { connectors } from '../../server/connectors/index.ts';
import { planTasks } from '../../server/sync/plan/plan.ts';
import { type PlanWorld, worldOf } from '../../server/sync/plan/world.ts';
import { fullVolume } from './new-business.ts';
import { quantiles, type Row, rounded, row, timed } from './row.ts';
import { openStoreAt, withStoredMonth } from './stored-month.ts';

const rounds = 20;
const crypto = { hash: (text: string) => createHash('sha256').update(text).digest('hex') };

/** Plans of 1,000 tasks out of a stored world, without any call. */
export async function benchPlanning(): Promise<Row[]> {
  return withStoredMonth(fullVolume, async ({ dataDir, env }) => {
    const { store, tenantId } = await openStoreAt(dataDir, env);
    if (tenantId === null) throw new Error('no tenant is stored');
    const reader = await store.read(tenantId);
    const [connection] = reader.list('connection');
    const manifest = connectors.xero?.({}).manifest;
    if (connection === undefined || manifest === undefined) throw new Error('no connection');
    const nowMs = Date.parse(connection.connectedAt);
    const makeWorld = (): PlanWorld =>
      worldOf({ reader, tenantId, connection, manifest, crypto, nowMs });
    const ready = makeWorld()
      .tasks()
      .filter(({ state }) => state === 'ready');
    let plans = 0;
    const tookMs = await timed(rounds, () => {
      plans = planTasks(makeWorld(), ready).plans.length;
    });
    await store.close();
    const meanMs = tookMs.reduce((sum, ms) => sum + ms, 0) / rounds;
    return [
      row('planning: tasks', ready.length, 'tasks'),
      ...quantiles(`planning ${plans} documents`, tookMs),
      row('planning speed', rounded((ready.length / meanMs) * 1_000), 'tasks a second'),
    ];
  });
}
