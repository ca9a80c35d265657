import type { Disk } from '../../server/domain/ports/disk.ts';
import { openRoad, type Road } from '../kit/road.ts';
import { appEnv } from '../sandbox/app-env.ts';
import { type CountedFetch, countedFetch } from './counted-fetch.ts';
import { jumpingClock } from './jumping-clock.ts';

/** The whole app and its world, in which no wait for a budget takes time and every call is counted. */
export interface BusyRoad {
  road: Road;
  sent: CountedFetch;
  /** The app's variables, for a process of its own on the same data. */
  env: Record<string, string>;
}

/** `dataDir` is a folder that stays when the road is closed; `disk` puts something over the app's. */
export async function openBusyRoad({
  dataDir,
  disk = (given) => given,
}: {
  dataDir?: string;
  disk?: (given: Disk) => Disk;
} = {}): Promise<BusyRoad> {
  const opened = new Map<'app', Omit<BusyRoad, 'road'>>();
  const road = await openRoad({
    change: (given, world) => {
      const sent = opened.get('app')?.sent ?? countedFetch(given.fetch);
      const clock = jumpingClock(world.clock, { real: given.clock, isBusy: sent.isBusy });
      const folder = dataDir ?? given.env.dataDir;
      const env = appEnv(world, { port: 4600, dataDirectory: given.env.dataDir, isDev: false });
      opened.set('app', { sent, env: { ...env, DATA_DIR: folder } });
      return {
        ...given,
        clock,
        disk: disk(given.disk),
        fetch: sent.fetch,
        env: { ...given.env, dataDir: folder },
      };
    },
  });
  const app = opened.get('app');
  if (app === undefined) throw new Error('the app was not started');
  return { road, ...app };
}
