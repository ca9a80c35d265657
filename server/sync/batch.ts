import type { Element } from '../domain/intent.ts';

/** Vain calls after which a batch is still repeated whole: a server error mostly passes by itself. */
const wholeTriesMax = 1;
/** By how much a batch gets smaller with every further vain call: 50, 12, 3, 1. */
const dividedBy = 4;

/**
 * The elements of the next call. What was sent in vain comes after what was not, and in ever smaller
 * batches, so that an element that makes its whole batch fail ends up alone and the others are written.
 * `vainOf` tells how often a call that an element was in came to nothing.
 */
export function batchOf(
  elements: readonly Element[],
  { sizeMax, vainOf }: { sizeMax: number; vainOf(element: Element): number },
): Element[] {
  const least = Math.min(...elements.map(vainOf));
  const alike = elements.filter((element) => vainOf(element) === least);
  const [first] = alike;
  if (first === undefined) return [];
  const sharing = alike.filter(({ batch }) => batch === first.batch);
  // A document's elements are a group: never cut.
  const refs = new Set(
    [...new Set(sharing.map(({ ref }) => ref))].slice(0, sizeAfter(least, sizeMax)),
  );
  return sharing.filter(({ ref }) => refs.has(ref));
}

/** How many documents share a call after so many vain ones; 1 from some number on. */
export function sizeAfter(vain: number, sizeMax: number): number {
  const divisions = Math.max(0, vain - wholeTriesMax);
  return Math.max(1, Math.floor(sizeMax / dividedBy ** divisions));
}

/** The count after a vain call; a batch refused as a whole is not worth repeating whole. */
export const vainAfter = (vain: number, how: 'refused' | 'unknown'): number =>
  how === 'refused' ? Math.max(vain, wholeTriesMax) + 1 : vain + 1;
