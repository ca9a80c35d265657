import * as v from 'valibot';
import type { CalendarDate } from '../../../domain/dates.ts';
import { type LogEntry, logEntrySchema, logResults } from '../../../domain/log-entry.ts';
import type { Disk } from '../../../domain/ports/disk.ts';
import { actorSchema } from '../../../domain/tenant.ts';
import { AppendFile, type MayCut } from '../append-file.ts';
import { DurableFile } from '../durable-file.ts';
import type { Fuse } from '../fuse.ts';
import { logEntriesPerSegment } from '../limits.ts';
import { backupOf, segmentIndexName, segmentName } from '../names.ts';
import { encode } from '../text.ts';
import { sealed, unsealed } from '../versions.ts';
import type { Dictionaries } from './dictionary.ts';
import { factsOf } from './facts.ts';
import type { IndexShelf } from './index-shelf.ts';
import { type Days, parseIndex, SegmentIndex } from './segment-index.ts';

export interface LogFiles {
  disk: Disk;
  folder: string;
  fuse: Fuse;
  shelf: IndexShelf;
  /** The first day whose entries stay at hand; null where all do. */
  logFrom: () => CalendarDate | null;
}

/**
 * A run of entries in a file of its own. The last one grows; a full one never changes again and has its
 * index in a file, which is read when somebody asks for entries of it.
 */
export class Segment {
  readonly number: number;
  readonly file: AppendFile;
  readonly #files: LogFiles;
  readonly #dictionaries: Dictionaries;
  /** Null once it is full. */
  #growing: SegmentIndex | null;

  constructor(options: {
    files: LogFiles;
    dictionaries: Dictionaries;
    number: number;
    isFull: boolean;
  }) {
    this.number = options.number;
    this.#files = options.files;
    this.#dictionaries = options.dictionaries;
    this.#growing = options.isFull ? null : new SegmentIndex(this.#dictionaries);
    this.file = this.#file();
  }

  /** The sequence number of its first entry. */
  get first(): number {
    return (this.number - 1) * logEntriesPerSegment + 1;
  }
  get count(): number {
    return this.#growing?.count ?? logEntriesPerSegment;
  }
  get isFull(): boolean {
    return this.count >= logEntriesPerSegment;
  }

  /** Reads the growing one. */
  async load(sureBytes: number, mayCut: MayCut): Promise<void> {
    this.#growing = await this.#indexOf(this.file, { sureBytes, mayCut });
    if (this.isFull) await this.#seal(this.#growing);
  }

  index(): Promise<SegmentIndex> {
    if (this.#growing !== null) return Promise.resolve(this.#growing);
    return this.#files.shelf.take(this, () => this.#readIndex());
  }

  async append(entries: readonly { entry: LogEntry; line: string }[]): Promise<void> {
    const index = this.#growing;
    if (index === null) throw new Error('a full segment never changes');
    const lines = await this.file.append(entries.map(({ line }) => line));
    for (const [position, { entry }] of entries.entries()) {
      const line = lines[position];
      if (line !== undefined) index.add(factsOf(entry), line);
    }
    if (this.isFull) await this.#seal(index);
  }

  /** The whole of a full one. */
  async read(): Promise<{ bytes: Uint8Array; days: Days }> {
    const { end, days } = await this.index();
    const bytes = await this.#files.disk.read(this.file.path);
    if (bytes?.length !== end) throw this.file.stop('is shorter than it was');
    return { bytes, days };
  }

  /** Deletes its files, once the archive has it. */
  async remove(): Promise<void> {
    const { disk, folder } = this.#files;
    const index = segmentIndexName(this.number);
    for (const name of [segmentName(this.number), index, backupOf(index)])
      await disk.remove(`${folder}/${name}`);
  }

  /** The index of a full segment by its file, or made again from the segment where that is no use. */
  async #readIndex(): Promise<SegmentIndex> {
    const { path } = this.file;
    const bytes = await this.#indexFile().read();
    const index =
      bytes === null ? null : parseIndex({ file: path, bytes, dictionaries: this.#dictionaries });
    const file = this.#file();
    if (index?.count === logEntriesPerSegment && (await file.resume(index.end))) return index;
    const made = await this.#indexOf(file, { sureBytes: 0, mayCut: 'nothing' });
    if (made.count < logEntriesPerSegment) throw file.stop('has fewer entries than it had');
    await this.#writeIndex(made);
    return made;
  }

  async #indexOf(
    file: AppendFile,
    { sureBytes, mayCut }: { sureBytes: number; mayCut: MayCut },
  ): Promise<SegmentIndex> {
    const index = new SegmentIndex(this.#dictionaries);
    await file.load({
      sureBytes,
      mayCut,
      accept: ({ text, start, end }) => {
        const entry = v.parse(
          indexedSchema,
          unsealed({ kind: 'log', file: file.path, text, parse: JSON.parse }),
        );
        if (entry.seq !== this.first + index.count) throw new TypeError('out of sequence');
        index.add(factsOf(entry), { start, end });
      },
    });
    return index;
  }

  async #seal(index: SegmentIndex): Promise<void> {
    await this.#writeIndex(index);
    this.#files.shelf.put(this, Promise.resolve(index));
    this.#growing = null;
  }

  /** The index can always be made again, so a full disk here is no failure. */
  async #writeIndex(index: SegmentIndex): Promise<void> {
    const file = this.#indexFile();
    try {
      await file.read();
      await file.replace(encode(sealed(JSON.stringify(index))));
    } catch {
      this.#files.fuse.check();
    }
  }

  #file(): AppendFile {
    return new AppendFile({ ...this.#files, name: segmentName(this.number), kind: 'log' });
  }
  #indexFile(): DurableFile {
    return new DurableFile({ ...this.#files, name: segmentIndexName(this.number) });
  }
}

/** What the index needs; the whole entry is checked when it is shown. */
const indexedSchema = v.object({
  seq: v.number(),
  at: v.string(),
  actor: actorSchema,
  action: logEntrySchema.entries.action,
  result: v.picklist(logResults),
  customerId: v.nullable(v.string()),
});
