import { AppError } from '../../../domain/errors.ts';
import type { LogEntry } from '../../../domain/log-entry.ts';
import type { LogPage, LogQuery } from '../../../domain/ports/store.ts';
import type { MayCut } from '../append-file.ts';
import {
  logEntriesPerSegment,
  logPageEntriesMax,
  logPartsPerRoundMax,
  textSearchEntriesMax,
} from '../limits.ts';
import { segmentName, segmentNumber } from '../names.ts';
import { LogArchive } from './archive.ts';
import { type Dictionaries, openDictionaries } from './dictionary.ts';
import { factsOf, filterOf, matches } from './facts.ts';
import { indexedFrom } from './indexed-segments.ts';
import { entriesAt, type Place } from './places.ts';
import { type LogFiles, Segment } from './segment.ts';
import { searchText } from './text-search.ts';

/** The Action log of a tenant: entries in segments on disk, found by the indexes of these. */
export class ActionLog {
  readonly #files: LogFiles;
  readonly #segments: Segment[] = [];
  readonly #dictionaries: Dictionaries = openDictionaries();
  /** Durable in the outbox, not yet in a segment; oldest first. */
  #pending: LogEntry[] = [];
  #archive: LogArchive;
  /** Pages under way. */
  readonly #pages = new Set<Promise<LogPage>>();

  constructor(files: LogFiles) {
    this.#files = files;
    this.#archive = new LogArchive(files, []);
  }

  /** The last sequence number in a segment. */
  get filed(): number {
    const last = this.#segments.at(-1);
    return last === undefined ? 0 : last.first + last.count - 1;
  }

  /** Reads the segment that grows; of the full ones a start only makes sure that they are there. */
  async load(options: {
    names: readonly string[];
    marks: Readonly<Record<string, number>>;
    mayCut: MayCut;
  }): Promise<void> {
    const { names, marks, mayCut } = options;
    this.#archive = new LogArchive(this.#files, names);
    const last = Math.max(0, ...[...names, ...Object.keys(marks)].map(segmentNumber));
    for (let number = 1; number <= last; number += 1) {
      const segment = this.#segment(number, number < last);
      if (this.#archive.keeps(number)) {
        // A crash came between the two.
        await segment.remove();
        continue;
      }
      if (number === last) await segment.load(marks[segmentName(number)] ?? 0, mayCut);
      else if (!names.includes(segmentName(number))) throw segment.file.stop('is missing');
      this.#segments.push(segment);
    }
    await this.#archiveOld();
  }

  /** What is no longer in any page. */
  get archive(): LogArchive {
    return this.#archive;
  }

  /** Tells readers of entries that have become durable in the outbox. */
  announce(entries: readonly LogEntry[]): void {
    this.#pending.push(...entries);
  }

  /** Moves announced entries into their segments; tells how long each growing file is now. */
  async append(entries: readonly { entry: LogEntry; line: string }[]): Promise<void> {
    const segments = this.#segments.length;
    let rest = entries.filter(({ entry }) => entry.seq > this.filed);
    while (rest.length > 0) {
      const segment = this.#open();
      const space = logEntriesPerSegment - segment.count;
      await segment.append(rest.slice(0, space));
      this.#pending = this.#pending.filter(({ seq }) => seq > this.filed);
      rest = rest.slice(space);
    }
    if (this.#segments.length > segments) await this.#archiveOld();
  }

  /** The growing file and its length, for the hot document's marks. */
  get mark(): { name: string; bytes: number } | null {
    const last = this.#segments.at(-1);
    return last === undefined ? null : { name: segmentName(last.number), bytes: last.file.length };
  }

  async page(query: LogQuery): Promise<LogPage> {
    const page = this.#page(query);
    this.#pages.add(page);
    try {
      return await page;
    } finally {
      this.#pages.delete(page);
    }
  }

  async #page(query: LogQuery): Promise<LogPage> {
    const limit = Math.min(query.limit, logPageEntriesMax);
    if (!Number.isInteger(limit) || limit < 1) throw new AppError('request.invalid');
    const { disk } = this.#files;
    const { text = '' } = query;
    if (text !== '') {
      if (query.day === undefined) throw new AppError('request.invalid');
      const places = await this.#places(query, textSearchEntriesMax + 1);
      return searchText({ disk, places, text, limit });
    }
    const places = await this.#places(query, limit + 1);
    const entries = await entriesAt(disk, places.slice(0, limit));
    const next = places.length > limit ? (entries.at(-1)?.seq ?? null) : null;
    return { entries, next, scanned: entries.length, complete: true };
  }

  /** The newest places that fit, at most `count`; no entry is read. */
  async #places(query: LogQuery, count: number): Promise<Place[]> {
    const filter = filterOf(query);
    const before = query.before ?? Number.POSITIVE_INFINITY;
    const places: Place[] = this.#pending
      .filter(({ seq }) => seq > this.filed && seq < before)
      .filter((entry) => matches(factsOf(entry), filter))
      .map((entry) => ({ seq: entry.seq, entry }))
      .reverse();
    if (places.length >= count) return places.slice(0, count);
    // What waits now may be filed while an index is read: it was counted above.
    const filedBefore = Math.min(before, this.filed + 1);
    const segments = this.#segments.filter(({ first }) => first < filedBefore);
    const tests = filter.map(({ column, accepts }) => ({
      column,
      accepted: this.#dictionaries[column].test(accepts),
    }));
    for await (const { segment, index } of indexedFrom(segments.reverse())) {
      const { first, file } = segment;
      const asked = { tests, before: filedBefore - first, most: count - places.length };
      for (const position of index.positions(asked))
        places.push({ seq: first + position, path: file.path, ...index.place(position) });
      if (places.length >= count) break;
    }
    return places;
  }

  /** Moves full segments that are old enough into the archive. A disk that refuses is asked again later. */
  async #archiveOld(): Promise<void> {
    const from = this.#files.logFrom();
    if (from === null) return;
    try {
      for (let round = 0; round < logPartsPerRoundMax; round += 1) {
        const [oldest] = this.#segments;
        // The last one stays, since it tells where the numbers go on.
        if (oldest === undefined || this.#segments.length < 2) return;
        const { bytes, days } = await oldest.read();
        if (days.to >= from) return;
        await this.#archive.keep({ number: oldest.number, days, bytes });
        this.#segments.shift();
        // Pages that began before may still read from it.
        await Promise.allSettled(this.#pages);
        await oldest.remove();
      }
    } catch {
      this.#files.fuse.check();
    }
  }

  #open(): Segment {
    const last = this.#segments.at(-1);
    if (last !== undefined && !last.isFull) return last;
    const next = this.#segment((last?.number ?? 0) + 1, false);
    this.#segments.push(next);
    return next;
  }

  #segment(number: number, isFull: boolean): Segment {
    const options = { files: this.#files, dictionaries: this.#dictionaries };
    return new Segment({ ...options, number, isFull });
  }
}
