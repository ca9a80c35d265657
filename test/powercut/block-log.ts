import type { FileHandle } from 'node:fs/promises';
import type { SeededRandom } from '../sandbox/random.ts';

/** One thing that reached the block device, in the order in which it did. */
export type BlockEvent =
  | { kind: 'write'; at: number; bytes: Uint8Array }
  /** Everything before it is on the medium. */
  | { kind: 'flush' }
  /** The writer was told that so many commits are durable. */
  | { kind: 'acknowledged'; commits: number };

/** How much of what the drive still held in its cache survives. */
export type Survival = 'none' | 'some' | 'all';

/** What a drive writes whole or not at all. */
export const sectorBytes = 512;

/** Commits that were acknowledged when the power went after so many events. */
export function acknowledgedAt(events: readonly BlockEvent[], length: number): number {
  for (let at = length - 1; at >= 0; at -= 1) {
    const event = events[at];
    if (event?.kind === 'acknowledged') return event.commits;
  }
  return 0;
}

/**
 * What is on the medium when the power goes after so many events: all that was flushed, and of what came
 * after the last flush each sector or not, since a drive may take the sectors of its cache in any order.
 */
export function survivors(
  events: readonly BlockEvent[],
  options: { length: number; survival: Survival; random: SeededRandom },
): { at: number; bytes: Uint8Array }[] {
  const { length, survival, random } = options;
  const happened = events.slice(0, length);
  const flushedAt = happened.findLastIndex(({ kind }) => kind === 'flush');
  return happened.flatMap((event, position) => {
    if (event.kind !== 'write') return [];
    if (position < flushedAt || survival === 'all') return [event];
    return survival === 'none' ? [] : sectorsOf(event).filter(() => random.chance(50));
  });
}

function sectorsOf({ at, bytes }: { at: number; bytes: Uint8Array }) {
  const sectors: { at: number; bytes: Uint8Array }[] = [];
  for (let from = 0; from < bytes.length; from += sectorBytes)
    sectors.push({ at: at + from, bytes: bytes.subarray(from, from + sectorBytes) });
  return sectors;
}

/** Puts them onto a copy of the image as it was before the first event. */
export async function applyTo(
  image: FileHandle,
  written: readonly { at: number; bytes: Uint8Array }[],
): Promise<void> {
  for (const { at, bytes } of written)
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await image.write(bytes, done, bytes.length - done, at + done);
      done += bytesWritten;
    }
}
