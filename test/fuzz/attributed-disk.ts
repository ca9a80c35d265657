import { AsyncLocalStorage } from 'node:async_hooks';
import type { Disk } from '../../server/domain/ports/disk.ts';

export interface AttributedDisk {
  disk: Disk;
  /** What the work changed on the disk itself; what goes on in the background beside it is not counted. */
  during<T>(work: () => Promise<T>): Promise<{ answer: T; changes: number }>;
}

/** A disk that knows on whose behalf it is changed. The audit trail is left out: refusals stand there. */
export function attributedDisk(disk: Disk): AttributedDisk {
  const behalf = new AsyncLocalStorage<{ changes: number }>();
  const counts = (path: string) => {
    const own = behalf.getStore();
    if (own !== undefined && !path.includes('/audit/')) own.changes += 1;
  };
  return {
    during: async (work) => {
      const own = { changes: 0 };
      const answer = await behalf.run(own, work);
      return { answer, changes: own.changes };
    },
    disk: {
      ...disk,
      open: (path, how) => {
        counts(path);
        return disk.open(path, how);
      },
      link: (from, to) => {
        counts(to);
        return disk.link(from, to);
      },
      rename: (from, to) => {
        counts(to);
        return disk.rename(from, to);
      },
      remove: (path) => {
        counts(path);
        return disk.remove(path);
      },
      truncate: (path, length) => {
        counts(path);
        return disk.truncate(path, length);
      },
    },
  };
}
