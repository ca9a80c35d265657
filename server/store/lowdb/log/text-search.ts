import type { LogEntry } from '../../../domain/log-entry.ts';
import type { Disk } from '../../../domain/ports/disk.ts';
import type { LogPage } from '../../../domain/ports/store.ts';
import {
  readsAtOnceMax,
  textSearchBytesMax,
  textSearchEntriesMax,
  textSearchReadBytesMax,
  textSearchReadsMax,
} from '../limits.ts';
import { bytesOf, entryIn, lineIn, type Place, type Range, rangesOf, textOf } from './places.ts';

/**
 * The entries among the places whose words hold the text; case does not matter. It ends at the first of
 * four limits: a full page, and entries, bytes and reads of one page; `next` goes on from there.
 */
export async function searchText(options: {
  disk: Disk;
  places: readonly Place[];
  text: string;
  limit: number;
}): Promise<LogPage> {
  const { places, limit } = options;
  const entries: LogEntry[] = [];
  let scanned = 0;
  let next: number | null = null;
  for await (const looks of looksInto(options))
    for (const { seq, entryIfFits } of looks) {
      scanned += 1;
      next = scanned < places.length ? seq : null;
      const entry = entryIfFits();
      if (entry === null) continue;
      entries.push(entry);
      if (entries.length === limit) return { entries, next, scanned, complete: true };
    }
  return { entries, next, scanned, complete: next === null };
}

interface Look {
  seq: number;
  entryIfFits: () => LogEntry | null;
}

/** The places in their order, a read at a time; an entry is parsed when it is looked at. */
async function* looksInto(options: {
  disk: Disk;
  places: readonly Place[];
  text: string;
}): AsyncGenerator<Look[]> {
  const { disk, places, text } = options;
  const words = patternOf(text);
  // As JSON writes them.
  const written = patternOf(JSON.stringify(text).slice(1, -1));
  yield places.flatMap((place) => {
    if (!('entry' in place)) return [];
    return { seq: place.seq, entryIfFits: () => (says(place.entry, words) ? place.entry : null) };
  });
  const ranges = affordable(
    rangesOf(places.slice(0, textSearchEntriesMax), textSearchReadBytesMax),
  );
  for (let from = 0; from < ranges.length; from += readsAtOnceMax) {
    const group = ranges.slice(from, from + readsAtOnceMax);
    const read = await Promise.all(
      group.map(async (range) => ({ range, bytes: await bytesOf(disk, range) })),
    );
    for (const { range, bytes } of read) {
      // Most ranges are passed over without a look at their lines, and most lines without being parsed.
      const holds = written.test(textOf(range.path, bytes));
      yield range.places.map((place) => ({
        seq: place.seq,
        entryIfFits: () => {
          if (!holds || !written.test(lineIn({ range, bytes, place }))) return null;
          const entry = entryIn({ range, bytes, place });
          return says(entry, words) ? entry : null;
        },
      }));
    }
  }
}

/** As many ranges as one page may read, but at least one. */
function affordable(ranges: readonly Range[]): Range[] {
  let bytes = 0;
  return ranges.slice(0, textSearchReadsMax).filter((range, at) => {
    bytes += range.end - range.start;
    return at === 0 || bytes <= textSearchBytesMax;
  });
}

/** Case does not matter, in whatever alphabet. */
const patternOf = (text: string): RegExp =>
  new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'iu');

function says(value: unknown, words: RegExp): boolean {
  switch (typeof value) {
    case 'string':
      return words.test(value);
    case 'number':
    case 'bigint':
      return words.test(String(value));
    case 'object':
      return value !== null && Object.values(value).some((member) => says(member, words));
    default:
      return false;
  }
}
