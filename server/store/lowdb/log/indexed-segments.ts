import { readsAtOnceMax } from '../limits.ts';
import type { Segment } from './segment.ts';
import type { SegmentIndex } from './segment-index.ts';

/**
 * The segments in their order with their indexes. Most pages end within the first; the further one goes,
 * the more indexes are read at once.
 */
export async function* indexedFrom(
  segments: readonly Segment[],
): AsyncGenerator<{ segment: Segment; index: SegmentIndex }> {
  let atOnce = 1;
  for (let from = 0; from < segments.length; ) {
    const group = segments.slice(from, from + atOnce);
    yield* await Promise.all(
      group.map(async (segment) => ({ segment, index: await segment.index() })),
    );
    from += group.length;
    atOnce = Math.min(atOnce * 2, readsAtOnceMax);
  }
}
