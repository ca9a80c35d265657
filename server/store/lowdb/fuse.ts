import { diskCodeOf, StoreStop } from './stop.ts';

/**
 * Blows once, when memory and disk can no longer be known to agree: the process must end and start
 * again from the disk. Until it has, everything that asks is refused.
 */
export class Fuse {
  #blown: StoreStop | null = null;
  readonly #onFatal: (error: StoreStop) => void;

  constructor(onFatal: (error: StoreStop) => void) {
    this.#onFatal = onFatal;
  }

  blow(error: StoreStop): StoreStop {
    if (this.#blown === null) {
      this.#blown = error;
      this.#onFatal(error);
    }
    return this.#blown;
  }

  check(): void {
    if (this.#blown !== null) throw this.#blown;
  }

  /**
   * Runs an fsync. Where it fails the kernel may have dropped the pages and reported it once, so a
   * later fsync would lie (fsync(2), EIO); a full disk is reported before anything is dropped.
   */
  async sync(file: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (['ENOSPC', 'EDQUOT'].includes(diskCodeOf(error))) throw error;
      throw this.blow(syncFailed(file, error));
    }
  }

  /** After a rename nothing can be taken back, so there every failure counts. */
  async syncNames(folder: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      throw this.blow(syncFailed(folder, error));
    }
  }
}

const syncFailed = (file: string, cause: unknown): StoreStop =>
  new StoreStop({
    reason: 'sync-failed',
    file,
    problem: 'the disk did not confirm a write',
    fix: 'Check the disk, then start again; what was acknowledged before is there',
    cause,
  });
