import type { SystemId } from '../sandbox/systems.ts';

/** Every so many seeds live with a PSA system; which ones, and whether Xero is there as well, goes by turns. */
const seedsPerPsa = 4;
/** Seeds below are of Xero alone. */
const psaSeedMin = 1_000;
const psaPlace = 3;
const casts: readonly (readonly SystemId[])[] = [
  ['autotask'],
  ['connectwise'],
  ['xero', 'autotask'],
  ['xero', 'connectwise'],
  ['autotask', 'connectwise'],
];
const xeroAlone: readonly SystemId[] = ['xero'];

/** From this seed on, what billing has to stand in real life happens as well; those before stay as they are. */
const realLifeSeedMin = 2_000;
export const hasRealLife = (seed: number): boolean => seed >= realLifeSeedMin;

/**
 * The systems that a seed's resellers bill with, in the order in which they are connected: of several,
 * each bills some of the customers. By the seed itself, so that no chance of a story is drawn for it.
 */
export function castOf(seed: number): readonly SystemId[] {
  if (seed < psaSeedMin || seed % seedsPerPsa !== psaPlace) return xeroAlone;
  return casts[Math.floor(seed / seedsPerPsa) % casts.length] ?? xeroAlone;
}
