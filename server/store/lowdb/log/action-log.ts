import { AppError } from '../../../domain/errors.ts';
import type { LogEntry } from '../../../domain/log-entry.ts';
import type { LogPage, LogQuery } from '../../../domain/ports.ts';
import type { MayCut } from '../append-file.ts';
import {
  logEntriesPerSegment,
  logPageEntriesMax,
  textSearchEntriesMax,
  textSearchEntriesPerRead,
} from '../limits.ts';
import { segmentName, segmentNumber } from '../names.ts';
import { factsOf, filterOf, type LogFilter, matches } from './facts.ts';
import { entriesAt, linesAt, type Place, parseEntry } from './places.ts';
import { type LogFiles, Segment } from './segment.ts';
import { createTextTest } from './text-search.ts';

/** The Action log of a tenant: the index in memory, the entries in segments on disk. */
export class ActionLog {
  readonly #files: LogFiles;
  readonly #segments: Segment[] = [];
  /** Durable in the outbox, not yet in a segment; oldest first. */
  #pending: LogEntry[] = [];

  constructor(files: LogFiles) {
    this.#files = files;
  }

  /** The last sequence number in a segment. */
  get filed(): number {
    const last = this.#segments.at(-1);
    return last === undefined ? 0 : last.first + last.index.count - 1;
  }

  async load(options: {
    names: readonly string[];
    marks: Readonly<Record<string, number>>;
    mayCut: MayCut;
  }): Promise<void> {
    const last = Math.max(
      0,
      ...[...options.names, ...Object.keys(options.marks)].map(segmentNumber),
    );
    for (let number = 1; number <= last; number += 1) {
      const segment = new Segment(this.#files, number);
      if (number < last) await segment.loadSealed();
      else await segment.load(options.marks[segmentName(number)] ?? 0, options.mayCut);
      this.#segments.push(segment);
    }
  }

  /** Tells readers of entries that have become durable in the outbox. */
  announce(entries: readonly LogEntry[]): void {
    this.#pending.push(...entries);
  }

  /** Moves announced entries into their segments; tells how long each growing file is now. */
  async append(entries: readonly { entry: LogEntry; line: string }[]): Promise<void> {
    let rest = entries.filter(({ entry }) => entry.seq > this.filed);
    while (rest.length > 0) {
      const segment = await this.#open();
      const space = logEntriesPerSegment - segment.index.count;
      await segment.append(rest.slice(0, space));
      this.#pending = this.#pending.filter(({ seq }) => seq > this.filed);
      rest = rest.slice(space);
      if (segment.isFull) await segment.seal();
    }
  }

  /** The growing file and its length, for the hot document's marks. */
  get mark(): { name: string; bytes: number } | null {
    const last = this.#segments.at(-1);
    return last === undefined ? null : { name: segmentName(last.number), bytes: last.file.length };
  }

  page(query: LogQuery): Promise<LogPage> {
    const limit = Math.min(query.limit, logPageEntriesMax);
    if (!Number.isInteger(limit) || limit < 1) throw new AppError('request.invalid');
    if (query.text === undefined || query.text === '') return this.#indexedPage(query, limit);
    if (query.day === undefined) throw new AppError('request.invalid');
    return this.#searchedPage(query, query.text, limit);
  }

  async #indexedPage(query: LogQuery, limit: number): Promise<LogPage> {
    const places = [...this.#places(query).take(limit + 1)];
    const entries = await entriesAt(this.#files.disk, places.slice(0, limit));
    const next = places.length > limit ? (entries.at(-1)?.seq ?? null) : null;
    return { entries, next, scanned: entries.length, complete: true };
  }

  async #searchedPage(query: LogQuery, text: string, limit: number): Promise<LogPage> {
    const { disk } = this.#files;
    const test = createTextTest(text);
    const places = [...this.#places(query).take(textSearchEntriesMax + 1)];
    const complete = places.length <= textSearchEntriesMax;
    const searched = places.slice(0, textSearchEntriesMax);
    const entries: LogEntry[] = [];
    for (let from = 0; from < searched.length; from += textSearchEntriesPerRead) {
      const chunk = searched.slice(from, from + textSearchEntriesPerRead);
      const lines = await linesAt(disk, chunk);
      for (const [position, place] of chunk.entries()) {
        const line = lines.get(place.seq) ?? '';
        if ('path' in place && !test.mayFit(line)) continue;
        const entry = 'entry' in place ? place.entry : parseEntry(line, place.path, place.seq);
        if (!test.fits(entry)) continue;
        entries.push(entry);
        const scanned = from + position + 1;
        if (entries.length < limit) continue;
        const next = scanned < places.length ? entry.seq : null;
        return { entries, next, scanned, complete: true };
      }
    }
    const next = complete ? null : (searched.at(-1)?.seq ?? null);
    return { entries, next, scanned: searched.length, complete };
  }

  /** Every place that fits, newest first; nothing is read. */
  *#places(query: LogQuery): Generator<Place> {
    const filter = filterOf(query);
    const before = query.before ?? Number.POSITIVE_INFINITY;
    yield* this.#pendingPlaces(filter, before);
    for (const { first, file, index } of this.#segments.toReversed()) {
      if (first >= before) continue;
      for (const position of index.positions(filter, before - first))
        yield { seq: first + position, path: file.path, ...index.place(position) };
    }
  }

  *#pendingPlaces(filter: LogFilter, before: number): Generator<Place> {
    for (const entry of this.#pending.toReversed())
      if (entry.seq > this.filed && entry.seq < before && matches(factsOf(entry), filter))
        yield { seq: entry.seq, entry };
  }

  async #open(): Promise<Segment> {
    const last = this.#segments.at(-1);
    if (last !== undefined && !last.isFull) return last;
    const next = new Segment(this.#files, (last?.number ?? 0) + 1);
    this.#segments.push(next);
    return next;
  }
}
