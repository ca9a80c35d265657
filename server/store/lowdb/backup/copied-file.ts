import { createHash } from 'node:crypto';
import type { Disk } from '../../../domain/ports/disk.ts';
import { writeFully } from '../durable-file.ts';
import { StoreStop } from '../stop.ts';

export interface CopiedFile {
  /** From the folder of the store, with `/`. */
  path: string;
  bytes: number;
  sha256: string;
}

export const digestOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

/** Writes a new file durably and reads it back: what is told is what is on the disk. */
export async function writeCopy(options: {
  disk: Disk;
  folder: string;
  path: string;
  bytes: Uint8Array;
}): Promise<CopiedFile> {
  const { disk, folder, path, bytes } = options;
  const target = `${folder}/${path}`;
  const file = await disk.open(target, 'create');
  try {
    await writeFully(file, bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  const copied = { path, bytes: bytes.length, sha256: digestOf(bytes) };
  await readCopy({ disk, folder, copied });
  return copied;
}

/** The bytes of a copy. Throws StoreStop where they are not what was copied. */
export async function readCopy(options: {
  disk: Disk;
  folder: string;
  copied: CopiedFile;
}): Promise<Uint8Array> {
  const { disk, folder, copied } = options;
  const bytes = await disk.read(`${folder}/${copied.path}`);
  if (bytes?.length === copied.bytes && digestOf(bytes) === copied.sha256) return bytes;
  throw new StoreStop({
    reason: bytes === null ? 'missing' : 'damaged',
    file: `${folder}/${copied.path}`,
    problem: bytes === null ? 'is missing' : 'is not what was copied: its hash is another one',
    fix: 'Use another backup; nothing was changed',
  });
}
