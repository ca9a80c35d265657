import { addMonths, type CalendarDate, dateAt } from '../../domain/dates.ts';
import type { Store } from '../../domain/ports/store.ts';
import { Fuse } from './fuse.ts';
import { Measure } from './health.ts';
import { tenantsOpenedAtOnceMax } from './limits.ts';
import { type Lock, takeLock } from './lock.ts';
import { IndexShelf } from './log/index-shelf.ts';
import { LowdbStore } from './lowdb-store.ts';
import { openManifest } from './manifest.ts';
import { isTemporary, manifestName, restoringName, tenantsName } from './names.ts';
import type { LowdbStoreOptions } from './options.ts';
import { StoreStop, startError } from './stop.ts';

export { actorKey } from './log/facts.ts';
export type { LowdbStoreOptions } from './options.ts';
export { StoreStop } from './stop.ts';

/**
 * The embedded store: lowdb's core on files of our own that lose nothing in a power cut. It opens
 * and checks every tenant, and throws StoreStop, whose message names the file and what to do, where
 * anything is damaged, missing, from a later version, or held by another process.
 */
export async function openLowdbStore(options: LowdbStoreOptions): Promise<Store> {
  const { folder, disk, acceptBackup = false } = options;
  const fuse = new Fuse(options.onFatal);
  const measure = new Measure(options.logger ?? null);
  let lock: Lock;
  try {
    await disk.mkdir(folder);
    lock = await takeLock({ ...options, fuse });
  } catch (error) {
    throw startError(error, folder);
  }
  try {
    if ((await disk.list(folder)).includes(restoringName)) throw halfRestored(folder);
    const tenantsFolder = `${folder}/${tenantsName}`;
    for (const name of await disk.list(folder))
      if (isTemporary(name)) await disk.remove(`${folder}/${name}`);
    const required =
      (await disk.list(folder)).includes(manifestName) ||
      (await disk.list(tenantsFolder)).length > 0;
    const manifest = await openManifest({ disk, folder, fuse, acceptBackup, required });
    await disk.mkdir(tenantsFolder);
    await disk.syncFolder(folder);
    const shelf = new IndexShelf();
    const logFrom = () => firstDayAtHand(options);
    const parts = { ...options, acceptBackup, fuse, shelf, logFrom, measure, lock, manifest };
    const store = new LowdbStore(parts);
    await store.openAll(tenantsOpenedAtOnceMax);
    return store;
  } catch (error) {
    await lock.release().catch(() => undefined);
    throw startError(error, folder);
  }
}

function firstDayAtHand({ clock, logMonths }: LowdbStoreOptions): CalendarDate | null {
  if (logMonths === undefined) return null;
  return addMonths(dateAt(clock.nowMs(), 'UTC'), -logMonths);
}

const halfRestored = (folder: string): StoreStop =>
  new StoreStop({
    reason: 'refused',
    file: `${folder}/${restoringName}`,
    problem: 'a restore did not come to its end',
    fix: 'Run the restore again; what it set aside is still there',
  });
