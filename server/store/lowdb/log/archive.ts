import { promisify } from 'node:util';
import { createGunzip, gzip } from 'node:zlib';
import type { LogEntry } from '../../../domain/log-entry.ts';
import type { LogPart } from '../../../domain/ports/store.ts';
import { DurableFile } from '../durable-file.ts';
import { logEntriesPerSegment } from '../limits.ts';
import { archiveName, archivePartOf } from '../names.ts';
import { damaged, entryOf } from './places.ts';
import type { LogFiles } from './segment.ts';
import type { Days } from './segment-index.ts';

const compressed = promisify(gzip);

/**
 * Parts of the Action log that are older than it is kept at hand: a segment each, compressed, whose name
 * says what is in it. A part is on disk before its segment leaves, so one of the two is always there.
 */
export class LogArchive {
  readonly #files: LogFiles;
  /** By number. */
  readonly #parts = new Map<number, LogPart>();

  constructor(files: LogFiles, names: readonly string[]) {
    this.#files = files;
    for (const name of names) {
      const part = archivePartOf(name);
      if (part !== null) this.#note(part);
    }
  }

  /** Newest first. */
  get parts(): LogPart[] {
    return [...this.#parts.values()].sort((a, b) => b.number - a.number);
  }

  /** Whether the part is here, or so old that an operator may have taken it away. */
  keeps(number: number): boolean {
    return number < Math.min(...this.#parts.keys())
      ? this.#parts.size > 0
      : this.#parts.has(number);
  }

  /** Keeps a full segment as a part. Throws where the disk refuses; nothing is different then. */
  async keep(segment: { number: number; days: Days; bytes: Uint8Array }): Promise<void> {
    const { number, days, bytes } = segment;
    const file = new DurableFile({ ...this.#files, name: archiveName({ number, ...days }) });
    await file.read();
    await file.replace(await compressed(bytes));
    this.#note({ number, ...days });
  }

  /** The entries of a part, oldest first, a few at a time; null where there is no such part. */
  async read(number: number): Promise<AsyncIterable<LogEntry> | null> {
    const part = this.#parts.get(number);
    if (part === undefined) return null;
    const path = `${this.#files.folder}/${archiveName(part)}`;
    const bytes = await this.#files.disk.read(path);
    if (bytes === null) throw damaged(path);
    return entriesIn(path, bytes, part.first);
  }

  #note({ number, from, to }: Days & { number: number }): void {
    const last = number * logEntriesPerSegment;
    this.#parts.set(number, { number, first: last - logEntriesPerSegment + 1, last, from, to });
  }
}

async function* entriesIn(path: string, bytes: Uint8Array, first: number) {
  const gunzip = createGunzip();
  gunzip.end(bytes);
  let seq = first;
  let isHeader = true;
  try {
    for await (const line of linesOf(gunzip)) {
      if (!isHeader) yield entryOf({ file: path, line, seq });
      seq += isHeader ? 0 : 1;
      isHeader = false;
    }
    if (seq !== first + logEntriesPerSegment) throw new TypeError('too few entries');
  } catch (cause) {
    throw damaged(path, cause);
  }
}

async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest = '';
  for await (const chunk of chunks) {
    const lines = `${rest}${decoder.decode(chunk, { stream: true })}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') throw new TypeError('ends within a line');
}
