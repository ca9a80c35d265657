import { logIndexesInMemoryMax } from '../limits.ts';
import type { SegmentIndex } from './segment-index.ts';

type Key = object;

/**
 * The indexes of full segments of every tenant that were asked for last. A start reads none of them, and
 * however long the logs are, memory holds no more than these.
 */
export class IndexShelf {
  readonly #held = new Map<Key, Promise<SegmentIndex>>();

  /** The index of the segment, read by `load` where it is not held. */
  take(segment: Key, load: () => Promise<SegmentIndex>): Promise<SegmentIndex> {
    const index = this.#held.get(segment) ?? load();
    this.put(segment, index);
    index.catch(() => this.#held.delete(segment));
    return index;
  }

  /** Makes it the one that was asked for last; the one that was not for longest leaves. */
  put(segment: Key, index: Promise<SegmentIndex>): void {
    this.#held.delete(segment);
    this.#held.set(segment, index);
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= logIndexesInMemoryMax) break;
      this.#held.delete(oldest);
    }
  }
}
