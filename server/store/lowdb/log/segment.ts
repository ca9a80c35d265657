import * as v from 'valibot';
import { type LogEntry, logEntrySchema, logResults } from '../../../domain/log-entry.ts';
import type { Disk } from '../../../domain/ports.ts';
import { actorSchema } from '../../../domain/tenant.ts';
import { AppendFile, type MayCut } from '../append-file.ts';
import { DurableFile } from '../durable-file.ts';
import type { Fuse } from '../fuse.ts';
import { logEntriesPerSegment } from '../limits.ts';
import { segmentIndexName, segmentName } from '../names.ts';
import { decode, encode } from '../text.ts';
import { sealed, unsealed } from '../versions.ts';
import { factsOf } from './facts.ts';
import { parseIndex, SegmentIndex } from './segment-index.ts';

export interface LogFiles {
  disk: Disk;
  folder: string;
  fuse: Fuse;
}

/** A run of entries in a file of its own. A full one never changes again and gets an index file. */
export class Segment {
  readonly number: number;
  readonly file: AppendFile;
  index = new SegmentIndex();
  readonly #files: LogFiles;

  constructor(files: LogFiles, number: number) {
    this.number = number;
    this.#files = files;
    this.file = new AppendFile({ ...files, name: segmentName(number), kind: 'log' });
  }

  /** The sequence number of its first entry. */
  get first(): number {
    return (this.number - 1) * logEntriesPerSegment + 1;
  }
  get isFull(): boolean {
    return this.index.count >= logEntriesPerSegment;
  }

  async load(sureBytes: number, mayCut: MayCut): Promise<void> {
    await this.file.load({
      sureBytes,
      mayCut,
      accept: ({ text, start, end }) => {
        const entry = v.parse(
          indexedSchema,
          unsealed({ kind: 'log', file: this.file.path, text, parse: JSON.parse }),
        );
        if (entry.seq !== this.first + this.index.count) throw new TypeError('out of sequence');
        this.index.add(factsOf(entry), { start, end });
      },
    });
  }

  /** Opens a full segment by its index file, or reads it once more and makes the index again. */
  async loadSealed(): Promise<void> {
    const bytes = await this.#indexFile().read();
    const index = bytes === null ? null : parseIndex(this.file.path, decode(bytes));
    if (index?.count === logEntriesPerSegment && (await this.file.resume(index.end))) {
      this.index = index;
      return;
    }
    await this.load(0, 'nothing');
    if (!this.isFull) throw this.file.stop('has fewer entries than it had');
    await this.seal();
  }

  async append(entries: readonly { entry: LogEntry; line: string }[]): Promise<void> {
    const lines = await this.file.append(entries.map(({ line }) => line));
    for (const [position, { entry }] of entries.entries()) {
      const line = lines[position];
      if (line !== undefined) this.index.add(factsOf(entry), line);
    }
  }

  /** The index can always be made again, so a full disk here is no failure. */
  async seal(): Promise<void> {
    const file = this.#indexFile();
    try {
      await file.read();
      await file.replace(encode(sealed(JSON.stringify(this.index))));
    } catch {
      this.#files.fuse.check();
    }
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
