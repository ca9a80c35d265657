import * as v from 'valibot';
import type { Disk } from '../../domain/ports/disk.ts';
import { otherWriter, writeFully } from './durable-file.ts';
import type { Fuse } from './fuse.ts';
import { joined, turns } from './sealed-bytes.ts';
import { restoreFix, StoreStop } from './stop.ts';
import { decode, encode } from './text.ts';
import { type FileKind, headerOf, isSealed, sealed, unsealed } from './versions.ts';

export interface Line {
  text: string;
  /** Where it begins, in bytes. */
  start: number;
  /** Behind its newline. */
  end: number;
}

/**
 * What a start may cut behind the bytes that are sure: everything from the first bad line, a torn
 * last line alone (the outbox belongs to an older generation), or nothing.
 */
export type MayCut = 'tail' | 'last-line' | 'nothing';

/**
 * JSON Lines that only grow, each line sealed; the first tells what they are. After `append` resolves the lines
 * survive a power cut; after it threw the next one cuts what was half written.
 */
export class AppendFile {
  readonly path: string;
  /** Bytes that are surely on disk and whole. */
  length = 0;
  readonly #disk: Disk;
  readonly #folder: string;
  readonly #kind: FileKind;
  readonly #fuse: Fuse;
  #named = false;
  #ragged = false;

  constructor(options: { disk: Disk; folder: string; name: string; kind: FileKind; fuse: Fuse }) {
    this.#disk = options.disk;
    this.#folder = options.folder;
    this.#kind = options.kind;
    this.#fuse = options.fuse;
    this.path = `${options.folder}/${options.name}`;
  }

  /** Seals and appends the lines with one fdatasync and tells where each of them lies. */
  async append(texts: readonly string[]): Promise<Line[]> {
    this.#fuse.check();
    if (this.#ragged) await this.#disk.truncate(this.path, this.length);
    const header = encode(this.length === 0 ? `${headerOf(this.#kind)}\n` : '');
    const chunks = await sealedLines(texts);
    const length = chunks.reduce((sum, chunk) => sum + chunk.length, header.length);
    const bytes = joined([header, ...chunks], length);
    const file = await this.#disk.open(this.path, 'append');
    try {
      if ((await file.size()) !== this.length) throw this.#fuse.blow(otherWriter(this.path));
      this.#ragged = true;
      await writeFully(file, bytes);
      await this.#fuse.sync(this.path, () => file.sync());
      if ((await file.size()) !== this.length + bytes.length)
        throw new Error('the file has another size');
    } finally {
      await file.close();
    }
    if (!this.#named) {
      await this.#fuse.syncNames(this.#folder, () => this.#disk.syncFolder(this.#folder));
      this.#named = true;
    }
    let end = this.length + header.length;
    const lines = texts.map((text, position) => {
      const start = end;
      end += chunks[position]?.length ?? 0;
      return { text, start, end };
    });
    this.length += bytes.length;
    this.#ragged = false;
    return lines;
  }

  /** Goes on where an index says the file ends, without reading it. */
  async resume(length: number): Promise<boolean> {
    const end = await this.#disk.read(this.path, { start: length - 1, end: length + 1 });
    if (end?.length !== 1 || end[0] !== newline) return false;
    this.length = length;
    this.#named = true;
    return true;
  }

  /**
   * Gives every line to `accept`, which throws on a bad one. What lies behind `sureBytes` was never
   * acknowledged from this file (the outbox still has it), so there a crash may have left anything:
   * it is cut at the first bad line. Before it a bad line stops the start.
   */
  async load(options: {
    sureBytes: number;
    mayCut: MayCut;
    accept: (line: Line) => void;
  }): Promise<void> {
    const bytes = await this.#disk.read(this.path);
    if (bytes === null || bytes.length < options.sureBytes)
      if (options.sureBytes > 0)
        throw this.stop(bytes === null ? 'is missing' : 'is shorter than it was');
    if (bytes === null) return;
    this.#named = true;
    this.length = this.#loadLines({ bytes, ...options });
    this.#ragged = this.length < bytes.length;
  }

  #loadLines(options: {
    bytes: Uint8Array;
    sureBytes: number;
    mayCut: MayCut;
    accept: (line: Line) => void;
  }): number {
    const { bytes, mayCut, accept } = options;
    const sureBytes = mayCut === 'nothing' ? bytes.length : options.sureBytes;
    let start = 0;
    let seals = false;
    while (start < bytes.length) {
      const newlineAt = bytes.indexOf(newline, start);
      const end = newlineAt + 1;
      if (newlineAt === -1) {
        if (start < sureBytes) throw this.stop('ends within a line');
        return start;
      }
      try {
        const text = decode(bytes.subarray(start, newlineAt));
        if (seals && !isSealed(text)) throw new TypeError('not sealed');
        seals = isSealed(text);
        if (start === 0) this.#checkHeader(text);
        else accept({ text, start, end });
      } catch (error) {
        if (error instanceof StoreStop) throw error;
        if (start < sureBytes || (mayCut === 'last-line' && end < bytes.length))
          throw this.stop(`has a damaged line at byte ${start}`, error);
        return start;
      }
      start = end;
    }
    return start;
  }

  /** One of the first form tells nothing but its version. */
  #checkHeader(text: string): void {
    const header = { kind: this.#kind, file: this.path, text, parse: JSON.parse };
    const { kind } = v.parse(headerSchema, unsealed(header));
    if ((kind ?? this.#kind) !== this.#kind) throw new TypeError('another kind of file');
  }

  stop(problem: string, cause?: unknown): StoreStop {
    const reason = problem === 'is missing' ? 'missing' : 'damaged';
    return new StoreStop({ reason, file: this.path, problem, fix: restoreFix, cause });
  }
}

const newline = 10;
const headerSchema = v.object({ kind: v.optional(v.string()) });

async function sealedLines(texts: readonly string[]): Promise<Uint8Array[]> {
  const lines: Uint8Array[] = [];
  const turn = turns();
  for (const text of texts) {
    const line = encode(`${sealed(text)}\n`);
    lines.push(line);
    const next = turn(line.length);
    if (next !== null) await next;
  }
  return lines;
}
