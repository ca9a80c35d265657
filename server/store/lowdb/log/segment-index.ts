import * as v from 'valibot';
import { type CalendarDate, date } from '../../../domain/dates.ts';
import { logEntriesPerSegment } from '../limits.ts';
import { decode } from '../text.ts';
import { unsealed } from '../versions.ts';
import type { Dictionaries } from './dictionary.ts';
import { type ColumnName, type Columns, columnNames, columnsOf, type LogFacts } from './facts.ts';
import { Numbers, packed, startWidth, unpacked, valueWidth } from './numbers.ts';

export interface Days {
  from: CalendarDate;
  to: CalendarDate;
}
export interface ColumnTest {
  column: ColumnName;
  /** By the number of a value, 1 where it is accepted. */
  accepted: () => Uint8Array;
}

/** Where each entry of a segment lies and what can be asked of it: six numbers an entry. */
export class SegmentIndex {
  /** Behind the last entry, in bytes. */
  end = 0;
  readonly #dictionaries: Dictionaries;
  readonly #starts: Numbers;
  readonly #columns: Columns<Numbers>;

  constructor(dictionaries: Dictionaries, stored: StoredIndex | null = null) {
    this.#dictionaries = dictionaries;
    this.end = stored?.end ?? 0;
    this.#starts = new Numbers(stored === null ? undefined : unpacked(stored.starts, startWidth));
    this.#columns = columnsOf((name) => {
      if (stored === null) return new Numbers();
      const { values, numbers } = stored.columns[name];
      const numberOf = values.map((value) => dictionaries[name].number(value));
      return new Numbers(unpacked(numbers, valueWidth).map((own) => known(numberOf[own])));
    });
    if (columnNames.some((name) => this.#columns[name].length !== this.count))
      throw new TypeError('columns of other lengths');
  }

  get count(): number {
    return this.#starts.length;
  }

  add(facts: LogFacts, { start, end }: { start: number; end: number }): void {
    this.#starts.push(start);
    this.end = end;
    for (const name of columnNames)
      this.#columns[name].push(this.#dictionaries[name].number(facts[name]));
  }

  place(position: number): { start: number; end: number } {
    return {
      start: this.#starts.at(position) ?? 0,
      end: this.#starts.at(position + 1) ?? this.end,
    };
  }

  /** The days of its first and its last entry. */
  get days(): Days {
    const numbers = new Set(this.#columns.day.view());
    const values = Array.from(numbers, (number) => this.#dictionaries.day.value(number)).sort();
    return { from: date(values[0] ?? ''), to: date(values.at(-1) ?? '') };
  }

  /**
   * Positions below `before` that pass every test, newest first and at most `most`. One column after the
   * other, each in a loop over nothing but numbers: 5,000 entries take some microseconds.
   */
  positions(options: { tests: readonly ColumnTest[]; before: number; most: number }): Uint32Array {
    const [first, ...others] = options.tests;
    const count = Math.max(0, Math.min(options.before, this.count));
    if (first === undefined) return newestOf(count, options.most);
    let found = acceptedOf(count, this.#columns[first.column].view(), first.accepted());
    for (const { column, accepted } of others)
      found = stillAccepted(found, this.#columns[column].view(), accepted());
    return found.slice(0, options.most);
  }

  toJSON(): StoredIndex {
    const column = (name: ColumnName): StoredColumn => {
      const ownOf = new Map<number, number>();
      const own = this.#columns[name].view().map((number) => {
        const position = ownOf.get(number) ?? ownOf.size;
        ownOf.set(number, position);
        return position;
      });
      const values = Array.from(ownOf.keys(), (number) => this.#dictionaries[name].value(number));
      return { values, numbers: packed(own, valueWidth) };
    };
    return {
      end: this.end,
      starts: packed(this.#starts.view(), startWidth),
      columns: columnsOf(column),
    };
  }
}

function newestOf(count: number, most: number): Uint32Array {
  const found = new Uint32Array(Math.min(count, most));
  for (let at = 0; at < found.length; at += 1) found[at] = count - 1 - at;
  return found;
}

/** One list for every search: nothing is awaited before it is copied. */
const passing = new Uint32Array(logEntriesPerSegment);

function acceptedOf(count: number, column: Uint32Array, accepted: Uint8Array): Uint32Array {
  const found = passing;
  let length = 0;
  for (let position = count - 1; position >= 0; position -= 1) {
    if (accepted[column[position] ?? 0] !== 1) continue;
    found[length] = position;
    length += 1;
  }
  return found.subarray(0, length);
}

/** In place: what is kept moves to the front. */
function stillAccepted(
  positions: Uint32Array,
  column: Uint32Array,
  accepted: Uint8Array,
): Uint32Array {
  let length = 0;
  for (let at = 0; at < positions.length; at += 1) {
    const position = positions[at] ?? 0;
    if (accepted[column[position] ?? 0] !== 1) continue;
    positions[length] = position;
    length += 1;
  }
  return positions.subarray(0, length);
}

function known(number: number | undefined): number {
  if (number === undefined) throw new TypeError('a number without a value');
  return number;
}

const columnSchema = v.object({ values: v.array(v.string()), numbers: v.string() });
type StoredColumn = v.InferOutput<typeof columnSchema>;
const storedSchema = v.object({
  end: v.number(),
  starts: v.string(),
  columns: v.object({
    day: columnSchema,
    actor: columnSchema,
    action: columnSchema,
    result: columnSchema,
    customerId: columnSchema,
  }),
});
type StoredIndex = v.InferOutput<typeof storedSchema>;

/** Null where the index is not usable; it is then made again from the segment. */
export function parseIndex(options: {
  file: string;
  bytes: Uint8Array;
  dictionaries: Dictionaries;
}): SegmentIndex | null {
  const { file, bytes, dictionaries } = options;
  try {
    const text = decode(bytes);
    const content = unsealed({ kind: 'log-index', file, text, parse: JSON.parse });
    return new SegmentIndex(dictionaries, v.parse(storedSchema, content));
  } catch {
    return null;
  }
}
