import * as v from 'valibot';
import { parseOwn } from '../../../domain/json.ts';
import { type LogEntry, logEntrySchema } from '../../../domain/log-entry.ts';
import type { Disk } from '../../../domain/ports/disk.ts';
import { readBytesMax, readGapBytesMax, readsAtOnceMax } from '../limits.ts';
import { restoreFix, StoreStop } from '../stop.ts';
import { decode } from '../text.ts';
import { unsealed } from '../versions.ts';

/** Where an entry is: in memory while it waits in the outbox, else in a file. */
export type Place = { seq: number; entry: LogEntry } | (FilePlace & { path: string });
export interface FilePlace {
  seq: number;
  start: number;
  /** Behind its newline. */
  end: number;
}

/** Neighbours in one file, newest first, that one read fetches. */
export interface Range {
  path: string;
  start: number;
  end: number;
  places: FilePlace[];
}

/** The entries of the places, in their order. */
export async function entriesAt(disk: Disk, places: readonly Place[]): Promise<LogEntry[]> {
  const read = new Map<number, LogEntry>();
  const ranges = rangesOf(places, readBytesMax);
  for (let from = 0; from < ranges.length; from += readsAtOnceMax)
    await Promise.all(
      ranges.slice(from, from + readsAtOnceMax).map(async (range) => {
        const bytes = await bytesOf(disk, range);
        for (const place of range.places) read.set(place.seq, entryIn({ range, bytes, place }));
      }),
    );
  return places.flatMap((place) => ('entry' in place ? place.entry : (read.get(place.seq) ?? [])));
}

export async function bytesOf(disk: Disk, { path, start, end }: Range): Promise<Uint8Array> {
  const bytes = await disk.read(path, { start, end });
  if (bytes?.length !== end - start) throw damaged(path);
  return bytes;
}

interface InRange {
  range: Range;
  bytes: Uint8Array;
  place: FilePlace;
}

export function lineIn({ range, bytes, place }: InRange): string {
  return textOf(range.path, bytes.subarray(place.start - range.start, place.end - range.start - 1));
}

export const entryIn = (at: InRange): LogEntry =>
  entryOf({ file: at.range.path, line: lineIn(at), seq: at.place.seq });

/** The entry that a line holds. Throws StoreStop where it is not the one with this number. */
export function entryOf({
  file,
  line,
  seq,
}: {
  file: string;
  line: string;
  seq: number;
}): LogEntry {
  try {
    const content = unsealed({ kind: 'log', file, text: line, parse: parseOwn });
    const entry = v.parse(logEntrySchema, content);
    if (entry.seq !== seq) throw new TypeError('out of sequence');
    return entry;
  } catch (cause) {
    throw damaged(file, cause);
  }
}

export function textOf(file: string, bytes: Uint8Array): string {
  try {
    return decode(bytes);
  } catch (cause) {
    throw damaged(file, cause);
  }
}

/** Places come newest first, so a range grows towards the start of its file. */
export function rangesOf(places: readonly Place[], bytesMax: number): Range[] {
  const ranges: Range[] = [];
  for (const place of places) {
    if ('entry' in place) continue;
    const { seq, path, start, end } = place;
    const last = ranges.at(-1);
    if (
      last?.path === path &&
      last.start - end <= readGapBytesMax &&
      last.end - start <= bytesMax
    ) {
      last.start = start;
      last.places.push({ seq, start, end });
    } else ranges.push({ path, start, end, places: [{ seq, start, end }] });
  }
  return ranges;
}

export const damaged = (file: string, cause?: unknown): StoreStop =>
  new StoreStop({ reason: 'damaged', file, problem: 'is damaged', fix: restoreFix, cause });
