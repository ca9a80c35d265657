import type { Disk, DiskFile } from '../../server/domain/ports/disk.ts';
import type { Clock, Fetch } from '../../server/domain/ports/machine.ts';

interface Ports {
  clock: Clock;
  disk: Disk;
  fetch: Fetch;
}
export interface Mortal {
  ports: Ports;
  /** From now on nothing it asked for is ever answered, as for a process that was killed. */
  die(): Promise<void>;
}

const never = new Promise<never>(() => undefined);

/** The ports of an app that a test may abandon in the middle without a goodbye. */
export function mortal({ clock, disk, fetch }: Ports): Mortal {
  const underWay = new Set<Promise<unknown>>();
  const opened = new Set<DiskFile>();
  let isDead = false;
  const mortally = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isDead) return never;
    const answer = work();
    underWay.add(answer);
    try {
      const found = await answer;
      return isDead ? never : found;
    } catch (error) {
      if (isDead) return never;
      throw error;
    } finally {
      underWay.delete(answer);
    }
  };
  const outside: Fetch = async (request) => {
    if (isDead) return never;
    try {
      const answer = await fetch(request);
      return isDead ? never : answer;
    } catch (error) {
      if (isDead) return never;
      throw error;
    }
  };
  const waitUntil: Clock['waitUntil'] = async (ms, signal) => {
    await clock.waitUntil(ms, signal);
    if (isDead) await never;
  };
  return {
    ports: {
      clock: { nowMs: clock.nowMs, waitUntil },
      disk: mortalDisk(noting(disk, opened), mortally),
      fetch: outside,
    },
    die: async () => {
      isDead = true;
      // What the machine had begun to write is on disk before anybody starts again.
      await Promise.allSettled([...underWay]);
      // The kernel closes what a dead process had open; here nobody else would.
      for (const file of opened) await file.close();
    },
  };
}

/** The disk, with every file that is open now in `opened`. */
const noting = (disk: Disk, opened: Set<DiskFile>): Disk => ({
  ...disk,
  open: async (path, how) => {
    const file = await disk.open(path, how);
    opened.add(file);
    return {
      ...file,
      close: async () => {
        opened.delete(file);
        await file.close();
      },
    };
  },
});

function mortalDisk(disk: Disk, call: <T>(work: () => Promise<T>) => Promise<T>): Disk {
  const fileOf = (file: DiskFile): DiskFile => ({
    write: (bytes) => call(() => file.write(bytes)),
    sync: () => call(() => file.sync()),
    size: () => call(() => file.size()),
    identity: () => call(() => file.identity()),
    close: () => call(() => file.close()),
  });
  return {
    mkdir: (path) => call(() => disk.mkdir(path)),
    list: (path) => call(() => disk.list(path)),
    read: (path, range) => call(() => disk.read(path, range)),
    open: async (path, how) => fileOf(await call(() => disk.open(path, how))),
    link: (from, to) => call(() => disk.link(from, to)),
    rename: (from, to) => call(() => disk.rename(from, to)),
    remove: (path) => call(() => disk.remove(path)),
    truncate: (path, length) => call(() => disk.truncate(path, length)),
    syncFolder: (path) => call(() => disk.syncFolder(path)),
    identity: (path) => call(() => disk.identity(path)),
  };
}
