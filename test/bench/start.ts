import { startChild } from './child-app.ts';
import { fullVolume } from './new-business.ts';
import { type Row, row } from './row.ts';
import { withStoredMonth } from './stored-month.ts';

const rounds = 3;

/** From the start of the process until it listens, on the data of a tenant with 1,000 open tasks. */
export async function benchStart(): Promise<Row[]> {
  return withStoredMonth(fullVolume, async ({ env }) => {
    const tookMs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const app = await startChild(env);
      tookMs.push(app.readyMs);
      await app.stop();
    }
    return [row('start to ready', Math.round(Math.max(...tookMs)), 'ms')];
  });
}
