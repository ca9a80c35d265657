import { constants } from 'node:fs';
import * as fs from 'node:fs/promises';
import type { Disk, DiskFile } from '../domain/ports/disk.ts';

const fileMode = 0o600;
const folderMode = 0o700;

/** The real file system. Files are readable by the service's own user alone. */
export function openDisk(): Disk {
  return {
    async mkdir(path) {
      await fs.mkdir(path, { recursive: true, mode: folderMode });
    },
    list: async (path) => ((await unlessAbsent(fs.readdir(path))) ?? []).sort(),
    read: (path, range) =>
      range === undefined ? unlessAbsent(fs.readFile(path)) : readRange(path, range),
    async open(path, how) {
      const handle = await fs.open(path, flags[how], fileMode);
      return openFile(handle, how === 'append');
    },
    link: (from, to) => fs.link(from, to),
    rename: (from, to) => fs.rename(from, to),
    async remove(path) {
      const found = await unlessAbsent(fs.lstat(path));
      if (found === null) return;
      if (found.isDirectory()) await fs.rmdir(path);
      else await unlessAbsent(fs.unlink(path));
    },
    truncate: (path, length) => fs.truncate(path, length),
    async syncFolder(path) {
      const handle = await fs.open(path, constants.O_RDONLY);
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
    },
    async identity(path) {
      const found = await unlessAbsent(fs.lstat(path));
      return found === null ? null : identityOf(found);
    },
  };
}

const flags = {
  create: constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL,
  replace: constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC,
  append: constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND,
} as const;

function openFile(handle: fs.FileHandle, appends: boolean): DiskFile {
  return {
    write: async (bytes) => (await handle.write(bytes)).bytesWritten,
    // fdatasync also stores the length that the data needs (POSIX), which is all an append changes.
    sync: () => (appends ? handle.datasync() : handle.sync()),
    size: async () => (await handle.stat()).size,
    identity: async () => identityOf(await handle.stat()),
    close: () => handle.close(),
  };
}

async function readRange(path: string, { start, end }: { start: number; end: number }) {
  const handle = await unlessAbsent(fs.open(path, constants.O_RDONLY));
  if (handle === null) return null;
  try {
    const bytes = new Uint8Array(end - start);
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await handle.read(bytes, length, bytes.length - length, start + length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return bytes.subarray(0, length);
  } finally {
    await handle.close();
  }
}

const identityOf = ({ dev, ino }: { dev: number; ino: number }): string => `${dev}:${ino}`;

async function unlessAbsent<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
