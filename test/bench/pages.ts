import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logEntry } from '../store/world.ts';
import { type BusyRoad, openBusyRoad } from './busy-road.ts';
import { readyMonth } from './first-month.ts';
import { fullVolume } from './new-business.ts';
import { quantiles, type Row, timed } from './row.ts';
import { openStoreAt } from './stored-month.ts';

const entries = 100_000;
const entriesPerCommit = 1_000;
const rounds = 100;

/** The two long lists as the page asks for them, with 1,000 tasks and 100,000 log entries. */
export async function benchPages(): Promise<Row[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'ledgerport-bench-'));
  const busy = await openBusyRoad({ dataDir });
  try {
    const { params } = await readyMonth(busy, { invoice: 'existing', volume: fullVolume });
    await busy.road.restart(() => fillLog(busy, dataDir));
    const { road } = busy;
    const tasks = (round: number) =>
      road.call('GET /v1/connections/:connectionId/tasks', {
        params,
        query: { view: 'all', page: `${(round % 20) * 50}` },
      });
    const log = (more: Record<string, string>) => (round: number) =>
      road.call('GET /v1/log', { query: { before: `${entries - round * 600}`, ...more } });
    const { rows: shown, total } = await tasks(0);
    if (shown.length !== 50 || total < fullVolume.subscriptions) throw new Error('no full page');
    const rows = quantiles('tasks page', await timed(rounds, tasks));
    rows.push(...quantiles('log page', await timed(rounds, log({}))));
    rows.push(
      ...quantiles('log page, failed only', await timed(rounds, log({ result: 'failed' }))),
    );
    rows.push(
      ...quantiles('log page, one customer', await timed(rounds, log({ customerId: 'cu7' }))),
    );
    road.world.clock.advance({ ms: 60_000 });
    const dashboard = () => road.call('GET /v1/connections/:connectionId/dashboard', { params });
    return [...rows, ...quantiles('dashboard', await timed(rounds, dashboard))];
  } finally {
    await busy.road.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function fillLog({ env }: BusyRoad, dataDir: string): Promise<void> {
  const { store, tenantId } = await openStoreAt(dataDir, env);
  if (tenantId === null) throw new Error('no tenant is stored');
  for (let from = 0; from < entries; from += entriesPerCommit)
    await store.transact(tenantId, (tx) => {
      for (let number = from; number < from + entriesPerCommit; number += 1)
        tx.log(
          logEntry(`INV-${number}`, {
            customerId: `cu${number % 400}`,
            result: number % 50 === 0 ? 'failed' : 'ok',
          }),
        );
    });
  await store.close();
}
