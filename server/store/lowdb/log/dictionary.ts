import { type Columns, columnsOf } from './facts.ts';

export type Dictionaries = Columns<Dictionary>;
export const openDictionaries = (): Dictionaries => columnsOf(() => new Dictionary());

/**
 * The values of one column in the whole log of a tenant, numbered from 0. Every segment names them by
 * number, so that a value is kept once and compared as a number.
 */
export class Dictionary {
  readonly #values: string[] = [];
  readonly #numberOf = new Map<string, number>();

  /** The number of the value, given to it now where it is new. */
  number(value: string): number {
    const known = this.#numberOf.get(value);
    if (known !== undefined) return known;
    this.#numberOf.set(value, this.#values.length);
    return this.#values.push(value) - 1;
  }

  value(number: number): string {
    return this.#values[number] ?? '';
  }

  /** Tells by number which values are accepted, those included that come while it is in use. */
  test(accepts: (value: string) => boolean): () => Uint8Array {
    let accepted = new Uint8Array(0);
    return () => {
      if (accepted.length < this.#values.length)
        accepted = Uint8Array.from(this.#values, (value, number) =>
          number < accepted.length ? (accepted[number] ?? 0) : Number(accepts(value)),
        );
      return accepted;
    };
  }
}
