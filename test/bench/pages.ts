import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBusyRoad } from './busy-road.ts';
import { readyMonth } from './first-month.ts';
import { benchLogPages } from './log-pages.ts';
import { fullVolume } from './new-business.ts';
import { quantiles, type Row, timed } from './row.ts';

const rounds = 100;

/** The two long lists as the page asks for them, with 1,000 tasks and 1,000,000 log entries. */
export async function benchPages(): Promise<Row[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'ledgerport-bench-'));
  const busy = await openBusyRoad({ dataDir });
  try {
    const { params } = await readyMonth(busy, { invoice: 'existing', volume: fullVolume });
    const { road } = busy;
    const tasks = (round: number) =>
      road.call('GET /v1/connections/:connectionId/tasks', {
        params,
        query: { view: 'all', page: `${(round % 20) * 50}` },
      });
    const { rows: shown, total } = await tasks(0);
    if (shown.length !== 50 || total < fullVolume.subscriptions) throw new Error('no full page');
    const rows = quantiles('tasks page', await timed(rounds, tasks));
    road.world.clock.advance({ ms: 60_000 });
    const dashboard = () => road.call('GET /v1/connections/:connectionId/dashboard', { params });
    rows.push(...quantiles('dashboard', await timed(rounds, dashboard)));
    return [...rows, ...(await benchLogPages(busy, dataDir))];
  } finally {
    await busy.road.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}
