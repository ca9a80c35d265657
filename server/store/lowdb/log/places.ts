import * as v from 'valibot';
import { parseOwn } from '../../../domain/json.ts';
import { type LogEntry, logEntrySchema } from '../../../domain/log-entry.ts';
import type { Disk } from '../../../domain/ports.ts';
import { readBytesMax, readGapBytesMax, readsAtOnceMax } from '../limits.ts';
import { restoreFix, StoreStop } from '../stop.ts';
import { decode } from '../text.ts';
import { unsealed } from '../versions.ts';

/** Where an entry is: in memory while it waits in the outbox, else in a file. */
export type Place =
  | { seq: number; entry: LogEntry }
  | { seq: number; path: string; start: number; end: number };

/** The texts of the places, in their order. Neighbours are fetched by one read. */
export async function linesAt(disk: Disk, places: readonly Place[]): Promise<Map<number, string>> {
  const lines = new Map<number, string>();
  const ranges = rangesOf(places);
  for (let from = 0; from < ranges.length; from += readsAtOnceMax)
    await Promise.all(
      ranges.slice(from, from + readsAtOnceMax).map((range) => readInto(disk, range, lines)),
    );
  return lines;
}

async function readInto(disk: Disk, range: Range, lines: Map<number, string>): Promise<void> {
  const bytes = await disk.read(range.path, { start: range.start, end: range.end });
  if (bytes?.length !== range.end - range.start) throw damaged(range.path);
  for (const { seq, start, end } of range.entries)
    lines.set(seq, decode(bytes.subarray(start - range.start, end - range.start - 1)));
}

export async function entriesAt(disk: Disk, places: readonly Place[]): Promise<LogEntry[]> {
  const lines = await linesAt(disk, places);
  return places.map((place) =>
    'entry' in place ? place.entry : parseEntry(lines.get(place.seq) ?? '', place.path, place.seq),
  );
}

export function parseEntry(line: string, path: string, seq: number): LogEntry {
  try {
    const entry = v.parse(
      logEntrySchema,
      unsealed({ kind: 'log', file: path, text: line, parse: parseOwn }),
    );
    if (entry.seq !== seq) throw new TypeError('out of sequence');
    return entry;
  } catch (cause) {
    throw damaged(path, cause);
  }
}

interface Range {
  path: string;
  start: number;
  end: number;
  entries: { seq: number; start: number; end: number }[];
}

/** Places come newest first, so a range grows towards the start of its file. */
function rangesOf(places: readonly Place[]): Range[] {
  const ranges: Range[] = [];
  for (const place of places) {
    if ('entry' in place) continue;
    const { seq, path, start, end } = place;
    const last = ranges.at(-1);
    if (
      last?.path === path &&
      last.start - end <= readGapBytesMax &&
      last.end - start <= readBytesMax
    ) {
      last.start = start;
      last.entries.push({ seq, start, end });
    } else ranges.push({ path, start, end, entries: [{ seq, start, end }] });
  }
  return ranges;
}

const damaged = (file: string, cause?: unknown): StoreStop =>
  new StoreStop({ reason: 'damaged', file, problem: 'is damaged', fix: restoreFix, cause });
