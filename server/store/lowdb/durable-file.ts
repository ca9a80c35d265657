import type { Disk, DiskFile } from '../../domain/ports/disk.ts';
import type { Fuse } from './fuse.ts';
import { backupOf, damagedOf, temporaryOf } from './names.ts';
import { StoreStop } from './stop.ts';

/**
 * A file that is only ever replaced whole. After `replace` resolves the new content survives a power
 * cut; when it throws the old content is in place, or the fuse is blown.
 */
export class DurableFile {
  readonly path: string;
  readonly #disk: Disk;
  readonly #folder: string;
  readonly #fuse: Fuse;
  #identity: string | null = null;

  constructor(options: { disk: Disk; folder: string; name: string; fuse: Fuse }) {
    this.#disk = options.disk;
    this.#folder = options.folder;
    this.#fuse = options.fuse;
    this.path = `${options.folder}/${options.name}`;
  }

  async read(): Promise<Uint8Array | null> {
    this.#identity = await this.#disk.identity(this.path);
    return this.#disk.read(this.path);
  }

  readBackup(): Promise<Uint8Array | null> {
    return this.#disk.read(backupOf(this.path));
  }

  /** Keeps a damaged file for a person to look at; the next `replace` starts without it. */
  async setAside(): Promise<void> {
    if (this.#identity !== null) await this.#disk.rename(this.path, damagedOf(this.path));
    this.#identity = null;
  }

  /**
   * Temporary file, fsync, backup by hard link, rename, fsync of the folder: with this order a crash
   * leaves the old or the new content, never a mixture.
   */
  async replace(bytes: Uint8Array): Promise<void> {
    this.#fuse.check();
    const temporary = temporaryOf(this.path);
    try {
      const identity = await this.#writeTemporary(temporary, bytes);
      await this.#refuseOtherWriter();
      await this.#disk.remove(backupOf(this.path));
      if (this.#identity !== null) await this.#disk.link(this.path, backupOf(this.path));
      await this.#disk.rename(temporary, this.path);
      this.#identity = identity;
    } catch (error) {
      await this.#disk.remove(temporary).catch(() => undefined);
      throw error;
    }
    await this.#fuse.syncNames(this.#folder, () => this.#disk.syncFolder(this.#folder));
  }

  async #writeTemporary(temporary: string, bytes: Uint8Array): Promise<string> {
    const file = await this.#disk.open(temporary, 'replace');
    try {
      await writeFully(file, bytes);
      await this.#fuse.sync(temporary, () => file.sync());
      if ((await file.size()) !== bytes.length) throw new Error('the file has another size');
      return await file.identity();
    } finally {
      await file.close();
    }
  }

  /** The lock keeps others out; this notices one that ignored it, before its work is overwritten. */
  async #refuseOtherWriter(): Promise<void> {
    if ((await this.#disk.identity(this.path)) === this.#identity) return;
    throw this.#fuse.blow(otherWriter(this.path));
  }
}

export const otherWriter = (file: string): StoreStop =>
  new StoreStop({
    reason: 'other-writer',
    file,
    problem: 'was changed by another process',
    fix: 'Run exactly one process on this folder, then start again',
  });

/** One call may take only part of the bytes (write(2)). */
export async function writeFully(file: DiskFile, bytes: Uint8Array): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const count = await file.write(bytes.subarray(written));
    if (count <= 0) throw new Error('the disk took no bytes');
    written += count;
  }
}
