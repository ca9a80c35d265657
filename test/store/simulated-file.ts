/** The bytes of a file as the process sees them, and as a power cut would leave them. */
export class SimulatedFile {
  readonly identity: string;
  #bytes = new Uint8Array(256);
  #length = 0;
  /** The durable bytes are the first so many, unless `#durable` holds them apart. */
  #durableLength = 0;
  #durable: Uint8Array | null = null;

  constructor(identity: string) {
    this.identity = identity;
  }

  get length(): number {
    return this.#length;
  }

  append(bytes: Uint8Array): void {
    if (this.#length + bytes.length > this.#bytes.length) {
      const grown = new Uint8Array((this.#length + bytes.length) * 2);
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  truncate(length: number): void {
    if (length < this.#durableLength) {
      this.#durable ??= this.#bytes.slice(0, this.#durableLength);
      this.#durableLength = 0;
    }
    this.#length = Math.min(length, this.#length);
  }

  sync(): void {
    this.#durable = null;
    this.#durableLength = this.#length;
  }

  read(start = 0, end: number = this.#length): Uint8Array {
    return this.#bytes.slice(start, Math.min(end, this.#length));
  }

  /** What survives: the durable bytes and, of bytes appended since, the given share. */
  survivor(shareOfUnsynced: number): SimulatedFile {
    const survivor = new SimulatedFile(this.identity);
    const kept =
      this.#durableLength + Math.floor((this.#length - this.#durableLength) * shareOfUnsynced);
    survivor.append(this.#durable ?? this.#bytes.subarray(0, kept));
    survivor.sync();
    return survivor;
  }

  clone(): SimulatedFile {
    const clone = new SimulatedFile(this.identity);
    clone.#bytes = this.#bytes.slice();
    clone.#length = this.#length;
    clone.#durableLength = this.#durableLength;
    clone.#durable = this.#durable?.slice() ?? null;
    return clone;
  }
}
