import type { Disk, DiskFile } from '../../server/domain/ports/disk.ts';

/** Why every change is refused from now on; null while the disk is well. */
export interface Refusing {
  code: 'ENOSPC' | 'EROFS' | null;
}

/** A real disk that refuses what is new while it is told to, as a full or a read-only one does. */
export function refusingDisk(disk: Disk, refusing: Refusing): Disk {
  const refuse = (): void => {
    if (refusing.code !== null)
      throw Object.assign(new Error(`${refusing.code}: refused`), { code: refusing.code });
  };
  const fileOf = (file: DiskFile): DiskFile => ({
    ...file,
    write: async (bytes) => {
      refuse();
      return file.write(bytes);
    },
  });
  return {
    ...disk,
    open: async (path, how) => {
      refuse();
      return fileOf(await disk.open(path, how));
    },
    link: async (from, to) => {
      refuse();
      await disk.link(from, to);
    },
  };
}
