import type { SeededRandom } from '../../random.ts';

/** A GUID in the form of version 4, from the seed. */
export function guidFrom(random: SeededRandom): string {
  const hex = random.hex(32);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}
