import type { Disk, DiskFile } from '../../server/domain/ports/disk.ts';
import { openBusyRoad } from './busy-road.ts';
import { firstMonth } from './first-month.ts';
import { fullVolume } from './new-business.ts';
import { shareOf } from './profile.ts';
import { type Row, rounded, row } from './row.ts';

/** What the store may take from everybody else for 1,000 orders, from the first check to the last invoice. */
const storeMsMax = 3_000;
/** Nobody waits longer for a turn because the store works. */
const turnMsMax = 50;

/** How much of syncing 1,000 orders is the store: its own work, and the time in which the disk is asked. */
export async function benchStoreShare(): Promise<Row[]> {
  const watched = watchedDisk();
  const busy = await openBusyRoad({ disk: watched.over });
  try {
    let documents = 0;
    const { tookMs, longestMs } = await shareOf('/server/store/', async () => {
      watched.restart();
      ({ documents } = await firstMonth(busy, { invoice: 'per-order', volume: fullVolume }));
    });
    const diskMs = watched.busyMs();
    const name = `syncing ${documents.toLocaleString('en')} orders`;
    return [
      row(`${name}: the store's own work`, Math.round(tookMs), 'ms', storeMsMax),
      // Without a budget: others work meanwhile, and it is the disk's figure.
      row(`${name}: the disk is asked`, Math.round(diskMs), 'ms'),
      row(`${name}: the store at a stretch`, rounded(longestMs), 'ms', turnMsMax),
    ];
  } finally {
    await busy.road.close();
  }
}

/** A disk that adds up the time in which at least one of its calls is under way. */
function watchedDisk() {
  let [underWay, sinceMs, busyMs] = [0, 0, 0];
  const watch =
    <A extends unknown[], T>(work: (...given: A) => Promise<T>) =>
    async (...given: A): Promise<T> => {
      if (underWay === 0) sinceMs = performance.now();
      underWay += 1;
      try {
        return await work(...given);
      } finally {
        underWay -= 1;
        if (underWay === 0) busyMs += performance.now() - sinceMs;
      }
    };
  const fileOf = (file: DiskFile): DiskFile => ({
    write: watch(file.write),
    sync: watch(file.sync),
    size: watch(file.size),
    identity: watch(file.identity),
    close: watch(file.close),
  });
  return {
    over: (disk: Disk): Disk => ({
      mkdir: watch(disk.mkdir),
      list: watch(disk.list),
      read: watch(disk.read),
      open: watch(async (...given: Parameters<Disk['open']>) => fileOf(await disk.open(...given))),
      link: watch(disk.link),
      rename: watch(disk.rename),
      remove: watch(disk.remove),
      truncate: watch(disk.truncate),
      syncFolder: watch(disk.syncFolder),
      identity: watch(disk.identity),
    }),
    restart: () => {
      busyMs = 0;
    },
    busyMs: () => busyMs,
  };
}
