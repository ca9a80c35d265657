/** A list of whole numbers below 2^32 that only grows: four bytes each, and quick to look through. */
export class Numbers {
  #list: Uint32Array;
  #length: number;

  constructor(list: Uint32Array = new Uint32Array(0)) {
    this.#list = list;
    this.#length = list.length;
  }

  get length(): number {
    return this.#length;
  }

  push(number: number): void {
    if (this.#length === this.#list.length) {
      const larger = new Uint32Array(Math.max(capacityMin, this.#length * 2));
      larger.set(this.#list);
      this.#list = larger;
    }
    this.#list[this.#length] = number;
    this.#length += 1;
  }

  at(position: number): number | undefined {
    return position < this.#length ? this.#list[position] : undefined;
  }

  view(): Uint32Array {
    return this.#list.subarray(0, this.#length);
  }
}

const capacityMin = 64;

/** Bytes of a packed number. */
export type Width = 2 | 4;
/** A segment has no more values than entries, which two bytes count. */
export const valueWidth = 2;
export const startWidth = 4;

/** Little-endian, as base64: a tenth of the time that a list of JSON numbers takes to read. */
export function packed(numbers: Uint32Array | readonly number[], width: Width): string {
  const bytes = Buffer.alloc(numbers.length * width);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < numbers.length; at += 1)
    if (width === 2) view.setUint16(at * width, numbers[at] ?? 0, true);
    else view.setUint32(at * width, numbers[at] ?? 0, true);
  return bytes.toString('base64');
}

/** Throws TypeError where the text is not whole. */
export function unpacked(text: string, width: Width): Uint32Array {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length % width !== 0) throw new TypeError('half a number');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const numbers = new Uint32Array(bytes.length / width);
  for (let at = 0; at < numbers.length; at += 1)
    numbers[at] = width === 2 ? view.getUint16(at * width, true) : view.getUint32(at * width, true);
  return numbers;
}
