import type { Disk } from '../../../domain/ports/disk.ts';
import type { Store } from '../../../domain/ports/store.ts';
import { Fuse } from '../fuse.ts';
import { openLowdbStore } from '../index.ts';
import { takeLock } from '../lock.ts';
import { backupOf, manifestName, restoringName, tenantsName } from '../names.ts';
import type { LowdbStoreOptions } from '../options.ts';
import { copyError, StoreStop } from '../stop.ts';
import { type BackupRecord, readBackupRecord } from './backup-record.ts';
import { readCopy, writeCopy } from './copied-file.ts';

interface RestoreOptions extends Pick<LowdbStoreOptions, 'disk' | 'clock' | 'crypto' | 'process'> {
  /** Where the store shall be. */
  folder: string;
  from: string;
  /** Where to put a store that is there already, as a name in the folder; null refuses. */
  setAside: string | null;
  /** The opened copy before it takes its place: what its reader must know of its age is said here. */
  prepare(store: Store): Promise<void>;
}

/**
 * Puts a backup in place. Its files are checked by hash, copied beside the place, opened as a store,
 * and only then moved in. Until that is whole a start refuses. Throws StoreStop where the backup is
 * not whole, the app runs, or a store is there and nobody said that it may be set aside.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  try {
    return await restore(options);
  } catch (error) {
    throw copyError(error, options.folder);
  }
}
type Restored = BackupRecord & { setAside: string | null };

async function restore(options: RestoreOptions): Promise<Restored> {
  const { disk, folder, from, setAside } = options;
  const record = await readBackupRecord(disk, from);
  for (const copied of record.files) await readCopy({ disk, folder: from, copied });
  const fuse = new Fuse(() => undefined);
  await disk.mkdir(folder);
  const lock = await takeLock({ ...options, fuse });
  try {
    const there = (await disk.list(folder)).filter((name) => parts.includes(name));
    if (there.length > 0 && setAside === null) throw storeIsThere(folder);
    const staged = `${folder}/${restoringName}`;
    await removeStaged(disk, staged);
    await stage(options, record, staged);
    if (there.length > 0 && setAside !== null)
      await moveParts(disk, folder, `${folder}/${setAside}`);
    await moveParts(disk, staged, folder);
    await removeStaged(disk, staged);
    await disk.syncFolder(folder);
    return { ...record, setAside: there.length > 0 ? setAside : null };
  } finally {
    await lock.release();
  }
}

/** The manifest last: what it names is there before it. */
const parts = [tenantsName, manifestName, backupOf(manifestName)];

/** The copy as a store that was opened, told of its age and closed again. */
async function stage(
  options: RestoreOptions,
  { files }: BackupRecord,
  staged: string,
): Promise<void> {
  const { disk, folder, from, prepare } = options;
  await disk.mkdir(staged);
  await disk.mkdir(`${staged}/${tenantsName}`);
  await disk.syncFolder(folder);
  const folders = new Set(files.map(({ path }) => folderOf(`${staged}/${path}`)));
  for (const name of folders) await disk.mkdir(name);
  for (const copied of files) {
    const bytes = await readCopy({ disk, folder: from, copied });
    await writeCopy({ disk, folder: staged, path: copied.path, bytes });
  }
  for (const name of [...folders, `${staged}/${tenantsName}`]) await disk.syncFolder(name);
  const store = await openLowdbStore({
    ...options,
    folder: staged,
    onFatal: (error) => {
      throw error;
    },
  });
  try {
    await prepare(store);
  } finally {
    await store.close();
  }
}

async function moveParts(disk: Disk, from: string, to: string): Promise<void> {
  const names = await disk.list(from);
  await disk.mkdir(to);
  for (const name of parts)
    if (names.includes(name)) await disk.rename(`${from}/${name}`, `${to}/${name}`);
  await disk.syncFolder(to);
  await disk.syncFolder(from);
}

async function removeStaged(disk: Disk, staged: string): Promise<void> {
  const tenants = `${staged}/${tenantsName}`;
  for (const tenant of await disk.list(tenants)) {
    for (const name of await disk.list(`${tenants}/${tenant}`))
      await disk.remove(`${tenants}/${tenant}/${name}`);
    await disk.remove(`${tenants}/${tenant}`);
  }
  for (const name of await disk.list(staged)) await disk.remove(`${staged}/${name}`);
  await disk.remove(staged);
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));

const storeIsThere = (folder: string): StoreStop =>
  new StoreStop({
    reason: 'refused',
    file: folder,
    problem: 'holds a store already',
    fix: 'Say --replace to set it aside in a folder beside it, or name another folder in DATA_DIR',
  });
