import * as v from 'valibot';
import { unsealed } from '../versions.ts';
import { type ColumnName, columnNames, type LogFacts, type LogFilter } from './facts.ts';

/**
 * Where each entry of a segment lies and what can be asked of it: a column a filter, its values
 * numbered. A segment without an asked value is passed over whole; in one that has it, comparing
 * 5,000 small numbers takes microseconds.
 */
export class SegmentIndex {
  /** Behind the last entry, in bytes. */
  end: number;
  readonly #starts: number[];
  readonly #columns: Readonly<Record<ColumnName, Column>>;

  constructor(stored: StoredIndex | null = null) {
    this.end = stored?.end ?? 0;
    this.#starts = stored?.starts ?? [];
    const column = (name: ColumnName) => columnFrom(stored?.columns[name]);
    this.#columns = {
      day: column('day'),
      actor: column('actor'),
      action: column('action'),
      result: column('result'),
      customerId: column('customerId'),
    };
  }

  get count(): number {
    return this.#starts.length;
  }

  add(facts: LogFacts, { start, end }: { start: number; end: number }): void {
    this.#starts.push(start);
    this.end = end;
    for (const name of columnNames) this.#columns[name].add(facts[name]);
  }

  place(position: number): { start: number; end: number } {
    return { start: this.#starts[position] ?? 0, end: this.#starts[position + 1] ?? this.end };
  }

  /** Positions below `before` that fit, newest first. */
  *positions(filter: LogFilter, before: number): Generator<number> {
    const tests = this.#testsOf(filter);
    if (tests === null) return;
    for (let position = Math.min(before, this.count) - 1; position >= 0; position -= 1)
      if (tests.every(({ numbers, wanted }) => wanted[numbers[position] ?? -1] === true))
        yield position;
  }

  toJSON() {
    return { end: this.end, starts: this.#starts, columns: this.#columns };
  }

  #testsOf({ equal, days }: LogFilter): { numbers: number[]; wanted: boolean[] }[] | null {
    const tests = equal.map(({ column, value }) =>
      this.#columns[column].test((known) => known === value),
    );
    if (days !== null)
      tests.push(this.#columns.day.test((day) => day >= days.from && day <= days.to));
    return tests.every(({ wanted }) => wanted.includes(true)) ? tests : null;
  }
}

class Column {
  readonly values: string[];
  /** Of each entry, the place of its value in `values`. */
  readonly numbers: number[];
  readonly #numberOf: Map<string, number>;

  constructor(values: string[], numbers: number[]) {
    this.values = values;
    this.numbers = numbers;
    this.#numberOf = new Map(values.map((value, number) => [value, number]));
  }

  add(value: string): void {
    const number = this.#numberOf.get(value) ?? this.values.push(value) - 1;
    this.#numberOf.set(value, number);
    this.numbers.push(number);
  }

  test(accepts: (value: string) => boolean): { numbers: number[]; wanted: boolean[] } {
    return { numbers: this.numbers, wanted: this.values.map(accepts) };
  }
}

const columnFrom = (stored: StoredColumn | undefined): Column =>
  new Column(stored?.values ?? [], stored?.numbers ?? []);

// One check of the whole list: valibot would walk 30,000 numbers a segment one schema call each.
const numbersSchema = v.custom<number[]>(
  (list) => Array.isArray(list) && list.every((number) => Number.isSafeInteger(number)),
);
const columnSchema = v.object({ values: v.array(v.string()), numbers: numbersSchema });
type StoredColumn = v.InferOutput<typeof columnSchema>;
const storedSchema = v.object({
  end: v.number(),
  starts: numbersSchema,
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
export function parseIndex(file: string, text: string): SegmentIndex | null {
  try {
    const stored = v.safeParse(
      storedSchema,
      unsealed({ kind: 'log-index', file, text, parse: JSON.parse }),
    );
    if (!stored.success) return null;
    const { starts, columns } = stored.output;
    const isWhole = columnNames.every((name) => columns[name].numbers.length === starts.length);
    return isWhole ? new SegmentIndex(stored.output) : null;
  } catch {
    return null;
  }
}
