import type { Adapter } from 'lowdb';
import type { DurableFile } from './durable-file.ts';
import { sealedBytes } from './sealed-bytes.ts';
import { restoreFix, StoreStop } from './stop.ts';
import { decode } from './text.ts';

/** How a document's content becomes text and back. `parse` throws on anything it does not know. */
export interface Codec<T> {
  parse(text: string): T;
  /** Pieces of the text of a JSON object, as it is at this moment; the seal is put on them. */
  format(data: T): readonly string[];
}

/** The durable adapter under lowdb's `Low`: one JSON document a file, its previous generation beside it. */
export class DurableJson<T> implements Adapter<T> {
  /** Whether the last `read` had to go back to the previous generation. */
  usedBackup = false;
  readonly #file: DurableFile;
  readonly #codec: Codec<T>;
  readonly #required: boolean;
  readonly #acceptBackup: boolean;

  constructor(options: {
    file: DurableFile;
    codec: Codec<T>;
    /** A missing file is damage and not a first start. */
    required: boolean;
    /** An operator confirmed that the previous generation may be used. */
    acceptBackup: boolean;
  }) {
    this.#file = options.file;
    this.#codec = options.codec;
    this.#required = options.required;
    this.#acceptBackup = options.acceptBackup;
  }

  async read(): Promise<T | null> {
    const bytes = await this.#file.read();
    if (bytes === null && !this.#required) return null;
    const current = this.#attempt(bytes);
    if (current.data !== null) return current.data;
    if (!this.#acceptBackup) throw this.#stop(bytes === null, current.error);
    const backup = this.#attempt(await this.#file.readBackup());
    if (backup.data === null) throw this.#stop(bytes === null, current.error);
    await this.#file.setAside();
    this.usedBackup = true;
    return backup.data;
  }

  async write(data: T): Promise<void> {
    await this.#file.replace(await sealedBytes(this.#codec.format(data)));
  }

  #attempt(bytes: Uint8Array | null): { data: T | null; error?: unknown } {
    if (bytes === null) return { data: null };
    try {
      return { data: this.#codec.parse(decode(bytes)) };
    } catch (error) {
      if (error instanceof StoreStop && error.reason === 'newer-version') throw error;
      return { data: null, error };
    }
  }

  #stop(missing: boolean, cause: unknown): StoreStop {
    return new StoreStop({
      reason: missing ? 'missing' : 'damaged',
      file: this.#file.path,
      problem: missing ? 'is missing' : 'is damaged or not what it should be',
      fix: restoreFix,
      cause,
    });
  }
}
